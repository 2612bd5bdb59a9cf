"""CSV: what we write is what we read, and nothing in it is computed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.export_row import ExportRow, columns_for
from consult.core.problem import Refused
from consult.exchange.csv_comments import read_comments_csv, write_comments_csv
from tests.export_rows import HOSTILE, patient, row, rows

MARK = "\ufeff".encode()


def written(*given: ExportRow, viewer: str = "secretariat") -> bytes:
    file = io.BytesIO()
    write_comments_csv(file, given, viewer)  # type: ignore[arg-type]
    return file.getvalue()


@patient
@given(st.lists(rows(), max_size=4))
def test_rows_come_back_exactly(given: list[ExportRow]) -> None:
    assert list(read_comments_csv(io.BytesIO(written(*given)))) == given


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_exactly(text: str) -> None:
    given = row(comment=text, rationale=text, proposed_wording=text, name=text, organisation=text)
    assert list(read_comments_csv(io.BytesIO(written(given)))) == [given]


def test_a_file_is_utf8_with_mark_crlf_and_keys() -> None:
    content = written(row(comment='Il dit : "non",\net s’en va.'), viewer="public")
    lines = content.removeprefix(MARK).decode().split("\r\n")
    assert content.startswith(MARK)
    assert lines[0] == ",".join(column.key for column in columns_for("public"))
    assert lines[1:] == [
        "PS3-1-0001,performance-standard-v3/1,2026-03-24T13:31:07Z,false,performance-standard,v3-draft-1,5.2,clause,fr,1,fr,civil_society,"
        'FR,organisation,Zoé Bernard,Rivières libres,oppose,technical,"Il dit : ""non"",\net s’en va.",,,cleared,,named,,,,,,,,web'
        + ","
        * (len(columns_for("public")) - 32),
        "",
    ]


def test_no_cell_begins_like_a_formula() -> None:
    content = written(*(row(comment=text, name=text) for text in HOSTILE)).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_public_file_has_no_column_for_mail() -> None:
    assert b"mail" not in written(row(mail="zoe@example.org"), viewer="public")
    assert b"zoe@example.org" in written(row(mail="zoe@example.org"))


def test_columns_may_come_in_any_order_with_strange_ones() -> None:
    text = "target,mine,moderation_state,reference,round,language,received_at\r\nclause,x,cleared,R,c/1,en,2026-03-01\r\n"
    (read,) = read_comments_csv(io.BytesIO(text.encode()))
    assert (read.reference, read.received_at.isoformat(), read.comment) == ("R", "2026-03-01", None)


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"reference\r\nR\xe9\r\n", "not_utf8", {}),
        (b"reference,round\r\nR\r\n", "unreadable_row", {"row": 1}),
        (b"reference\r\nR\r\n", "unreadable_row", {"row": 1}),
        (written(row()) + b'"open', "unreadable_row", {"row": 1}),
        (written(row()).replace(b"false", b"maybe"), "unreadable_row", {"row": 1}),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_row(content: bytes, code: str, where: dict[str, int]) -> None:
    with pytest.raises(Refused) as refused:
        list(read_comments_csv(io.BytesIO(content)))
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, where)]


def test_an_empty_file_has_no_rows() -> None:
    assert list(read_comments_csv(io.BytesIO(b""))) == list(read_comments_csv(io.BytesIO(written()))) == []
