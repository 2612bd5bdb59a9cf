"""`consult diff`: two files in, one answer out, no database and no waiting."""

import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from consult.core.compare import ENGINE
from consult.core.draft import read_draft
from consult.resources import resource
from tests.cli.conftest import Run

LANGUAGES = ("en", "fr", "zh")
FRONT = "---\nstandard: s\nversion: {}\nlanguage: en\ntitle: T\n{}---\n"
MUST = [
    (["5.3"], ["5.2"], {"renumbered", "modified"}), (["5.2"], ["5.3"], {"renumbered", "modified"}), ([], ["5.4"], {"added"}),
    (["2.5"], ["2.5", "2.6"], {"split"}), (["7.1", "7.3"], ["7.1"], {"merged"}), (["11.1", "11.2", "11.4"], ["11.1"], {"merged"}),
    (["2.6"], ["2.7"], {"renumbered"}), (["8.5"], ["8.7"], {"renumbered"}), (["11.3"], ["11.2"], {"renumbered"}),
    ([], ["2.8"], {"added"}), ([], ["8.6"], {"added"}),
]  # fmt: skip


def content(version: str, language: str) -> Path:
    return resource("content") / "performance-standard" / version / f"{language}.md"


def numbers(path: Path) -> list[str]:
    draft, _ = read_draft(path.read_bytes())
    assert draft
    return [clause.number for clause in draft.numbered]


def write(path: Path, version: str, body: str, keys: str = "") -> Path:
    path.write_text(FRONT.format(version, keys) + body, encoding="utf-8")
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_tells_every_number_of_both_drafts(run: Run, language: str) -> None:
    old, new = content("v2", language), content("v3-draft-2", language)
    done = run("diff", old, new, "--format", "json")
    found = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert {key: found[key] for key in ("old", "new", "engine")} == {"old": "v2", "new": "v3-draft-2", "engine": ENGINE}
    assert {number for change in found["changes"] for number in change["old"]} == set(numbers(old))
    assert {number for change in found["changes"] for number in change["new"]} == set(numbers(new))


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_tells_what_the_committee_did_in_each_language(run: Run, language: str) -> None:
    changes = json.loads(run("diff", content("v2", language), content("v3-draft-2", language), "--format", "json").stdout)["changes"]
    found = {(tuple(change["old"]), tuple(change["new"])): set(change["kinds"]) for change in changes}
    assert [(old, new) for old, new, kinds in MUST if not kinds <= found.get((tuple(old), tuple(new)), set())] == []


def test_spans_give_both_texts_exactly_and_split_texts_joined(run: Run) -> None:
    old, new = content("v2", "fr"), content("v3-draft-2", "fr")
    texts = []
    for path in (old, new):
        draft, _ = read_draft(path.read_bytes())
        assert draft
        texts.append({clause.number: clause for clause in draft.numbered})
    for change in json.loads(run("diff", old, new, "--format", "json").stdout)["changes"]:
        assert set(change) <= {"kinds", "old", "new", "score", "unsure", "title", "text", "bounded", "meaning"}
        assert 0 <= change["score"] <= 1
        for field in ("title", "text"):
            for side, without, clauses in (("old", "+", texts[0]), ("new", "-", texts[1])):
                joined = "\n\n".join(getattr(clauses[number], field) for number in change[side])
                assert "".join(text for mark, text in change[field] if mark != without) == joined


def test_text_marks_words_and_counts_what_is_unchanged(run: Run, tmp_path: Path) -> None:
    old = write(tmp_path / "a.md", "v1", "# 1 Aims\n\nIt shall report.\n\n# 2 Other\n\nKept.\n")
    new = write(tmp_path / "b.md", "v2", "# 1 Aims\n\nIt should report.\n\n# 2 Other\n\nKept.\n")
    done = run("diff", old, new)
    assert (
        done.stdout
        == "s v1 -> v2 (en)\n\n1 -> 1  modified\n    (suggested: looser)\n    Aims\n    It [-shall-]{+should+} report.\n\n1 changed, 1 unchanged\n"
    )


def test_html_is_one_page_that_runs_nothing(run: Run, tmp_path: Path) -> None:
    old = write(tmp_path / "a.md", "v1", "# 1 <i>Aims</i>\n\nIt shall report.\n")
    new = write(tmp_path / "b.md", "v2", "# 1 <i>Aim</i>\n\n<script>alert(1)</script> [x](javascript:alert(1)) It should report.\n")
    page = run("diff", old, new, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page
    assert "<ins>" in page
    assert "<del>" in page
    assert "<script" not in page
    assert "<i>" not in page
    assert 'href="javascript' not in page


def test_docx_is_a_word_file_named_by_the_option(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "redline.docx"
    done = run("diff", content("v2", "zh"), content("v3-draft-2", "zh"), "--format", "docx", "-o", out)
    assert (done.exit_code, done.output) == (0, "")
    assert docx.Document(str(out)).core_properties.title == "绩效标准: v2 → v3-draft-2"


def test_an_output_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    done = run("diff", content("v2", "en"), content("v3-draft-2", "en"), "-o", tmp_path / "no" / "where.txt")
    assert (done.exit_code, done.output) == (1, f"Error: {tmp_path}/no/where.txt: No such file or directory\n")


def test_a_recorded_correspondence_wins_over_alignment(run: Run, tmp_path: Path) -> None:
    old = write(tmp_path / "a.md", "v1", "# 1 A\n\nIt shall report emissions.\n\n# 2 B\n\nIt shall keep records.\n")
    new = write(
        tmp_path / "b.md", "v2", "# 1 A\n\nIt shall report emissions.\n\n# 2 B\n\nIt shall keep records.\n",
        'correspondence: {"1": "2", "2": []}\n',
    )  # fmt: skip
    changes = json.loads(run("diff", old, new, "--format", "json").stdout)["changes"]
    assert {(*change["old"], "->", *change["new"]) for change in changes} == {("2", "->", "1"), ("->", "2"), ("1", "->")}


def test_gaps_in_numbering_and_missing_keys_are_compared_all_the_same(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "a.md", tmp_path / "b.md"
    old.write_text("---\nstandard: s\nversion: v1\n---\n# AC-2 A\n\nOne.\n\n# AC-9.3 B\n\nTwo.\n", encoding="utf-8")
    new.write_text("# AC-2 A\n\nOne.\n", encoding="utf-8")
    done = run("diff", old, new, "--format", "json")
    assert done.exit_code == 0
    assert [(change["old"], change["new"]) for change in json.loads(done.stdout)["changes"]] == [(["ac-2"], ["ac-2"]), (["ac-9.3"], [])]
    assert f"error: {new}, line 1: The draft does not begin with front matter" in done.stderr


@pytest.mark.parametrize("form", ["text", "json", "html", "docx"])
def test_comparing_imports_neither_the_web_nor_the_database(form: str, tmp_path: Path) -> None:
    words = ["diff", str(content("v2", "en")), str(content("v3-draft-2", "en")), "--format", form, "-o", str(tmp_path / "out")]
    code = (
        f"import sys; from consult.cli import main; main({words!r}, standalone_mode=False); "
        "print([name for name in ('flask', 'sqlalchemy', 'babel', 'gunicorn', 'werkzeug') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_package_is_a_command_too(tmp_path: Path) -> None:
    old = write(tmp_path / "a.md", "v1", "# 1 A\n\nOne.\n")
    ran = subprocess.run([sys.executable, "-m", "consult", "diff", old, old], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("0 changed, 1 unchanged\n")
