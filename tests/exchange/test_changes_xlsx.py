"""The change list as a workbook: totals and filters first, typed cells, numbers of clauses as texts, nothing computed."""

import io
from dataclasses import replace
from typing import Any

import openpyxl

from consult.core.edition import EditionChanges, only_binding
from consult.exchange.changes_xlsx import WIDTHS, changes_xlsx
from tests.editions import changes, hostile_changes, words

PLACE = {key: place for place, key in enumerate(WIDTHS, 1)}


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_change_a_row_with_keys_hidden_below_the_headings() -> None:
    found = changes("en")
    sheet = opened(changes_xlsx(found, words()))["Changes"]
    assert [cell.value for cell in sheet[2]] == list(WIDTHS)
    assert (sheet.row_dimensions[2].hidden, sheet.freeze_panes, sheet.auto_filter.ref) == (True, "C3", f"A1:M{len(found.noted) + 2}")
    assert sheet.max_row == len(found.noted) + 2
    row = next(line for line in sheet.iter_rows(min_row=3) if line[PLACE["new"] - 1].value == "5.2")
    cells = {key: row[place - 1] for key, place in PLACE.items()}
    assert (cells["old"].value, cells["new"].value, cells["new"].data_type) == ("5.3", "5.2", "s")
    assert cells["kinds"].value.startswith("Renumbered from 5.3")
    assert "[-" in cells["redline"].value
    assert (cells["unsure"].value, cells["activities"].value) == ("no", "all")
    assert isinstance(cells["characters_added"].value, int)
    assert cells["new_text"].value == next(each.text for each in found.new.draft.clauses if each.number == "5.2")


def test_the_first_sheet_counts_what_the_second_holds() -> None:
    found = changes("en")
    same = next(each for each in found.noted if not each.is_change)
    found = replace(found, noted=tuple(replace(each, came=("mine",)) if each is same else each for each in found.noted))
    totals = [tuple(cell.value for cell in line[:2]) for line in opened(changes_xlsx(found, words()))["Totals"].iter_rows()]
    changed = sum(len(each.shown) for each in found.noted if each.is_change)
    assert totals[:5] == [
        ("Performance Standard: What changed from V2 to V3 draft 1", None), ("A Body", None), ("Draft of 7 January 2026".replace("7 J", "7\u00a0J"), None),
        ("Illustrative text", None), (f"{changed} of {found.total} clauses differ.", None),
    ]  # fmt: skip
    counted = dict(line for line in totals if line[1] is not None)
    assert counted["Reworded"] == sum("modified" in each.change.link.kinds for each in found.noted)
    assert (counted["Unchanged"], counted["Binds others"]) == (sum(not each.is_change for each in found.noted), 1)


def test_what_was_filtered_is_said() -> None:
    found = changes("en")
    bound = dict.fromkeys(("5.2", "5.3"), ("mine",))
    given = only_binding(
        EditionChanges(_bound(found.old, bound), _bound(found.new, bound), found.noted, total=found.total), ("refinery",)
    )  # fmt: skip
    book = opened(changes_xlsx(given, words()))
    told = [line[0].value for line in book["Totals"].iter_rows()]
    left = found.total - sum(len(each.shown) for each in given.noted)
    assert "Only clauses that bind these activities: Refinery." in told
    assert f"Clauses left out: {left}." in told
    numbers = [line[PLACE["new"] - 1].value for line in book["Changes"].iter_rows(min_row=3)]
    assert "5.1" in numbers
    assert not {"5.2", "5.3"} & set(numbers)


def _bound(edition: Any, applies: dict[str, tuple[str, ...]]) -> Any:
    return replace(edition, applies=applies)


def test_hostile_texts_stay_texts_and_long_ones_go_on() -> None:
    book = opened(changes_xlsx(hostile_changes(), words()))
    assert book.sheetnames == ["Totals", "Changes", "Long texts"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert "=HYPERLINK() #panic() <b>" in {cell.value for cell in cells}
    rest = [line for line in book["Long texts"].iter_rows(values_only=True) if line[1] == "New text" and line[0] == "3"]
    whole = "".join(line[2] for line in rest)
    assert whole.endswith(hostile_changes().new.draft.clauses[3].text[-1000:])


def test_the_same_changes_give_the_same_bytes() -> None:
    assert changes_xlsx(changes("fr"), words("fr")) == changes_xlsx(changes("fr"), words("fr"))
