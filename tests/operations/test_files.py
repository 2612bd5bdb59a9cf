"""Files are asked for by what changes a version, made once, and kept under their SHA-256."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consult.core.version_file import VersionFile
from consult.exchange.draft_folder import read_versions
from consult.extensions import db, writing
from consult.jobs import make_files
from consult.jobs.make_files import Busy, filtered_file, kept_file
from consult.models import Outbox, VersionFileRow
from consult.operations.files import JOB, built, keep_file
from consult.operations.publish import publish_versions
from consult.operations.published import correct_translation
from consult.operations.record import OPERATOR
from consult.queries.editions import edition_changes, file_of, files_of
from consult.queries.standards import versions

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
OLD = "# Climate\n\n## 5 Emissions\n\n### 5.1 Disclosure\n\n{shall} report its emissions of the year.\n\n### 5.2 Smelters\n\nBelow 11 t.\n"
NEW = OLD.replace("11 t", "8 t") + "\n### 5.3 Plans\n\nA plan with targets.\n"


@pytest.fixture
def published(in_app: Flask, tmp_path: Path) -> Path:
    for name, text, baselines in (("v1", OLD, "[]"), ("v2", NEW, "[v1]")):
        write(tmp_path, name, "en", text.format(shall="The Entity shall"), baselines)
        write(tmp_path, name, "fr", text.format(shall="L’Entité doit"), baselines)
    (tmp_path / "v2" / "clauses.yaml").write_text('"5.2":\n  applies: [smelter]\n  reason:\n    en: Lower is possible.\n', encoding="utf-8")
    found, problems = read_versions([tmp_path / "v1", tmp_path / "v2"])
    assert [problem for problem in problems if problem.grade == "error"] == []
    publish_versions(sources=found, languages=("en", "fr"), by=OPERATOR, now=NOW)
    return tmp_path


def write(folder: Path, version: str, language: str, text: str, baselines: str = "[]") -> None:
    (folder / version).mkdir(exist_ok=True)
    front = f"---\nstandard: demo\nversion: {version}\nlanguage: {language}\ntitle: Demo\nbaselines: {baselines}\n---\n"
    (folder / version / f"{language}.md").write_text(front + text, encoding="utf-8")


def asked() -> list[VersionFile]:
    return [VersionFile(**payload) for payload in db.session.scalars(select(Outbox.payload).where(Outbox.kind == JOB).order_by(Outbox.id))]


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(VersionFileRow)) or 0


@pytest.mark.usefixtures("published")
def test_publishing_asks_for_every_file_once() -> None:
    texts = [VersionFile("demo", name, tag, ending) for name in ("v1", "v2") for tag in ("en", "fr") for ending in ("pdf", "docx", "md")]
    changes = [VersionFile("demo", "v2", tag, ending, "v1") for tag in ("en", "fr") for ending in ("pdf", "docx", "xlsx")]
    assert asked() == [*texts, *changes]
    assert len(set(asked())) == len(asked())


def test_the_worker_makes_them_and_what_is_made_is_listed_with_its_size(published: Path, in_app: Flask) -> None:
    seen = versions("en", standard="demo")
    assert {each.kept for listed in files_of(seen).values() for each in listed} == {None}
    made = 0
    while make_files.make_files():
        made += 1
    assert made == rows() == len(asked())
    assert db.session.scalars(select(Outbox.error).where(Outbox.kind == JOB)).unique().all() == [None]
    listed = [each for files in files_of(seen).values() for each in files]
    assert len(listed) == made
    for each in listed:
        assert each.kept is not None
        with in_app.config["STORAGE"].open(each.kept.sha256) as file:
            assert len(file.read()) == each.kept.size


def test_publishing_the_same_again_asks_for_nothing_more(published: Path) -> None:
    before = len(asked())
    found, _ = read_versions([published / "v1", published / "v2"])
    publish_versions(sources=found, languages=("en", "fr"), by=OPERATOR, now=NOW)
    assert len(asked()) == before


def test_a_file_is_made_once_and_kept_by_whoever_asks_first(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, made = VersionFile("demo", "v2", "fr", "md"), []
    monkeypatch.setattr(make_files, "built", lambda of: made.append(of) or built(of))
    first, second = kept_file(file), kept_file(file)
    assert first == second is not None
    assert (made, rows()) == ([file], 1)


def test_who_was_earlier_wins(published: Path, in_app: Flask) -> None:
    seen = file_of(VersionFile("demo", "v1", "en", "md"))
    assert seen is not None
    first = keep_file(of=seen, content=b"first", now=NOW)
    assert keep_file(of=seen, content=b"second", now=NOW) == first
    assert (first.size, rows()) == (5, 1)


def test_bytes_that_were_lost_are_made_again(published: Path, in_app: Flask) -> None:
    file = VersionFile("demo", "v1", "en", "md")
    kept = kept_file(file)
    assert kept is not None
    path = next(path for path in Path(in_app.config["STORAGE"].folder).rglob(kept.sha256))
    path.unlink()
    assert kept_file(file) == kept
    assert path.stat().st_size == kept.size


def test_a_corrected_translation_makes_new_files_and_keeps_the_old_ones(published: Path, in_app: Flask) -> None:
    french, english = (VersionFile("demo", "v1", tag, "md") for tag in ("fr", "en"))
    changes = VersionFile("demo", "v2", "fr", "xlsx", "v1")
    before, same, compared = kept_file(french), kept_file(english), kept_file(changes)
    count = len(asked())
    write(published, "v1", "fr", OLD.format(shall="L’Entité devra"))
    found, _ = read_versions([published / "v1"])
    correct_translation(source=found[0], language="fr", reason="Temps du verbe.", by=OPERATOR, now=NOW)
    again = asked()[count:]
    assert {(each.version, each.baseline) for each in again} == {("v1", None), ("v2", "v1")}
    after = kept_file(french)
    assert before
    assert after
    assert before != after
    assert kept_file(english) == same
    assert kept_file(changes) != compared
    storage = in_app.config["STORAGE"]
    with storage.open(after.sha256) as new, storage.open(before.sha256) as old:
        assert (b"devra" in new.read(), b"devra" in old.read()) == (True, False)


def test_rows_of_files_are_never_changed(published: Path) -> None:
    kept_file(VersionFile("demo", "v1", "en", "md"))
    with pytest.raises(IntegrityError), writing() as session:
        session.execute(VersionFileRow.__table__.update().values(size=1))


def test_there_is_no_file_of_what_was_never_published(published: Path) -> None:
    assert kept_file(VersionFile("demo", "v9", "en", "pdf")) is None
    assert kept_file(VersionFile("demo", "v1", "zh", "pdf")) is None
    assert kept_file(VersionFile("demo", "v1", "en", "pdf", "v2")) is None
    assert rows() == 0


def test_changes_carry_their_reasons_and_whom_they_bind(published: Path) -> None:
    found = edition_changes("demo", "v2", "v1", "fr")
    assert found is not None
    told = {each.shown[0]: each for each in found.noted}
    assert [(number, each.change.link.kinds, each.is_change) for number, each in told.items()] == [
        ("5", ("unchanged",), False), ("5.1", ("unchanged",), False), ("5.2", ("modified",), True), ("5.3", ("added",), True),
    ]  # fmt: skip
    assert (told["5.2"].reasons["5.2"].text, told["5.2"].reasons["5.2"].language) == ("Lower is possible.", "en")
    assert (found.new.applies["5.2"], found.old.applies["5.2"], found.total) == (("smelter",), (), 4)


def test_filtered_files_are_never_kept(published: Path) -> None:
    assert filtered_file(VersionFile("demo", "v2", "en", "xlsx", "v1"), ("smelter",))
    assert rows() == 0


def test_too_many_who_wait_are_sent_away_instead_of_blocking_the_server(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_files, "PATIENCE", 0.01)
    with make_files.turn(hurry=True), pytest.raises(Busy):
        kept_file(VersionFile("demo", "v1", "en", "md"))
    assert kept_file(VersionFile("demo", "v1", "en", "md")) is not None


def test_a_file_that_cannot_be_made_is_tried_again_later_and_stops_no_other(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(file: VersionFile) -> bytes | None:
        if file.format == "pdf":
            raise RuntimeError("no fonts")
        return b"made"

    monkeypatch.setattr(make_files, "built", broken)
    while make_files.make_files():
        pass
    failed = db.session.scalars(select(Outbox).where(Outbox.kind == JOB, Outbox.done_at.is_(None))).all()
    assert {(row.payload["format"], row.error, row.attempts) for row in failed} == {("pdf", "fault: RuntimeError", 1)}
    assert rows() == len(asked()) - len(failed)
