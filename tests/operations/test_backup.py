"""Backups on both databases: everything comes back elsewhere, and whatever goes wrong leaves nothing behind."""

import io
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import MetaData, create_engine, event, select

from consult.config import Settings
from consult.core.problem import Refused
from consult.exchange.backup_file import BackupWriter, read_backup
from consult.extensions import Base, db
from consult.models import Attachment, Comment
from consult.operations.attach import Upload, attach_files
from consult.operations.backup import copy
from consult.operations.backup.make import Made, make_backup
from consult.operations.backup.restore import restore_backup, tell_restored
from consult.operations.my_data import erase_person
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.queries.stored_files import STORED
from consult.queries.verified import verified
from consult.storage import Storage
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.application import lent
from tests.support.database import ON_SQLITE_FIRST, on_sqlite

NOTE = b"The review took nine months.\n"
_empty = count(1)
Empty = Callable[[], str]


@pytest.fixture
def empty(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Empty]:
    """Makes an empty database of the kind of the test's own: its address."""
    made: list[str] = []

    def make() -> str:
        name = f"empty_{next(_empty)}"
        if database.startswith("sqlite"):
            return f"sqlite:///{tmp_path / name}.db"
        made.append(name)
        address: str = request.getfixturevalue("cluster").create(name)
        return address

    yield make
    for name in made:
        request.getfixturevalue("cluster").drop(name)


def handed_in(number: int = 1) -> str:
    """A comment with a file of its own beside it."""
    key = f"with-file-{number}"
    attach_files(
        consultation=CONSULTATION, round_number=1, key=key, files=[Upload(f"note {number}.txt", NOTE + str(number).encode())], token=None,
        opened_at=NOW, address="192.0.2.7", now=NOW,
    )  # fmt: skip
    return submit(form=factories.form(factories.new_comment(), key=key), now=NOW).comments[0]


def made_at(path: Path, **more: bool) -> Made:
    return make_backup(to=path, replace=more.get("replace", False), now=NOW)


@dataclass(frozen=True)
class Elsewhere:
    app: Flask
    settings: Settings

    def restore(self, data: bytes, *, other_key: bool = False) -> None:
        restored = restore_backup(source=io.BytesIO(data), other_key=other_key)
        tell_restored(manifest=restored, by=OPERATOR, now=NOW + timedelta(hours=1))


@contextmanager
def elsewhere(settings: Settings, url: str, folder: Path, **more: str) -> Iterator[Elsewhere]:
    """Another machine: a database of its own and a folder of its own; entered from outside of any application."""
    other = replace(settings, database_url=url, files=str(folder), **more)  # type: ignore[arg-type]
    with lent(other) as app, app.app_context():
        yield Elsewhere(app, other)


def rows_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but what a search engine keeps for itself."""
    engine, tables = create_engine(url), MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        found = {name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for name, table in tables.tables.items()}
    engine.dispose()
    return {name: rows for name, rows in found.items() if not name.startswith("search_index")}


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems[0].code


def test_everything_comes_back_elsewhere_and_the_record_tells_of_it(
    app: Flask, settings: Settings, database: str, empty: Empty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        factories.round_of()
        handed_in()
        factories.comment(text="对此条款无异议。", language="zh")
        made = made_at(tmp_path / "a.tar")
        assert verified().sound
    assert (made.manifest.contents.comments, made.manifest.contents.record, len(made.manifest.files)) == (2, {CONSULTATION: 2}, 1)
    assert (os.stat(tmp_path / "a.tar").st_mode & 0o777, made.size, made.lost) == (0o600, (tmp_path / "a.tar").stat().st_size, ())
    url = empty()
    with elsewhere(settings, url, tmp_path / "new") as other:
        restored = restore_backup(source=(tmp_path / "a.tar").open("rb"), other_key=False)
        assert (rows_of(url), restored) == (rows_of(database), made.manifest)
        tell_restored(manifest=restored, by=OPERATOR, now=NOW + timedelta(hours=1))
        assert verified().sound
        storage = other.app.config["STORAGE"]
        (kept,) = db.session.scalars(select(Attachment.sha256))
        assert storage.open(kept or "").read() == NOTE + b"1"
        factories.comment(text="The day after.")
        assert verified().sound
        told = [row for row in rows_of(url)["event"] if "backup_restored" in row]
        assert [row[-1] for row in told] == [{"made_at": NOW.isoformat(), "consult": made.manifest.consult}]
        assert refusal(lambda: other.restore((tmp_path / "a.tar").read_bytes())) == f"target_filled_{made.manifest.engine}"
    if made.manifest.engine == "postgresql":
        with app.app_context(), monkeypatch.context() as patch:
            patch.setattr(copy, "program", lambda _name: None)
            assert refusal(lambda: made_at(tmp_path / "b.tar")) == "program_missing"
        with elsewhere(settings, f"sqlite:///{tmp_path / 'third.db'}", tmp_path / "new") as other:
            assert refusal(lambda: other.restore((tmp_path / "a.tar").read_bytes())) == "backup_engine"


@pytest.mark.parametrize("database", ON_SQLITE_FIRST, indirect=True)
def test_nobody_waits_and_what_was_acknowledged_before_is_in_it(app: Flask, settings: Settings, empty: Empty, tmp_path: Path) -> None:
    acknowledged, stop = [], threading.Event()

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                acknowledged.append(handed_in(len(acknowledged)))
                db.session.remove()

    with app.app_context():
        factories.round_of()
    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(acknowledged) < 3:
            stop.wait(0.01)
        before = list(acknowledged)
        with app.app_context():
            made = made_at(tmp_path / "a.tar")
        while len(acknowledged) < len(before) + 2:  # and it goes on
            stop.wait(0.01)
    finally:
        stop.set()
        writer.join()
    assert made.lost == ()
    with elsewhere(settings, empty(), tmp_path / "new") as other:
        other.restore((tmp_path / "a.tar").read_bytes())
        assert verified().sound
        kept = db.session.scalars(select(Comment.reference).order_by(Comment.id)).all()
        assert kept[: len(before)] == before
        assert kept == acknowledged[: len(kept)]
        sums = db.session.scalars(select(Attachment.sha256)).all()
        assert len(sums) >= len(kept)
        assert all(other.app.config["STORAGE"].is_whole(each or "") for each in sums)


@on_sqlite
def test_files_that_are_missing_are_named_and_the_rest_is_kept(app: Flask, settings: Settings, empty: Empty, tmp_path: Path) -> None:
    with app.app_context():
        factories.round_of()
        for number in (1, 2, 3):
            handed_in(number)
        gone, damaged, whole = db.session.scalars(select(Attachment.sha256).order_by(Attachment.id))
        storage: Storage = app.config["STORAGE"]
        storage.remove(gone or "")
        storage.place(damaged or "").write_bytes(b"half of")
        made = made_at(tmp_path / "a.tar")
    assert sorted(made.lost) == sorted([gone, damaged])
    assert list(made.manifest.files) == [whole]
    with elsewhere(settings, empty(), tmp_path / "new") as other:
        other.restore((tmp_path / "a.tar").read_bytes())
        assert list(other.app.config["STORAGE"].kept()) == [whole]


@on_sqlite
def test_what_was_erased_before_is_nowhere_in_a_backup(app: Flask, tmp_path: Path) -> None:
    def careless(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF").close()  # Debian's SQLite overwrites by itself, most others do not

    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", careless)
        factories.round_of()
        person = factories.person(name="Gundula Unverwechselbar", mail="gundula@unverwechselbar.example")
        receipt = factories.comment(text="Unverwechselbar said. " * 500, person=person)
        made_at(tmp_path / "before.tar")
        erase_person(submission=receipt.reference, typed=receipt.reference, words=True, now=NOW)
        made_at(tmp_path / "after.tar")
        event.remove(db.engine, "connect", careless)
    assert [b"nverwechselbar" in (tmp_path / f"{each}.tar").read_bytes() for each in ("before", "after")] == [True, False]


@on_sqlite
def test_a_backup_that_is_broken_off_leaves_nothing(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with app.app_context():
        factories.round_of()
        handed_in()
        for stops in (KeyboardInterrupt(), SystemExit(143), OSError(28, "No space left on device")):

            def end(_self: BackupWriter, stops: BaseException = stops) -> None:
                raise stops

            with monkeypatch.context() as patch:
                patch.setattr(BackupWriter, "close", end)
                with pytest.raises(type(stops)):
                    made_at(folder / "a.tar")
            assert os.listdir(folder) == []
        made_at(folder / "a.tar")
        first = (folder / "a.tar").read_bytes()
        factories.comment()
        assert refusal(lambda: made_at(folder / "a.tar")) == "backup_exists"
        assert (folder / "a.tar").read_bytes() == first
        assert made_at(folder / "a.tar", replace=True).manifest.contents.comments == 2
        assert refusal(lambda: made_at(folder / "nowhere" / "a.tar")) == "backup_nowhere"
        assert os.listdir(folder) == ["a.tar"]


def _resealed(data: bytes, secret_key: str, **contents: int) -> bytes:
    """The same backup with something else in its manifest, by somebody who has the key."""
    from consult.core.backup import seal

    backup, target = read_backup(io.BytesIO(data)), io.BytesIO()
    writer = BackupWriter(target, 0)
    for name, size in backup.manifest.members.items():
        backup.copy(name, part := io.BytesIO())
        writer.add(name, io.BytesIO(part.getvalue()), size)
    said = replace(backup.manifest, contents=replace(backup.manifest.contents, **contents)).to_bytes()  # type: ignore[arg-type]
    for name, part in (("manifest.json", io.BytesIO(said)), ("seal", io.BytesIO(seal(secret_key, said)))):
        writer.add(name, part, len(part.getvalue()))
    return target.getvalue() + bytes(1024)


@on_sqlite
def test_what_cannot_be_restored_changes_nothing(
    app: Flask, settings: Settings, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    with app.app_context():
        factories.round_of()
        handed_in()
        made_at(tmp_path / "a.tar")
    whole = (tmp_path / "a.tar").read_bytes()
    place = tmp_path / "new"
    place.mkdir()
    url, files = f"sqlite:///{place / 'consult.db'}", place / "files"

    def refused(data: bytes = whole, *, at: str = url, other_key: bool = False, **more: str) -> str:
        with elsewhere(settings, at, files, **more) as other:
            return refusal(lambda: other.restore(data, other_key=other_key))

    damaged = bytearray(whole)
    damaged[5 * 2**16] ^= 1
    assert refused(bytes(damaged)) == "backup_sum"
    assert refused(whole[:-3000]) == "backup_truncated"
    assert refused(secret_key="another key altogether") == "backup_key_other"
    assert refused(secret_key="") == "backup_key_missing"
    key = settings.secret_key
    assert refused(_resealed(whole, "another key altogether", comments=1)) == "backup_seal"
    assert refused(_resealed(whole, key, comments=7)) == "restored_differs"
    assert refused(_resealed(whole, key, revision="9001")) == "backup_newer"  # type: ignore[arg-type]
    assert refused(at=f"sqlite:///{place / 'nowhere' / 'consult.db'}") == "target_nowhere"
    assert list(place.iterdir()) == [files] if files.exists() else list(place.iterdir()) == []
    assert refused(at=new_database("sqlite")) == "target_filled_sqlite"
    (place / "consult.db-wal").write_bytes(b"of another")
    assert refused() == "target_log"
    (place / "consult.db-wal").unlink()
    Storage(files).put(b"of somebody else")
    assert refused() == "files_filled"
    assert sorted(each.name for each in place.rglob("*") if each.is_file()) == list(Storage(files).kept())
    for each in Storage(files).kept():
        Storage(files).remove(each)
    with elsewhere(settings, url, files, secret_key="another key altogether") as other:
        other.restore(whole, other_key=True)
        assert verified().sound


@on_sqlite
def test_a_damaged_database_is_not_taken_for_one(app: Flask, database: str, tmp_path: Path) -> None:
    with app.app_context():
        factories.round_of()
        db.session.remove()
        db.engine.dispose()
        path = Path(database.removeprefix("sqlite:///"))
        with path.open("r+b") as file:
            for page in range(20, 200):
                file.seek(page * 4096)
                file.write(b"\xff" * 512)
        assert refusal(lambda: made_at(tmp_path / "a.tar")) == "database_damaged"
        path.write_bytes(b"no database at all" * 500)
        assert refusal(lambda: made_at(tmp_path / "a.tar")) == "database_damaged"
    assert not (tmp_path / "a.tar").exists()


NO_FILES = {
    "attempt.subject_sha256", "basket.code_sha256", "basket.token_sha256", "clause_text.sha256", "comment_likeness.gist_sha256",
    "correction_request.seen_sha256", "draft_file.sha256", "draft_import.sha256", "endorsement.basket_sha256", "endorsement.person_sha256",
    "parity_acknowledgement.prevailing_sha256", "parity_acknowledgement.text_sha256", "publication_request.state_sha256", "received_file.digest",
    "room.invite_sha256", "room_file.sha256", "room_member.link_sha256", "room_member.token_sha256", "room_way_back.code_sha256",
    "sign_in.token_sha256", "submission.content_sha256", "submission.secret_sha256", "version.source_sha256",
}  # fmt: skip
"""Sums of what does not lie in the storage: of texts, tokens and codes, of drafts that stand in the database, of files that are not kept."""


def test_every_column_with_a_sum_is_known_to_name_a_file_or_none() -> None:
    columns = {f"{table}.{each.name}" for table, rows in Base.metadata.tables.items() for each in rows.columns}
    assert {each for each in columns if each.endswith(("sha256", ".digest"))} == NO_FILES | {".".join(each) for each in STORED}
    assert {f"{table}.{size}" for (table, _), size in STORED.items() if size} <= columns
