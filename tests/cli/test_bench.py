"""`consult bench`: tables of ratios, and nothing kept."""

from pathlib import Path

import pytest

from consult.resources import resource
from tests.cli.conftest import Run

HEADINGS = ["engine", "seconds", "ratio", "hunks/pair", "cut", "words", "%", "exact"]


def test_our_comparison_is_measured_beside_others(run: Run) -> None:
    lines = run("bench", "diff", "--rounds", 1).stdout.splitlines()
    assert lines[0].split() == HEADINGS
    assert len(lines) == 5
    assert all(line.split()[-1] == "yes" for line in lines[1:])


def test_other_drafts_may_be_measured_and_unreadable_ones_are_named(run: Run, tmp_path: Path) -> None:
    draft = resource("content") / "performance-standard" / "v2" / "zh.md"
    assert run("bench", "diff", draft, draft, "--rounds", 1).exit_code == 0
    (tmp_path / "x.md").write_bytes(b"\xff")
    assert run("bench", "diff", draft, tmp_path / "x.md").stderr == "Error: a draft cannot be read: run consult check on it\n"
    assert run("bench", "diff", draft, tmp_path / "no.md").stderr == f"Error: {tmp_path}/no.md: No such file or directory\n"


@pytest.mark.long
def test_every_page_is_measured_against_the_health_page(run: Run) -> None:
    lines = run("bench", "pages", "--requests", 1).stdout.splitlines()
    assert lines[1].split()[0] == "/healthz"
    assert lines[1].split()[2] == "1.0"
    assert len(lines) > 8
