"""A table as large as files may bring is read in seconds, also with a long text beside each number."""

import time

import pytest

from tests.support.form_world import TEXTS, reading, table


@pytest.mark.parametrize("count", [2_000, pytest.param(20_000, marks=pytest.mark.long)])
def test_rows_by_the_thousand_are_read_in_time(count: int) -> None:
    head = ("Clause", "Current text", "Comment")
    rows = [(f"{at % 9}.{at % 7} and {at % 11}", f"{TEXTS['5.2']} {at} " * 3, f"Comment {at}") for at in range(count)]
    begun = time.monotonic()
    found = reading(table(head, *rows))
    assert (len(found.rows), found.lost, time.monotonic() - begun < max(3, count / 2_000)) == (count, 0, True)


def test_an_endless_number_cell_takes_no_time() -> None:
    begun = time.monotonic()
    (row,) = reading(table(("Clause", "Comment"), ("第" * 100_000, "Why?"))).rows
    assert (row.kind, time.monotonic() - begun < 2) == (None, True)


def test_a_table_without_headings_is_not_searched_for_them_to_its_end() -> None:
    rows = [tuple(f"comment clause {at} {column}" for column in range(10)) for at in range(10_000)]
    begun = time.monotonic()
    found = reading(table(("One", "Two"), *rows))
    assert (found.rows, found.left, time.monotonic() - begun < 3) == ((), (("Performance Standard", 100_002),), True)


def test_texts_without_a_number_are_looked_for_among_all_clauses_so_far_and_no_further(monkeypatch) -> None:
    monkeypatch.setattr("consult.core.comment_form.place.SEARCHED", 4 * len(TEXTS["5.2"]))
    found = reading(table(("Clause", "Current text", "Comment"), *[("nowhere", TEXTS["5.2"], f"Comment {at}") for at in range(9)]))
    assert ([row.number for row in found.rows].count("5.2"), len(found.rows), found.lost) == (4, 9, 0)
