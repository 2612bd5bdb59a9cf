"""Whatever stands in a table with headings: what people wrote is in some row, and reading never fails."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.comment_form import Cell, Known, Table, read_form_tables
from consult.core.comment_form.headings import SAYING, header_roles
from tests.support.examples import examples
from tests.support.form_world import KNOWN, TEXTS

HEADS = st.sampled_from(
    [
        "Clause",
        "Comment",
        "Proposed change",
        "Rationale",
        "Current text",
        "Title",
        "Position",
        "Type",
        "Colleague",
        "序号",
        "意见内容",
        "理由",
        "Line",
        "Article",
    ]
)
NUMBERS = st.sampled_from(
    ["5.1", "5.2 (b)", "5.1-5.4", "77.7", "whole document", "new after 5.4", "8.4", "9.1", "annex A", "", "2026-02-05", "no"]
)
WORDS = st.one_of(NUMBERS, HEADS, st.sampled_from([*TEXTS.values(), "agree", "te", "x" * 300]), st.text(min_size=1, max_size=40))
CELLS = st.builds(Cell, WORDS, st.sampled_from(["text", "number", "date"]))
ROWS = st.lists(st.dictionaries(st.integers(1, 9), CELLS, max_size=9), max_size=12)
TABLES = st.builds(
    lambda name, head, rows: Table(name, dict(enumerate([{at: Cell(text) for at, text in enumerate(head, 1)}, *rows], start=1))),
    st.sampled_from(["", "Performance Standard", "Chain of Custody", "x"]),
    st.lists(HEADS, min_size=1, max_size=7),
    ROWS,
)


@given(st.lists(TABLES, max_size=3))
@examples(300)
def test_every_word_said_is_in_some_row(tables: list[Table]) -> None:
    found = read_form_tables(tables, KNOWN, prefilled=set())
    assert found.lost == 0
    kept = "\n".join(
        "\n".join((row.number_said, row.comment, row.proposed, row.rationale, row.evidence, row.element, *(w for _, w in row.extra)))
        for row in found.rows
    )
    for table in tables:
        columns: dict[int, str] = {}
        headings: dict[int, Cell] = {}
        for at in sorted(table.rows):
            cells = {column: cell for column, cell in table.rows[at].items() if cell.said}
            if roles := header_roles(cells, again=bool(columns)):
                columns, headings = roles, cells
            if cells == headings:  # on every page once more
                continue
            said = [cell.said for column, cell in cells.items() if columns.get(column) in SAYING]
            assert [words for words in said if words not in kept] == []


@given(st.lists(TABLES, max_size=2))
@examples(50)
def test_a_round_without_clauses_reads_as_well(tables: list[Table]) -> None:
    assert all(row.kind in (None, "process") for row in read_form_tables(tables, Known([]), prefilled=set()).rows)
