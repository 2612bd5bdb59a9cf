"""`consult doctor`: silent about a sound installation, exact about each fault, and never a secret or a name in it."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from consult import clock
from consult.cli.application import application
from consult.extensions import db, writing
from consult.models import Attachment
from consult.operations.attach import Upload, attach_files
from consult.operations.record import INSTALLATION, OPERATOR, enqueue, record
from consult.operations.submit import submit
from consult.schema import lost_guards
from tests import factories
from tests.cli.conftest import Run
from tests.factories import CONSULTATION
from tests.support.database import BOTH, on_sqlite
from tests.support.mail_server import listening

FINE = {
    "key_set", "address_set", "mail_set", "scanner_off", "fonts_there", "room_free", "languages_there", "database_answers", "durability_fine",
    "schema_fine", "guards_there", "key_fits", "clock_fine", "files_there", "worker_fine",
}  # fmt: skip
SECRETS = ("only for tests, but long", "very-secret", "Anna Keller", "anna@example.org")


@pytest.fixture
def told(run: Run, stored: Callable[[], dict[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, str]]:
    """Code -> judgement of everything that is found; the text names the same in the same order."""
    monkeypatch.setenv("CONSULT_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("CONSULT_PUBLIC_ADDRESS", "https://consult.example.org")
    monkeypatch.setenv("CONSULT_TRUSTED_PROXIES", "1")
    monkeypatch.setenv("CONSULT_SMTP_URL", "smtp://me:very-secret@127.0.0.1:9")

    def call(*words: str, **environment: str) -> dict[str, str]:
        done = run("doctor", "--format", "json", *words, **environment)
        said = json.loads(done.stdout)
        assert done.exit_code == (1 if said["wrong"] else 0)
        assert [secret for secret in SECRETS if secret in done.output] == []
        assert not any("%(" in each["said"] for each in said["findings"])
        return {each["code"]: each["judgement"] for each in said["findings"]}

    return call


def filled() -> list[str]:
    """A round with a comment of now and three files beside it: their sums."""
    now = clock.now()
    with application():
        factories.round_of(now=now)
        files = [Upload(f"note {number}.txt", b"nine months " + bytes([48 + number])) for number in range(3)]
        attach_files(
            consultation=CONSULTATION, round_number=1, key="k1", files=files, token=None, opened_at=now, address="192.0.2.7", now=now
        )
        person = factories.person(name="Anna Keller", mail="anna@example.org")
        submit(form=factories.form(factories.new_comment(), key="k1", by=person), now=now)
        return [each or "" for each in db.session.scalars(select(Attachment.sha256).order_by(Attachment.number))]


def test_a_sound_installation_is_fine_and_each_fault_is_named(told: Callable[..., dict[str, str]], database: str, tmp_path: Path) -> None:
    missing, resized, damaged = filled()
    if database.startswith("sqlite"):
        expected, poor = FINE | {"database_sound"}, set()
    else:  # the cluster of the tests keeps nothing through a power cut, and that is found
        expected, poor = FINE - {"durability_fine"} | {"program_there", "durability_poor"}, {"durability_poor"}
    assert set(told()) == expected
    files = tmp_path / "files"
    (files / missing[:2] / missing).unlink()
    (files / resized[:2] / resized).write_bytes(b"half")
    (files / damaged[:2] / damaged).write_bytes(b"nine months !")
    now = clock.now()
    with application():
        with writing() as session:
            for kind, ago in (("mail", 20), ("files", 1)):
                due = now - timedelta(minutes=ago)
                enqueue(session, kind=kind, payload={"template": "receipt", "submission": 1}, now=due, due=due)
            record(session, scope=INSTALLATION, kind="signed_in", subject="account:1", by=OPERATOR, now=now + timedelta(hours=2))
        with writing() as session:
            session.execute(text("update round set closes_at = :at"), {"at": (now - timedelta(hours=1)).replace(tzinfo=None)})
            session.execute(text("update event_counter set last_seq = last_seq + 1"))
    wrong = {code for code, judgement in told("--deep", CONSULT_SECRET_KEY="another key that is long").items() if judgement == "wrong"}
    assert wrong == {
        "files_missing", "files_resized", "files_damaged", "outbox_late", "events_ahead", "closing_unseen", "key_other", "record_wrong", *poor,
    }  # fmt: skip


@on_sqlite
def test_what_cannot_be_looked_at_is_said_in_a_line(told: Callable[..., dict[str, str]], tmp_path: Path) -> None:
    absent = f"sqlite:///{tmp_path / 'nothing.db'}"
    found = told(
        CONSULT_DATABASE_URL=absent, CONSULT_SCANNER="no-such-scanner --fast", CONSULT_LANGUAGES="en,de", CONSULT_TEST_CLOCK="1",
        CONSULT_TEST_NOW="2026-03-24T13:31:07Z", CONSULT_FILES="/proc/files", CONSULT_SECRET_KEY="short",
    )  # fmt: skip
    assert not (tmp_path / "nothing.db").exists()
    assert {code for code, judgement in found.items() if judgement == "wrong"} == {
        "database_absent", "scanner_missing", "catalogue_missing", "clock_stopped", "storage_unwritable", "key_short",
    }  # fmt: skip
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    with listening() as server:
        found = told(
            "--smtp", CONSULT_DATABASE_URL=f"sqlite:///{tmp_path / 'broken.db'}", CONSULT_SMTP_URL=server.url, CONSULT_FILES="files"
        )
        assert server.mails == []
    assert (found["database_broken"], found["mail_answers"], found["files_relative"]) == ("wrong", "fine", "doubtful")
    found = told("--smtp", CONSULT_DATABASE_URL="postgresql+psycopg://me:very-secret@127.0.0.1:9/consult")
    assert (found["database_silent"], found["mail_silent"]) == ("wrong", "wrong")
    assert told(CONSULT_DATABASE_URL="consult.db")["database_address"] == "wrong"
    assert told(CONSULT_TRUSTED_PROXIES="many") == {"settings_unusable": "wrong"}


@pytest.mark.parametrize("database", BOTH, indirect=True)
def test_guards_that_somebody_removed_are_found(in_app: Flask) -> None:
    assert lost_guards(db.engine) == ()
    sqlite = db.engine.dialect.name == "sqlite"
    changes = (
        ("drop trigger event_no_update", "drop trigger party_only_narrower",
         "create trigger party_only_narrower before update on party when 0 begin select raise(abort, 'append-only'); end")
        if sqlite
        else ("drop trigger event_append_only on event", "alter table party disable trigger party_only_narrower")
    )  # fmt: skip
    with writing() as session:
        for each in changes:
            session.execute(text(each))
    assert lost_guards(db.engine) == (
        ("event_no_update", "party_only_narrower") if sqlite else ("event delete", "event update", "party update")
    )
