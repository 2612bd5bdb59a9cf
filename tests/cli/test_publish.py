"""`consult publish`: new, unchanged, refused, corrected."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from consult.resources import resource
from tests.cli.conftest import Run
from tests.support.database import on_sqlite

Stored = Callable[[], dict[str, int]]
NEW = "performance-standard/v2: new, 71 clauses in en, fr, zh\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource("content") / "performance-standard" / "v2", tmp_path / "performance-standard" / "v2"))


def rewrite(path: Path, old: str, new: str) -> int:
    """Replaces the first occurrence; gives its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_same_files_again_change_nothing(run: Run, content: Path, stored: Stored) -> None:
    assert run("publish", content).output == NEW
    before = stored()
    assert run("publish", content).output == NEW.replace("new", "unchanged")
    assert run("publish", *content.glob("*.md")).exit_code == 0
    assert stored() == before


@on_sqlite
def test_our_whole_content_is_published_with_its_changes(run: Run, stored: Stored) -> None:
    done = run("publish", resource("content"))
    assert done.exit_code == 0, done.output
    assert [line.split(",")[0] for line in done.stdout.splitlines() if line.startswith("performance-standard/")] == [
        f"performance-standard/{version}: new" for version in ("v2", "v3-draft-1", "v3-draft-2")
    ]
    assert stored()["change_set"] >= 3


def test_another_text_is_refused_with_the_lines_that_differ(run: Run, content: Path, stored: Stored) -> None:
    run("publish", content)
    before = stored()
    line = rewrite(content / "en.md", "The Entity shall", "The Entity should")
    done = run("publish", content)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"error: {content}/en.md, line {line}, clause " in done.stderr
    assert "Published: “The Entity shall" in done.stderr
    assert "In the file: “The Entity should" in done.stderr
    assert done.stderr.endswith("nothing was published\n")
    assert stored() == before


def test_a_translation_is_corrected_with_its_reason(run: Run, content: Path, stored: Stored) -> None:
    run("publish", content)
    before = stored()
    rewrite(content / "fr.md", "L’Entité doit", "L’Entité est tenue de")
    done = run("publish", content / "fr.md", "--correct", "fr", "--reason", "A slip")
    assert (done.exit_code, done.output) == (0, "performance-standard/v2: 1 clauses of fr corrected\n")
    after = stored()
    assert (after["correction"], after["clause_text"] - before["clause_text"]) == (1, 1)
    assert run("publish", content).exit_code == 0


@on_sqlite
def test_corrections_that_are_none_are_refused(run: Run, content: Path, stored: Stored) -> None:
    run("publish", content)
    before = stored()
    for words, said in (
        (["--correct", "fr", "--reason", "x"], "The text is the published one"),
        (["--correct", "en", "--reason", "x"], "The edition in en prevails"),
        (["--correct", "es", "--reason", "x"], "there is no file in es here for performance-standard/v2"),
        (["--correct", "fr", "--reason", " "], "A correction needs its reason"),
        (["--correct", "fr"], "--correct and --reason go together"),
        (["--reason", "x"], "--correct and --reason go together"),
    ):
        done = run("publish", content, *words)
        assert done.exit_code in (1, 2)
        assert said in done.stderr
    assert stored() == before


@on_sqlite
def test_a_folder_with_other_pages_publishes_the_drafts_alone(run: Run, content: Path, stored: Stored) -> None:
    (content.parent / "README.md").write_text("# 1 Not a draft\n", encoding="utf-8")
    (content.parent / "help").mkdir()
    (content.parent / "help" / "en.md").write_text("# 1 Help\n", encoding="utf-8")
    assert run("publish", content.parents[1]).output == NEW


def test_a_database_that_is_not_there_is_said_in_a_line(run: Run, content: Path, tmp_path: Path) -> None:
    for address, said in (
        (f"sqlite:///{tmp_path}/empty.db", "Error: the database is empty, the program needs revision "),
        (f"sqlite:///{tmp_path}/no/where.db", "Error: the database does not answer: unable to open database file\n"),
        ("postgresql+psycopg://localhost:1/x", "Error: the database does not answer: connection failed"),
        ("nonsense", "Error: CONSULT_DATABASE_URL is not the address of a database"),
        ("oddbase://x", "Error: CONSULT_DATABASE_URL is not the address of a database"),
    ):
        done = run("publish", content, CONSULT_DATABASE_URL=address)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert done.stderr.startswith(said)
