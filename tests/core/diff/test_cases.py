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
    assert redline(diff(LIST, new, "en")[0]) == LIST.replace("and\nc)", "and\n{+c) give a budget; and\n+}[-c-]{+d+})")


def test_relettering_items_costs_only_the_labels() -> None:
    new = LIST.replace("a) name a base year;\n", "").replace("b)", "a)").replace("c)", "b)")
    assert redline(
        diff(LIST, new, "en")[0]
    ) == "The plan shall:\n\n[-a) name a base year;\n-][-b-]{+a+}) list the measures with dates; and\n[-c-]{+b+}) be public.".replace(
        "-][-b-]", "b-]"
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
