"""Cases an editor of a standard can read: words in `cases/words.md`, list items and tables here."""

import re
from pathlib import Path

import pytest

from consult.core.change import Spans
from consult.core.diff import diff

CASES = re.findall(
    r"^## (\w+): (.+)\n\n(.+)\n\n(.+)\n\n(.+)$", (Path(__file__).parent / "cases" / "words.md").read_text(encoding="utf-8"), re.M
)


def redline(spans: Spans) -> str:
    return "".join({"=": text, "-": f"[-{text}-]", "+": f"{{+{text}+}}"}[mark] for mark, text in spans)


@pytest.mark.parametrize(("language", "title", "old", "new", "expected"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES])
def test_word_changes_read_as_the_case_says(language: str, title: str, old: str, new: str, expected: str) -> None:
    assert redline(diff(old, new, language)[0]) == expected


def test_the_case_file_is_read() -> None:
    assert len(CASES) >= 12


LIST = "The plan shall:\n\na) name a base year;\nb) list the measures with dates; and\nc) be public."


def test_an_inserted_item_is_one_insertion() -> None:
    new = LIST.replace("and\nc) be public.", "and\nc) give a budget; and\nd) be public.")
    assert redline(diff(LIST, new, "en")[0]) == LIST.replace("and\nc)", "and\n{+c) give a budget; and\n+}[-c)-]{+d)+}")


def test_relettering_items_costs_only_the_labels() -> None:
    new = LIST.replace("a) name a base year;\n", "").replace("b)", "a)").replace("c)", "b)")
    assert redline(diff(LIST, new, "en")[0]) == (
        "The plan shall:\n\n[-a) name a base year;\nb)-]{+a)+} list the measures with dates; and\n[-c)-]{+b)+} be public."
    )


def test_a_table_row_is_added_whole() -> None:
    old = "| Payment | Detail |\n|---|---|\n| tax on profit | by country |\n| licence fees | by mine |"
    row = "| royalties | by mine |\n"
    assert diff(old, old.replace("| licence", f"{row}| licence"), "en") == (
        (("=", old[: old.index("| licence")]), ("+", row), ("=", old[old.index("| licence") :])),
        False,
    )


def test_a_changed_cell_leaves_the_row_in_place() -> None:
    old = "| After 31 December 2020 | less than 8 t | at once |\n| Before | less than 8 t | by 2030 |"
    new = old.replace("8 t", "11 t").replace("by 2030", "by 2032")
    assert redline(diff(old, new, "en")[0]) == (
        "| After 31 December 2020 | less than [-8 t-]{+11 t+} | at once |\n| Before | less than [-8 t-]{+11 t+} | by [-2030-]{+2032+} |"
    )


FIRST, SECOND = "The Entity shall map its water use by source.", "It shall publish the map every year."


def test_a_paragraph_cut_in_two_costs_the_blank_line_only() -> None:
    assert redline(diff(f"{FIRST} {SECOND}", f"{FIRST}\n\n{SECOND}", "en")[0]) == f"{FIRST}[- -]{{+\n\n+}}{SECOND}"


def test_two_paragraphs_joined_cost_the_blank_line_only() -> None:
    assert redline(diff(f"{FIRST}\n\n{SECOND}", f"{FIRST} {SECOND}", "en")[0]) == f"{FIRST}[-\n\n-]{{+ +}}{SECOND}"


def test_a_paragraph_cut_in_two_and_reworded_keeps_its_words() -> None:
    old = f"Intro.\n\n{FIRST} {SECOND}\n\nEnd."
    new = f"Intro.\n\n{FIRST.replace('source', 'type')}\n\n{SECOND.replace('every year', 'yearly')}\n\nEnd."
    assert redline(diff(old, new, "en")[0]) == (
        "Intro.\n\nThe Entity shall map its water use by [-source-]{+type+}.[- -]{+\n\n+}It shall publish the map [-every year-]{+yearly+}.\n\nEnd."
    )


def test_a_paragraph_turned_into_a_list_keeps_its_words() -> None:
    old = "The plan shall name a base year and list the measures."
    assert redline(diff(old, "The plan shall:\n\na) name a base year; and\nb) list the measures.", "en")[0]) == (
        "The plan shall{+:\n\na)+} name a base year[- and-]{+; and\nb)+} list the measures."
    )


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        ("en", "It shall act.", "It shall not act.", "It [-shall-]{+shall not+} act."),
        ("en", "It should not act.", "It may not act.", "It [-should not-]{+may not+} act."),
        ("fr", "Elle doit agir.", "Elle ne doit pas agir.", "Elle [-doit-]{+ne doit pas+} agir."),
        ("zh", "实体可排放。", "实体不可排放。", "实体[-可-]{+不可+}排放。"),
        ("zh", "实体应当公布。", "实体应公布。", "实体[-应当-]{+应+}公布。"),
    ],
)
def test_a_modal_verb_and_its_negation_are_one_word(language: str, old: str, new: str, expected: str) -> None:
    assert redline(diff(old, new, language)[0]) == expected


@pytest.mark.parametrize("label", ["{}) ", "({}) ", "{}. ", "{}） ", "- ", "* ", "   {}) "])
def test_an_item_put_in_is_one_insertion_whatever_its_label(label: str) -> None:
    items = ["name a base year;", "list the measures;", "give a budget;", "be public."]
    old, new = ("\n".join(label.format("abcd"[at]) + item for at, item in enumerate(kept)) for kept in (items[:2] + items[3:], items))
    spans = diff(old, new, "en")[0]
    body = [text for mark, text in spans if mark != "=" and len(text.strip()) > 4]
    assert body == [f"{label.format('c')}give a budget;\n"]


def test_a_new_column_is_one_cell_in_each_row() -> None:
    old = "| Site | Limit |\n|---|---|\n| Old | 8 t |\n| New | 4 t |"
    new = "| Site | Limit | From |\n|---|---|---|\n| Old | 8 t | 2030 |\n| New | 4 t | 2026 |"
    assert [text for mark, text in diff(old, new, "en")[0] if mark == "-"] == []
    assert [text.strip("| ") for mark, text in diff(old, new, "en")[0] if mark == "+"] == ["From", "---", "2030", "2026"]
