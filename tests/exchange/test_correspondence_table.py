"""The correspondence table as CSV and XLSX: nothing computes, what was written is read again, hostile files are refused."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from consult.core.correspondence import COLUMNS, CorrespondenceRow, Said
from consult.core.problem import Refused
from consult.exchange.correspondence_table import correspondence_csv, correspondence_xlsx, read_correspondence
from consult.wording.correspondence import CorrespondenceWords

AT = datetime(2026, 3, 1, tzinfo=UTC)
ROWS = [
    CorrespondenceRow("5.1", '=HYPERLINK("http://x")', "5.10", "+1 <r>", ("renumbered", "modified"), 0.873, "content", False),
    CorrespondenceRow("Annex A", "Terms, and “quotes”", "", "", ("removed",), 1.0, "hand", True),
    CorrespondenceRow("", "", "附录B", "术语", ("added",), 0.95, "none", False),
]
WORDS = CorrespondenceWords("Demo", "How", "Body", lambda text: text, lambda context, text: text)


def read(data: bytes, name: str) -> list[tuple[str, str]]:
    return [(said.old, said.new) for said in read_correspondence(data, name)]


def test_cells_of_the_csv_compute_nothing_and_are_read_as_written() -> None:
    data = correspondence_csv(ROWS)
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1].startswith('5.1,"\'=HYPERLINK(""http://x"")",5.10,\'+1 <r>,renumbered modified,0.873,content,false')
    assert read(data, "a.csv") == [("5.1", "5.10"), ("Annex A", ""), ("", "附录B")]


def test_cells_of_the_workbook_are_texts_and_are_read_as_written() -> None:
    data = correspondence_xlsx(ROWS, WORDS, dated=AT)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    assert [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=3, max_row=3)] == [["s", "s", "s", "s", "s", "n", "s", "s"]]
    assert [cell.value for cell in sheet[3]] == [
        "5.1", '=HYPERLINK("http://x")', "5.10", "+1 <r>", "renumbered, modified", 0.873, "likeness of the texts", "no",
    ]  # fmt: skip
    assert data == correspondence_xlsx(ROWS, WORDS, dated=AT)
    assert list(read_correspondence(data, "Table.XLSX")) == [Said(3, "5.1", "5.10"), Said(4, "Annex A", ""), Said(5, "", "附录B")]


def test_columns_may_stand_in_any_order_and_empty_rows_are_passed_over() -> None:
    assert read(b"\xef\xbb\xbfnote;new_number;old_number\r\nx;2;1\r\n;;\r\ny;;3\r\n", "a.csv") == [("1", "2"), ("3", "")]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\xff\xfe\x00", "a.csv", "not_utf8"),
        (b'old_number,new_number\r\n"1,2\r\n', "a.csv", "unreadable_row"),
        (b"old_number,other\r\n1,2\r\n", "a.csv", "column_missing"),
        (b"1,2\r\n", "a.csv", "column_missing"),
        (b"old_number,new_number\r\n" + b"1,1\r\n" * 20_001, "a.csv", "too_many_rows"),
        (b"not a workbook", "a.xlsx", "not_readable"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_correspondence(data, name)
    assert [problem.code for problem in refused.value.problems] == [code]
