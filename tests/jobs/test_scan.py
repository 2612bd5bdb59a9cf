"""Files beside comments wait for the scanner that the installation names, and nobody gets one that it refused."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from consult.config import Settings
from consult.core.attachment import Scan
from consult.jobs.scan import look_at_files
from consult.operations.attach import Upload, attach_files
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.queries.attachments import files_of_form
from consult.queries.comments import comment_seen
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite
from tests.support.demo import stop_clock


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The scanner is grep: it says 0 where it finds the word, 1 where it does not, 2 where it cannot read."""
    made = Settings(database_url=database, secret_key="only for tests", secure_cookies=False, files=str(tmp_path / "files"))
    return replace(made, scanner="grep -q harmless")


@on_sqlite
def test_each_file_gets_its_verdict_and_the_public_only_what_is_clean(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, NOW)
    factories.round_of()
    files = [Upload("good.txt", b"harmless\n"), Upload("bad.txt", b"other\n")]
    attach_files(consultation=CONSULTATION, round_number=1, key="k1", files=files, token=None, opened_at=NOW, address=None, now=NOW)
    reference = submit(form=factories.form(factories.new_comment(), key="k1"), now=NOW).comments[0]
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW, consultation=CONSULTATION)

    def told() -> list[tuple[Scan, str | None, str | None]]:
        seen = comment_seen(reference=reference, viewer="public", now=NOW)
        assert seen
        return [(each.scan, each.copy, each.why) for each in seen.files]

    assert told() == [("pending", None, "waiting")] * 2
    assert look_at_files() == 2
    assert told() == [("clean", "stripped", None), ("refused", None, "refused")]
    staff = comment_seen(reference=reference, viewer="secretariat", now=NOW)
    assert staff
    assert [each.copy for each in staff.files] == ["original", None]
    assert look_at_files() == 0


@on_sqlite
def test_a_scanner_that_does_not_answer_is_no_verdict(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, NOW)
    in_app.config["SETTINGS"] = replace(in_app.config["SETTINGS"], scanner="no-such-program --now")
    factories.round_of()
    attach_files(
        consultation=CONSULTATION, round_number=1, key="k1", files=[Upload("a.txt", b"harmless\n")], token=None, opened_at=NOW,
        address=None, now=NOW,
    )  # fmt: skip
    assert look_at_files() == 1
    assert [each.scan for each in files_of_form("k1")] == ["pending"]
