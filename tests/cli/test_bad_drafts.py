"""Drafts that nobody should publish, through every command that reads them: what is wrong is said with its place, and nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FRONT = "---\nstandard: s\nversion: v1\nlanguage: {}\ntitle: T\n---\n"
GOOD = FRONT.format("en") + "# 1 A\n\nIt shall report.\n"
BOMB = "a: &a [x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n'1':\n  source: *c\n"


@dataclass(frozen=True)
class Bad:
    """Files of one folder; how the line about them begins, and what it says. `compared`: the exit status of `consult diff` against it."""

    files: dict[str, bytes | str]
    place: str
    says: str
    compared: int = 2


BAD = {
    "a number twice": Bad({"en.md": GOOD + "\n# 1 B\n\nx\n"}, "en.md, line 11, clause 1", "The number 1 occurs twice; it stands in line 7"),
    "a clause missing in French": Bad(
        {"en.md": GOOD + "\n# 2 B\n\nx\n", "fr.md": FRONT.format("fr") + "# 1 A\n\nElle doit rendre compte.\n"},
        "fr.md, clause 2", "Clause 2 of the prevailing text (en) is missing.", 0,
    ),
    "front matter that is no YAML": Bad({"en.md": GOOD.replace("standard: s", "standard: [s")}, "en.md, line 3", "The YAML cannot be read", 0),
    "front matter without an end": Bad({"en.md": "---\nstandard: s\n# 1 A\n\nx\n"}, "en.md, line 1", "The front matter does not end", 0),
    "no front matter": Bad({"en.md": "# 1 A\n\nx\n"}, "en.md, line 1", "The draft does not begin with front matter", 0),
    "another encoding": Bad({"en.md": GOOD.encode() + "\n# 2 Été\n\nx\n".encode("latin-1")}, "en.md, line 11", "The text is not UTF-8."),
    "UTF-16": Bad({"en.md": GOOD.encode("utf-16")}, "en.md, line 1", "The text is not UTF-8."),
    "five megabytes": Bad({"en.md": GOOD + "x" * 5_000_000}, "en.md", "The file has 4.8 MB; at most 4.0 MB are read."),
    "nothing": Bad({"en.md": b""}, "en.md, line 1", "The draft does not begin with front matter"),
    "a picture": Bad({"en.md": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe" * 50}, "en.md, line 1", "The text is not UTF-8."),
    "control characters": Bad({"en.md": GOOD + "\x00\x1b[31m"}, "en.md, line 10", "The control character U+0000 in column 1"),
    "a folder without drafts": Bad({"notes.txt": "x"}, "", "There is no draft here."),
    "a YAML bomb": Bad({"en.md": GOOD, "clauses.yaml": BOMB}, "clauses.yaml, line 1", "Anchors and aliases (& and *) are not allowed here.", 0),
    "two files of one language": Bad({"en.md": GOOD, "en-2.md": GOOD}, "en.md", "This version already has a file in en", 0),
    "a folder called like a draft": Bad({"x.md/en.txt": "x"}, "", "There is no draft here."),
}  # fmt: skip


@pytest.fixture(params=BAD, ids=str)
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Bad]:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name, source in BAD[request.param].files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(source.encode() if isinstance(source, str) else source)
    return folder, BAD[request.param]


def line(folder: Path, bad: Bad) -> str:
    return f"error: {folder / bad.place}: {bad.says}" if bad.place else f"error: {folder}: {bad.says}"


def test_check_says_what_is_wrong_and_ends_with_one(run: Run, bad: tuple[Path, Bad]) -> None:
    done = run("check", bad[0])
    assert done.exit_code == 1
    assert line(*bad) in done.stdout
    assert done.stderr == ""


def test_publish_says_what_is_wrong_and_stores_nothing(run: Run, bad: tuple[Path, Bad], stored: Callable[[], dict[str, int]]) -> None:
    done = run("publish", bad[0])
    assert (done.exit_code, done.stdout) == (1, "")
    assert line(*bad) in done.stderr
    assert done.stderr.endswith("nothing was published\n")
    assert stored() == {}


def test_diff_says_what_is_wrong_and_stops_only_where_it_must(run: Run, bad: tuple[Path, Bad], tmp_path: Path) -> None:
    folder, kind = bad
    good = tmp_path / "good.md"
    good.write_text(GOOD, encoding="utf-8")
    file = next((folder / name for name in kind.files if name == "en.md"), folder)
    for pair in ((good, file), (file, good)):
        done = run("diff", *pair, "--format", "json")
        assert done.exit_code == kind.compared
        assert ("Traceback" not in done.output, bool(done.stdout)) == (True, not kind.compared)
        if kind.compared and kind.place:
            assert line(folder, kind) in done.stderr


@pytest.mark.parametrize(("command", "status"), [("check", 2), ("publish", 1), ("diff", 2)])
def test_a_path_that_does_not_exist_is_named(
    run: Run, tmp_path: Path, command: str, status: int, stored: Callable[[], dict[str, int]]
) -> None:
    paths = [tmp_path / "nowhere.md"] * (2 if command == "diff" else 1)
    done = run(command, *paths)
    assert (done.exit_code, done.stdout) == (status, "")
    assert "nowhere.md" in done.stderr
    assert stored() == {}


def test_one_bad_version_keeps_all_others_out(run: Run, tmp_path: Path, stored: Callable[[], dict[str, int]]) -> None:
    for version, body in (("v1", "# 1 A\n\nx\n"), ("v2", "# 1 A\n\nx\n\n# 1 B\n\ny\n")):
        path = tmp_path / "s" / version / "en.md"
        path.parent.mkdir(parents=True)
        path.write_text(FRONT.format("en").replace("v1", version) + body, encoding="utf-8")
    assert run("publish", tmp_path / "s").exit_code == 1
    assert stored() == {}


def test_html_and_script_are_a_warning_and_never_run(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "en.md"
    path.write_text(GOOD + "\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n", encoding="utf-8")
    said = f"warning: {path}, line 11: HTML is not rendered. It is shown as it is written."
    done = run("check", path)
    assert (done.exit_code, said in done.stdout) == (0, True)
    assert run("check", path, "--strict").exit_code == 1
