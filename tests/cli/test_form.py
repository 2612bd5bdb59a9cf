"""`consult form` writes a blank form; `consult import-form` takes a filled one in, once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from consult.cli import main
from consult.extensions import db
from consult.models import ClauseRow, Comment, CommentRevision
from tests import factories
from tests.support.comment_form import stored

ROUND = "performance-standard-v3/1"


@pytest.fixture
def opened(app: Flask, settings: object, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr("consult.clock.now", lambda: factories.NOW)
    monkeypatch.setenv("CONSULT_DATABASE_URL", app.config["SETTINGS"].database_url)
    monkeypatch.setenv("CONSULT_SECRET_KEY", app.config["SETTINGS"].secret_key)
    with app.app_context():
        factories.round_of()
    return app


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in words])


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_blank_form_taken_in_unchanged_adds_nothing_and_says_so(opened: Flask, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"form.{ending}"
    assert run("form", ROUND, "--language", "fr", "-o", file).exit_code == 0
    taken = run("import-form", file, "--round", ROUND)
    assert (taken.exit_code, taken.stdout, "nothing was taken in" in taken.stderr) == (0, "0 of 0 rows placed\n", True)
    assert stored(opened) == [0, 0, 0]


def test_a_filled_form_is_one_submission_and_again_the_same(opened: Flask, tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text(
        "Clause,Comment,Proposed change\n5.2,Too strict.,every third year\n77.7,Nowhere.,\nCriterion 5.3,Fine.,\n", encoding="utf-8"
    )
    told = json.loads(run("import-form", file, "--round", ROUND, "--dry-run", "--format", "json").stdout)
    assert {key: told[key] for key in ("rows", "placed", "unplaced", "lost")} == {"rows": 3, "placed": 2, "unplaced": 1, "lost": 0}
    assert [(each["number"], each["comment"], each["doubts"]) for each in told["comments"]] == [
        ("5.2", "Too strict.", []), (None, "Nowhere.", ["unknown_number"]), ("5.3", "Fine.", []),
    ]  # fmt: skip
    assert stored(opened) == [0, 0, 0]
    first, second = (run("import-form", file, "--round", ROUND) for _ in range(2))
    assert "No clause of this round has this number." in first.stdout
    assert ("taken in as" in first.stderr, "already taken in as" in second.stderr) == (True, True)
    assert stored(opened) == [1, 1, 2]


def test_a_row_that_names_several_clauses_says_so_where_it_stands(opened: Flask, tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_text("Clause,Line number,Comment,Proposed change\n5.2 and 5.1,17,Both.,\n5.1 to 5.3,,,one text\n", encoding="utf-8")
    assert run("import-form", file, "--round", ROUND).exit_code == 0
    with opened.app_context():
        said = db.session.execute(select(CommentRevision.text, CommentRevision.proposed).order_by(CommentRevision.id)).all()
        comments = db.session.scalars(select(Comment).order_by(Comment.id)).all()
        further = [[db.session.get_one(ClauseRow, each.clause_id).number for each in comment.further] for comment in comments]
    assert (said, further) == ([("17: Both.", None), (None, "one text")], [["5.1"], ["5.2", "5.3"]])


@pytest.mark.parametrize(
    ("words", "said"),
    [(("form", "nowhere/1", "-o", "a.xlsx"), "there is no round"), (("form", ROUND, "-o", "a.ods"), ".xlsx or .docx"),
     (("form", ROUND, "--activities", "fishing", "-o", "a.xlsx"), "there is no activity fishing"), (("form", ROUND, "--language", "de", "-o", "a.xlsx"), "one of en, fr, zh")],
)  # fmt: skip
def test_what_cannot_be_made_is_told(opened: Flask, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code != 0, said in result.stderr) == (True, True)


def test_an_unreadable_file_is_told_with_its_remedy(opened: Flask, tmp_path: Path) -> None:
    file = tmp_path / "form.wps"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    result = run("import-form", file, "--round", ROUND)
    assert (result.exit_code, "save it as DOCX" in result.stderr) == (1, True)
