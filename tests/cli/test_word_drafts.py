"""Word files go wherever Markdown drafts go: check, publish and diff."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.office_files import OLE, word_file
from tests.support.word import STYLES, h, p

SECRET = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
INSERTED = '<w:del w:id="1"><w:r><w:delText>should</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>shall</w:t></w:r></w:ins>'


def save(path: Path, *body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(word_file("".join(body), styles=STYLES))
    return path


def test_diff_compares_word_with_markdown_and_with_word(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.md"
    old.write_text("---\nstandard: s\nversion: v1\nlanguage: en\ntitle: T\n---\n# 1 Aims\n\nIt should report.\n", encoding="utf-8")
    new = save(tmp_path / "s_v2_en.docx", h(1, "1 Aims"), p("It ", INSERTED, " report.", SECRET))
    done = run("diff", old, new)
    assert done.stdout.startswith("s v1 -> v2 (en)\n\n1 -> 1  modified\n")
    assert "    It [-should-]{+shall+} report.\n" in done.stdout
    assert done.stderr.splitlines() == [
        f"warning: {new}: Tracked changes are taken as accepted: 1 insertions, 1 deletions.",
        f"warning: {new}, paragraph 2: Hidden text is left out: “secret”.",
    ]
    assert run("diff", old, new, "--tracked", "rejected").stdout.endswith("0 changed, 1 unchanged\n")
    found = json.loads(run("diff", new, new, "--format", "json").stdout)
    assert (found["old"], found["changes"][0]["kinds"]) == ("v2", ["unchanged"])


def test_diff_names_versions_by_files_and_refuses_what_is_no_word_file(run: Run, tmp_path: Path) -> None:
    one, two = save(tmp_path / "My draft (1).docx", h(1, "1 A"), p("x")), save(tmp_path / "zh.docx", h(1, "1 A"), p("y"))
    found = json.loads(run("diff", one, two, "--format", "json", "--language", "en").stdout)
    assert (found["old"], found["new"]) == ("my-draft-1", "zh")
    (tmp_path / "old.doc").write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    done = run("diff", tmp_path / "old.doc", two)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "This is a DOC file. Open it in Word or LibreOffice, save it as DOCX and try again." in done.stderr


def test_check_reads_front_matter_beside_the_file_and_for_the_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "s" / "v1"
    save(folder / "en.docx", h(1, "1 Aims"), p("It shall report."), p("Scope"))
    save(folder / "fr.docx", h(1, "1 Buts"), p("Elle doit déclarer."))
    (folder / "version.yaml").write_text("standard: s\nversion: v1\nprevails: en\nstatus: draft\ndate: 2026-01-07\n", encoding="utf-8")
    (folder / "en.yaml").write_text('title: Standard\ndecisions: {"3": clause 2}\n', encoding="utf-8")
    (folder / "fr.yaml").write_text("title: Norme\n", encoding="utf-8")
    done = run("check", folder, "--format", "json")
    found = json.loads(done.stdout)
    assert found["versions"] == [{"standard": "s", "version": "v1", "languages": ["en", "fr"], "clauses": 2}]
    assert [(each["code"], each["where"]["language"]) for each in found["problems"] if each["grade"] == "error"] == [
        ("clause_missing", "fr")
    ]


def test_check_says_where_the_missing_keys_belong_and_takes_options(run: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "Entwurf.docx", h(1, "1 A"), p("x"))
    done = run("check", path)
    assert done.exit_code == 1
    assert f"error: {path}: “standard” is not known. Write it into Entwurf.yaml beside the file" in done.stdout
    (tmp_path / "Entwurf.yaml").write_text("title: T\n", encoding="utf-8")
    assert run("check", path, "--standard", "s", "--version", "v1", "--language", "en").exit_code == 0


def test_check_writes_the_text_file_that_was_read(run: Run, tmp_path: Path) -> None:
    path = save(tmp_path / "s_v1_en.docx", h(1, "1 A"), p("It shall."))
    (tmp_path / "s_v1_en.yaml").write_text("title: T\n", encoding="utf-8")
    assert run("check", path, "--write", tmp_path / "out").exit_code == 0
    written = tmp_path / "out" / "s_v1_en.md"
    assert written.read_text(encoding="utf-8") == "---\nstandard: s\nversion: v1\nlanguage: en\ntitle: T\n---\n# 1 A\n\nIt shall.\n"
    assert run("diff", path, written).stdout.endswith("0 changed, 1 unchanged\n")


@pytest.mark.parametrize("how", ["folder", "file"])
def test_publish_stores_a_word_draft_and_the_same_again_changes_nothing(
    run: Run, tmp_path: Path, stored: Callable[[], dict[str, int]], how: str
) -> None:
    path = save(tmp_path / "v1" / "en.docx", h(1, "1 A"), p("It ", INSERTED, "."))
    (tmp_path / "v1" / "~$en.docx").write_bytes(b"lock")
    (tmp_path / "v1" / "en.yaml").write_text("standard: s\nversion: v1\nlanguage: en\ntitle: T\n", encoding="utf-8")
    assert run("init").exit_code == 0
    given = path if how == "file" else tmp_path / "v1"
    done = run("publish", given)
    assert (done.exit_code, done.stdout) == (0, "s/v1: new, 1 clauses in en\n")
    counted = stored()
    assert run("publish", given).stdout == "s/v1: unchanged, 1 clauses in en\n"
    assert stored() == counted
    assert "It shall." in run("publish", given, "--tracked", "rejected").stderr
