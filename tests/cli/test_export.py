"""`consult export`: whole files, totals on standard error, on record where identity is in them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from consult.cli.export import export
from consult.exchange.comment_formats import FORMATS
from consult.exchange.csv_comments import read_comments_csv
from consult.extensions import db
from consult.models import Event
from tests.every_kind import Kept, every_kind_in_a_round, leaks
from tests.factories import NOW
from tests.support.database import on_sqlite

ROUND = "performance-standard-v3/1"


@pytest.fixture
def everything(as_left_by: Callable[[Callable[[], list[Kept]]], list[Kept]], database: str, monkeypatch: pytest.MonkeyPatch) -> list[Kept]:
    monkeypatch.setenv("CONSULT_DATABASE_URL", database)
    monkeypatch.setenv("CONSULT_SECRET_KEY", "only for tests")
    monkeypatch.setattr("consult.clock.now", lambda: NOW)
    return as_left_by(every_kind_in_a_round)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(export, [str(each) for each in arguments])


@pytest.mark.parametrize("viewer", ["public", "committee", "secretariat"])
def test_the_file_holds_what_its_viewer_may_read(everything: list[Kept], tmp_path: Path, viewer: str) -> None:
    out = tmp_path / "comments.csv"
    done = run(ROUND, "--as", viewer, "--format", "csv", "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        f"performance-standard-v3/1 as {viewer}: received 42 (pending 7, cleared 7, held 7, withheld 7, withdrawn 7, erased 7); rows 42\n"
    )
    assert leaks(viewer, everything, out.read_text(encoding="utf-8-sig")) == []
    with out.open("rb") as file:
        assert [row.reference for row in read_comments_csv(file)] == [each.reference for each in everything]


@on_sqlite
@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_written_in_the_language_asked(everything: list[Kept], tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"comments.{ending}"
    assert run(ROUND, "--as", "committee", "--format", ending, "-o", out, "--language", "zh").exit_code == 0
    assert out.stat().st_size > 1000
    assert list(tmp_path.glob(".comments*")) == []


@on_sqlite
def test_exports_with_identity_are_on_record_as_the_operator(app: Flask, everything: list[Kept], tmp_path: Path) -> None:
    for viewer in ("public", "committee", "secretariat"):
        run(ROUND, "--as", viewer, "--format", "json", "-o", tmp_path / "comments.json")
    with app.app_context():
        found = db.session.execute(select(Event.actor_kind, Event.subject, Event.codes).where(Event.kind == "comments_exported"))
        assert [tuple(event) for event in found] == [
            ("operator", ROUND, {"viewer": viewer, "format": "json", "rows": 42, "filters": {}}) for viewer in ("committee", "secretariat")
        ]
    assert json.loads((tmp_path / "comments.json").read_bytes())["summary"]["viewer"] == "secretariat"


@on_sqlite
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["performance-standard-v3/7", "--as", "public", "--format", "csv"], "there is no round performance-standard-v3/7"),
        (["performance-standard-v3", "--as", "public", "--format", "csv"], "such as performance-standard-v3/2"),
        (["performance-standard-v3/²", "--as", "public", "--format", "csv"], "such as performance-standard-v3/2"),
        ([ROUND, "--as", "chair", "--format", "csv"], "'chair' is not one of"),
        ([ROUND, "--as", "public", "--format", "odt"], "'odt' is not one of"),
        ([ROUND, "--as", "public", "--format", "csv", "--language", "de"], "one of en, fr, zh"),
        ([ROUND, "--format", "csv"], "Missing option '--as'"),
    ],
)
def test_what_is_asked_wrongly_is_said_and_leaves_the_file(everything: list[Kept], tmp_path: Path, arguments: list[str], said: str) -> None:
    out = tmp_path / "comments.csv"
    out.write_text("earlier")
    done = run(*arguments, "-o", out)
    assert done.exit_code in (1, 2)
    assert said in done.stderr
    assert out.read_text() == "earlier"


@on_sqlite
def test_a_folder_that_is_not_there_is_said(everything: list[Kept], tmp_path: Path) -> None:
    done = run(ROUND, "--as", "public", "--format", "csv", "-o", tmp_path / "nowhere" / "comments.csv")
    assert (done.exit_code, "No such file or directory" in done.stderr) == (1, True)
    assert "Traceback" not in done.output


def test_help_does_not_need_a_database() -> None:
    done = subprocess.run([sys.executable, "-m", "consult", "export", "--help"], check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "performance-standard-v3/2" in done.stdout) == (0, True)
