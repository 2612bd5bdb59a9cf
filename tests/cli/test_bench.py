"""`consult bench`: tables of ratios, and nothing kept."""

import json
from pathlib import Path

import pytest

from consult.resources import resource
from tests.cli.conftest import Run

QUICK = ("bench", "diff", "--rounds", 1, "--clauses", 20)
LINKS = ["links", "numbers", "precision", "recall", "F1", "seconds"]
WORDS = ["engine", "seconds", "ratio", "hunks/pair", "cut", "words", "%", "exact"]
SIZES = ["clauses", "seconds", "MB", "F1", "by", "number", "words", "only", "characters", "difflib"]


@pytest.mark.long
def test_our_comparison_is_measured_beside_others_in_four_tables(run: Run) -> None:
    tables = [[line.split() for line in table.splitlines()] for table in run(*QUICK).stdout.split("\n\n")]
    assert [table[0] for table in tables] == [LINKS, WORDS, WORDS, SIZES]
    assert [line[0] for line in tables[0][1:]] == ["ours", "by", "ours", "by"]
    for words in tables[1:3]:
        assert len(words) == 5
        assert all(line[-1] == "yes" for line in words[1:])
    assert [line[0] for line in tables[3][1:]] == ["20"]


def test_a_corpus_is_read_and_what_is_none_is_named(run: Run, tmp_path: Path) -> None:
    row = {"id": "1", "title": "Aims", "text": "Members shall report.", "path": []}
    (tmp_path / "c.json").write_text(json.dumps({"lang": "en", "old": [row], "new": [row], "links": [["1", "1"]]}), encoding="utf-8")
    assert run(*QUICK, "--corpus", tmp_path / "c.json").stdout.splitlines()[1].split()[:5] == ["ours", "visible", "100.0", "100.0", "100.0"]
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert run(*QUICK, "--corpus", tmp_path / "x.json").stderr == f"Error: {tmp_path}/x.json: no corpus: KeyError('old')\n"
    assert run(*QUICK, "--corpus", tmp_path / "no.json").stderr == f"Error: {tmp_path}/no.json: No such file or directory\n"


@pytest.mark.long
def test_other_drafts_may_be_measured_and_unreadable_ones_are_named(run: Run, tmp_path: Path) -> None:
    draft = resource("content") / "performance-standard" / "v2" / "zh.md"
    assert run(*QUICK, draft, draft).exit_code == 0
    (tmp_path / "x.md").write_bytes(b"\xff")
    assert run(*QUICK, draft, tmp_path / "x.md").stderr == "Error: a draft cannot be read: run consult check on it\n"
    assert run(*QUICK, draft, tmp_path / "no.md").stderr == f"Error: {tmp_path}/no.md: No such file or directory\n"


@pytest.mark.long
def test_every_page_is_measured_against_the_health_page(run: Run) -> None:
    lines = run("bench", "pages", "--requests", 1).stdout.splitlines()
    assert lines[1].split()[0] == "/healthz"
    assert lines[1].split()[2] == "1.0"
    assert len(lines) > 8
