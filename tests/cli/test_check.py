"""`consult check` on files and folders."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.cli.check import check
from consult.core.problem import Problem
from consult.resources import resource
from consult.wording.problems import SENTENCES, problem_sentence

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(version: str, language: str, body: str = "# 1 A\n\nIt shall cut 8 t.\n", keys: str = "") -> Path:
        path = tmp_path / "content" / "s" / version / f"{language}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\nstandard: s\nversion: {version}\nlanguage: {language}\ntitle: T\n{keys}---\n{body}", encoding="utf-8")
        return path

    return make


def run(*words: object) -> Result:
    return CliRunner().invoke(check, [str(word) for word in words])


def codes(result: Result) -> list[str]:
    return [problem["code"] for problem in json.loads(result.output)["problems"]]


def test_our_own_content_has_neither_errors_nor_warnings():
    result = run(resource("content"), "--strict")
    assert result.exit_code == 0, result.output
    assert "errors: 0, warnings: 0" in result.output


def test_errors_end_with_one_and_name_file_and_line(write):
    path = write("v1", "en", "# 1 A\nx\n# 1 B\nx\n")
    result = run(path)
    assert result.exit_code == 1
    assert f"error: {path}, line 9, clause 1: The number 1 occurs twice" in result.output


def test_warnings_end_with_one_only_when_strict(write):
    write("v1", "en")
    folder = write("v1", "fr", "# 1 A\n\nElle doit réduire 9 t.\n").parent
    assert run(folder).exit_code == 0
    assert run(folder, "--strict").exit_code == 1
    assert codes(run(folder, "--format", "json")) == ["figures_differ"]


@pytest.mark.parametrize("up", [0, 1, 2], ids=["version", "standard", "content"])
def test_folders_of_every_height_are_walked(write, up):
    write("v1", "en")
    path = write("v2", "en", keys="baselines: [v1]\n").parent
    for _ in range(up):
        path = path.parent
    result = run(path, "--format", "json", "--strict")
    assert result.exit_code == 0, result.output
    assert [each["version"] for each in json.loads(result.output)["versions"]] == (["v1", "v2"] if up else ["v2"])


def test_other_pages_of_a_content_folder_are_left_alone(write):
    content = write("v1", "en").parents[2]
    (content / "help").mkdir()
    (content / "help" / "en.md").write_text("# 1 Help\n# 1 Help\n", encoding="utf-8")
    assert run(content, "--strict").exit_code == 0


def test_a_single_translation_is_not_missed_its_prevailing_text(write):
    write("v1", "en", keys="prevails: en\n")
    french = write("v1", "fr", "# 1 A\n\nElle doit réduire 8 t.\n", keys="prevails: en\n")
    assert run(french).exit_code == 0
    assert run(french.parent, "--strict").exit_code == 0


def test_a_language_and_a_baseline_that_are_missing(write):
    write("v1", "en")
    write("v1", "fr", "# 1 A\n\nElle doit réduire 8 t.\n")
    path = write("v2", "en", keys="baselines: [v0]\n")
    assert codes(run(path.parents[1], "--format", "json")) == ["language_missing", "baseline_unknown"]


def test_an_unreadable_file_and_an_empty_folder_are_errors(tmp_path):
    (tmp_path / "en.md").write_bytes(b"\xff\x00")
    assert codes(run(tmp_path, "--format", "json")) == ["not_utf8"]
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / "empty")
    assert (result.exit_code, "There is no draft here." in result.output) == (1, True)
    assert run(tmp_path / "nowhere").exit_code == 2


def test_json_gives_codes_places_and_sentences(write):
    path = write("v1", "en", "# 1 A\n")
    found = json.loads(run(path, "--format", "json").output)
    assert found == {
        "versions": [{"standard": "s", "version": "v1", "languages": ["en"], "clauses": 1}],
        "errors": 0,
        "warnings": 1,
        "problems": [
            {
                "code": "clause_empty",
                "grade": "warning",
                "where": {"file": str(path), "language": "en", "line": 7, "number": "1"},
                "params": {"label": "1"},
                "sentence": "Clause 1 has no text.",
            }
        ],
    }


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_can_be_said_whatever_is_known(code):
    assert problem_sentence(Problem(code), str).endswith(".")


def test_an_unknown_code_is_named():
    assert problem_sentence(Problem("odd_code"), str) == "Something is wrong here (odd_code)."
