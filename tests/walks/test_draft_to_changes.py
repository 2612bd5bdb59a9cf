"""Walk 1: a draft becomes a published version, its changes are found, and readers see them in each language."""

import json

import pytest
from flask.testing import FlaskClient

from consult.core.render import plain_text
from tests.support.walker import Walker
from tests.walks.conftest import CONTENT

LANGUAGES = ("en", "fr", "zh")
STANDARD = CONTENT / "performance-standard"
EXPECTED = {
    "5.2": (["5.3"], {"renumbered", "modified"}),
    "5.3": (["5.2"], {"renumbered", "modified"}),
    "5.4": ([], {"added"}),
    "2.5": (["2.5"], {"split"}),
    "2.6": (["2.5"], {"split"}),
    "2.7": (["2.6"], {"renumbered"}),
    "2.8": ([], {"added"}),
    "2.9": (["2.7"], {"renumbered"}),
    "2.10": (["2.8"], {"renumbered"}),
    "7.1": (["7.1", "7.3"], {"merged"}),
    "8.4": (["8.3"], {"renumbered"}),
    "8.5": (["8.4"], {"renumbered"}),
    "8.6": ([], {"added"}),
    "8.7": (["8.5"], {"renumbered"}),
    "11.1": (["11.1", "11.2", "11.4"], {"merged"}),
    "11.2": (["11.3"], {"renumbered"}),
}
"""The real changes of V3 draft 2 against V2, from the history of the standard; rewording may come with any of them."""


def table_of(page):
    """(old numbers, new numbers, signs of the change) of each row of the table of a page of changes."""
    (table,) = [
        each for details in page.find("details") if "numbers" in details.attributes["class"].split() for each in details.find("table")
    ]
    found = []
    for row in table.find("tr"):
        if cells := row.find("td"):
            old, new = ([link.attributes["href"].rpartition("/")[2] for link in cell.find("a")] for cell in cells[:2])
            found.append((old, new, {each.attributes["data-kind"] for each in cells[2].walk() if "data-kind" in each.attributes}))
    return found


def of_new(entries):
    return {number: (old, kinds) for old, new, kinds in entries for number in new}


def said_kinds(kinds):
    """Two that changed places have a sign of their own; whom a clause binds stands in clauses.yaml, which the command does not read."""
    return {"renumbered" if kind == "swapped" else kind for kind in kinds} - {"binding"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_home_to_what_changed_every_real_change_is_told(walking, language):
    reader = Walker(walking.app.test_client())
    reader.open(f"/{language}/")
    reader.follow("/changes?from=v2")
    assert reader.answer.status_code == 200
    table = of_new(table_of(reader.page))
    for number, (old, kinds) in EXPECTED.items():
        assert (number, table[number][0], kinds - said_kinds(table[number][1])) == (number, old, set())
    assert {number for number in ("5.2", "5.3") if "swapped" in table[number][1]} == {"5.2", "5.3"}
    reader.open(f"/{language}/standards/performance-standard/v3-draft-2/changes?from=v2&principle=5")
    entries = {each.attributes["id"]: each for each in reader.page.find("article")}
    assert {"c-5.2", "c-5.3", "c-5.4"} <= set(entries)
    assert {id for id in entries if not id.startswith("c-5")} == set()
    signs = {id: {each.attributes["data-kind"] for each in entries[id].walk() if "data-kind" in each.attributes} for id in entries}
    assert [signs[id] - {"binding"} for id in ("c-5.2", "c-5.3", "c-5.4")] == [{"swapped", "modified"}, {"swapped", "modified"}, {"added"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_changed_clause_leads_to_its_page_and_shows_old_and_new(walking, language):
    reader = Walker(FlaskClient(walking.app, walking.app.response_class))
    new, old = texts(f"v3-draft-2/{language}.md"), texts(f"v2/{language}.md")
    for number, (before, _) in EXPECTED.items():
        reader.open(f"/{language}/consultations/performance-standard-v3/rounds/2/clauses/performance-standard/{number}?from=v2")
        shown = next(each for each in reader.page.find("div") if each.attributes.get("class") == "clause")
        marks = {mark: bool(shown.find(mark)) for mark in ("ins", "del")}
        differ = before and [plain_text(old[each]) for each in before] != [plain_text(new[number])]
        assert (number, marks["ins"] or marks["del"]) == (number, bool(differ) or not before)
        reader.open(f"/{language}/consultations/performance-standard-v3/rounds/2/clauses/performance-standard/{number}?from=v2&view=new")
        (shown,) = [each for each in reader.page.find("div") if each.attributes.get("class") == "clause"]
        assert letters(shown.text) == letters(plain_text(new[number]))


def letters(text):
    """Without white space and the marks of table cells, which a page draws."""
    return "".join(text.replace("|", " ").split())


def texts(path):
    from consult.core.draft import read_draft

    draft, problems = read_draft((STANDARD / path).read_bytes(), file=path)
    assert [problem for problem in problems if problem.grade == "error"] == []
    return {clause.number: clause.text for clause in draft.clauses if clause.number}


def diff(old, new, *more):
    from click.testing import CliRunner

    from consult.cli import main

    run = CliRunner().invoke(main, ["diff", str(STANDARD / old), str(STANDARD / new), "--format", "json", *more])
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def compared():
    return {language: diff(f"v2/{language}.md", f"v3-draft-2/{language}.md") for language in LANGUAGES}


def shapes(said):
    return [(sorted(each["kinds"]), each["old"], each["new"]) for each in said["changes"]]


def test_the_command_says_the_same_in_the_three_languages(compared):
    assert shapes(compared["fr"]) == shapes(compared["en"])
    assert shapes(compared["zh"]) == shapes(compared["en"])
    found = {number: (each["old"], set(each["kinds"])) for each in compared["en"]["changes"] for number in each["new"]}
    assert {number: (found[number][0], kinds - found[number][1]) for number, (_, kinds) in EXPECTED.items()} == {
        number: (old, set()) for number, (old, _) in EXPECTED.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_what_the_page_says(walking, compared, language):
    reader = Walker(walking.app.test_client())
    reader.open(f"/{language}/standards/performance-standard/v3-draft-2/changes?from=v2")
    assert [(sorted(said_kinds(kinds)), old, new) for old, new, kinds in table_of(reader.page)] == shapes(compared[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_change_give_both_texts_back_exactly(compared, language):
    old, new = texts(f"v2/{language}.md"), texts(f"v3-draft-2/{language}.md")
    wrong = []
    for each in compared[language]["changes"]:
        for side, marks, of in (("old", "=-", old), ("new", "=+", new)):
            applied = "".join(text for mark, text in each["text"] if mark in marks)
            if applied != "\n\n".join(of[number] for number in each[side] if of[number]):
                wrong.append((side, each["old"], each["new"]))
    assert wrong == []
    assert {number for each in compared[language]["changes"] for number in each["old"]} == set(old)
    assert {number for each in compared[language]["changes"] for number in each["new"]} == set(new)


def test_publishing_the_same_again_changes_nothing_and_another_text_is_refused(walking, tmp_path):
    from tests.support.demo import rows

    before = rows(walking.app)
    again = walking.run("publish", STANDARD)
    assert (again.exit_code, rows(walking.app) == before) == (0, True)
    (tmp_path / "v2").mkdir()
    for file in (STANDARD / "v2").iterdir():
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            (tmp_path / "v2" / file.name).write_text(text.replace("shall", "should", 1) if file.name == "en.md" else text, encoding="utf-8")
    refused = walking.run("publish", tmp_path / "v2")
    assert (refused.exit_code, "should" in refused.stderr, rows(walking.app) == before) == (1, True, True)
