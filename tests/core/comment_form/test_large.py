"""A table as large as files may bring is read in seconds, also with a long text beside each number."""

import time

from tests.support.form_world import TEXTS, reading, table


def test_twenty_thousand_rows_are_read_in_time() -> None:
    head = ("Clause", "Current text", "Comment")
    rows = [(f"{at % 9}.{at % 7} and {at % 11}", f"{TEXTS['5.2']} {at} " * 3, f"Comment {at}") for at in range(20_000)]
    begun = time.monotonic()
    found = reading(table(head, *rows))
    assert (len(found.rows), found.lost, time.monotonic() - begun < 10) == (20_000, 0, True)


def test_an_endless_number_cell_takes_no_time() -> None:
    begun = time.monotonic()
    (row,) = reading(table(("Clause", "Comment"), ("第" * 100_000, "Why?"))).rows
    assert (row.kind, time.monotonic() - begun < 2) == (None, True)
