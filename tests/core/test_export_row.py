"""Columns, cells as text and back, totals."""

import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult.core.export_row import COLUMNS, ExportRow, Summary, columns_for, exact, guarded, row_from, text_of, unguarded, value_of
from tests.export_rows import patient, rows

BY_KEY = {column.key: column for column in COLUMNS}
FIXED = [
    "reference", "round", "received_at", "late", "standard", "version", "clause_number", "target", "clause_text_language",
    "clause_text_revision", "language", "class", "country", "capacity", "name", "organisation", "position", "type", "comment",
    "rationale", "proposed_wording", "moderation_state", "withheld_reason", "publication_choice", "theme", "cluster", "advice",
    "decision", "disposition", "reason", "response", "channel", "further_clauses", "anchor_text", "anchor_start", "anchor_end",
    "evidence", "proposed_whole_clause", "attachments", "members_statement", "members", "member_names", "said_by_members",
    "minority_views",
    "endorsements",
    "endorsements_by_class",
    "group_people",
    "group_name",
    "group_language",
]  # fmt: skip
"""What others read our files by: add at the end, never rename."""
FOR_STAFF = {"late_reason", "answers", "group_given", "group_conditions"}
"""Columns that the public files do not have."""


def test_columns_keep_their_keys_and_order() -> None:
    assert [column.key for column in columns_for("public")] == FIXED
    assert {column.key for column in columns_for("committee")} - set(FIXED) == FOR_STAFF
    assert [column.key for column in columns_for("secretariat") if column.key not in FOR_STAFF] == [
        *FIXED,
        "group_consent",
        "mail",
        "confirmation",
    ]
    assert all(set(column.key) <= {*string.ascii_lowercase, "_"} for column in COLUMNS)


def test_every_column_is_a_field_of_the_row() -> None:
    assert {column.attribute for column in COLUMNS} == set(ExportRow.__slots__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("first", "=+-@'\t\r")
def test_a_cell_that_could_be_computed_gets_one_apostrophe(first: str) -> None:
    assert guarded(f"{first}1+1") == f"'{first}1+1"
    assert unguarded(guarded(first)) == first


def test_other_cells_stay_as_they_are() -> None:
    assert [guarded(cell) for cell in ("", "5 dB", " =1", "“=1”", "\n=1", "＝1")] == ["", "5 dB", " =1", "“=1”", "\n=1", "＝1"]


@given(st.text())
@example("-5 dB")
@example("''")
@example("'=1+1")
@example("𠮷\n\t")
def test_guarding_is_undone_exactly(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@patient
@given(rows())
def test_a_row_comes_back_from_its_texts(row: ExportRow) -> None:
    assert row_from({key: value_of(column, text_of(row.value(column))) for key, column in BY_KEY.items()}) == row


def test_instants_are_told_in_utc_and_days_without_a_time() -> None:
    assert exact(datetime(2026, 3, 1, 12, 5, tzinfo=UTC)) == "2026-03-01T12:05:00Z"
    assert exact(datetime(2026, 3, 1, 12, 5, 7, 9000, tzinfo=UTC)) == "2026-03-01T12:05:07.009000Z"
    assert exact(date(2026, 3, 1)) == "2026-03-01"
    assert [exact(True), exact(0), exact(None)] == [True, 0, None]
    assert [text_of(value) for value in (True, False, None, 3)] == ["true", "false", "", "3"]


@pytest.mark.parametrize(("key", "text"), [("late", "yes"), ("clause_text_revision", "one"), ("received_at", "yesterday")])
def test_a_cell_of_the_wrong_kind_is_refused(key: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        value_of(BY_KEY[key], text)


def test_a_row_that_lacks_what_every_row_has_is_refused() -> None:
    with pytest.raises(ValueError, match="language, moderation_state, received_at, round, target"):
        row_from({"reference": "PS3-1-0001", "unknown": "passed over"})


def test_received_is_the_sum_of_the_six_states() -> None:
    summary = Summary("ps", 1, "public", {"cleared": 3, "pending": 2, "erased": 1}, 2, {})
    assert summary.received == 6
