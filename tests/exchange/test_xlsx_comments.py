"""The workbook of comments: two sheets, typed cells, texts that stay texts."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from consult.core.export_row import ExportRow, columns_for
from consult.exchange.csv_comments import write_comments_csv
from consult.exchange.office_text import utf16_parts, xml_text
from consult.exchange.xlsx_comments import LONGEST, write_comments_xlsx
from tests.export_rows import HOSTILE, row, sheet_words, summary
from tests.support.office import converted

DATED = datetime(2026, 3, 1, tzinfo=UTC)
PLACE = {column.key: place for place, column in enumerate(columns_for("secretariat"), 1)}


def written(*given: ExportRow, language: str = "en", **of: Any) -> bytes:
    file = io.BytesIO()
    write_comments_xlsx(file, given, summary(**of), sheet_words(language), dated=DATED)
    return file.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_first_sheet_holds_totals_and_filters() -> None:
    book = opened(written(row(), viewer="committee", listed=1, filters={"class": "civil_society", "clause": "5.2"}))
    assert book.sheetnames == ["Totals", "Comments", "Endorsements", "Answers"]
    assert [tuple(cell.value for cell in line) for line in book["Totals"].iter_rows()] == [
        ("Comments on Performance Standard V3, round 1", None),
        ("For the committee only. Comments marked confidential are not to be passed on.", None),
        (None, None),
        ("Comments received in this round", 3),
        ("in moderation", 0), ("cleared", 2), ("held", 0), ("withheld", 1), ("withdrawn by its author", 0), ("erased", 0),
        ("Copies among them", 0),
        ("Different texts", 0),
        ("Signatories", 0),
        ("Endorsements", 0),
        ("Rows in this file", 1),
        (None, None),
        ("Stakeholder class", "Civil society"),
        ("Clause", "5.2"),
    ]  # fmt: skip


def test_headings_are_worded_and_keys_hidden_below_them() -> None:
    sheet = opened(written(row(), viewer="public"))["Comments"]
    keys = [column.key for column in columns_for("public")]
    assert [cell.value for cell in sheet[2]] == keys
    assert [sheet.cell(1, PLACE[key]).value for key in ("reference", "class", "proposed_wording")] == [
        "Reference", "Stakeholder class", "Proposed wording",
    ]  # fmt: skip
    assert (sheet.row_dimensions[2].hidden, sheet.freeze_panes, sheet.auto_filter.ref) == (True, "B3", "A1:AW3")


def test_cells_are_typed_and_worded() -> None:
    stub = row(reference="PS3-1-0002", received_at=datetime(2026, 3, 24).date(), late=None, comment=None, clause_number="5.10")
    sheet = opened(written(row(comment="Oui.\nNon."), stub, language="fr"))["Comments"]
    first = {key: sheet.cell(3, place).value for key, place in PLACE.items()}
    assert {key: value for key, value in first.items() if value is not None} == {
        "reference": "PS3-1-0001", "round": "performance-standard-v3/1", "received_at": datetime(2026, 3, 24, 13, 31, 7),
        "late": "no", "standard": "Performance Standard", "version": "V3 draft 1", "clause_number": "5.2", "target": "clause",
        "clause_text_language": "français", "clause_text_revision": 1, "language": "français", "class": "Civil society",
        "country": "France", "capacity": "on behalf of an organisation", "name": "Zoé Bernard", "organisation": "Rivières libres",
        "position": "oppose", "type": "technical", "comment": "Oui.\nNon.", "moderation_state": "cleared",
        "publication_choice": "name and organisation", "channel": "online form",
    }  # fmt: skip
    assert sheet.cell(3, PLACE["received_at"]).number_format == "yyyy-mm-dd hh:mm:ss"
    assert sheet.cell(4, PLACE["received_at"]).number_format == "yyyy-mm-dd"
    assert (sheet.cell(4, PLACE["clause_number"]).value, sheet.cell(4, PLACE["comment"]).value) == ("5.10", None)
    assert sheet.cell(3, PLACE["comment"]).alignment.wrap_text


def test_hostile_texts_stay_texts() -> None:
    sheet = opened(written(*(row(comment=text, name=text) for text in HOSTILE)))["Comments"]
    cells = [sheet.cell(line, PLACE[key]) for line in range(3, 3 + len(HOSTILE)) for key in ("comment", "name")]
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    read = [cell.value.replace("_x005F_", "_") for cell in cells[::2]]  # the format's own escape, which openpyxl leaves
    assert read == list(HOSTILE)


def test_a_text_longer_than_a_cell_goes_on_on_a_third_sheet() -> None:
    text = "𠮷" * 20_000
    book = opened(written(row(comment=text)))
    assert book.sheetnames == ["Totals", "Comments", "Endorsements", "Answers", "Long texts"]
    reference, column, rest = (cell.value for cell in book["Long texts"][1])
    assert (reference, column, book["Comments"].cell(3, PLACE["comment"]).value + rest) == ("PS3-1-0001", "Comment", text)


@pytest.mark.parametrize("text", ["", "short", "a" * 11, "𠮷" * 7, "a𠮷" * 9])
def test_parts_of_a_long_text_make_it_up_again(text: str) -> None:
    parts = utf16_parts(text, 10)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= 10 for part in parts)


def test_what_xml_cannot_hold_is_shown_as_replaced() -> None:
    assert xml_text("a\x00b\x1f\ufffe\tc\nd𠮷") == "a\ufffdb\ufffd\ufffd\tc\nd𠮷"
    sheet = opened(written(row(comment="a\ufffeb")))["Comments"]
    assert sheet.cell(3, PLACE["comment"]).value == "a\ufffdb"


def test_the_same_comments_give_the_same_bytes() -> None:
    assert written(row()) == written(row())
    with zipfile.ZipFile(io.BytesIO(written(row()))) as book:
        assert b"2026-03-01T00:00:00Z" in book.read("docProps/core.xml")


def test_the_limit_of_a_cell_is_that_of_the_format() -> None:
    value = opened(written(row(comment="a" * LONGEST)))["Comments"].cell(3, PLACE["comment"]).value
    assert len(value) == LONGEST


def test_libreoffice_computes_nothing(tmp_path: Path) -> None:
    given = [row(comment=text, rationale=text) for text in HOSTILE]
    (tmp_path / "workbook.xlsx").write_bytes(written(*given))
    with (tmp_path / "table.csv").open("wb") as file:
        write_comments_csv(file, given, "secretariat")
    for path in converted("fods", tmp_path / "workbook.xlsx", tmp_path / "table.csv"):
        content = path.read_text(encoding="utf-8")
        assert "table:formula" not in content
        assert "xlink:href" not in content
    workbook = ElementTree.parse(tmp_path / "as-fods" / "workbook.fods")
    shown = {"\n".join("".join(line.itertext()) for line in cell) for cell in workbook.iter() if cell.tag.endswith("}table-cell")}
    assert {"=1+1", "-5 dB", "<r>&</r>", "_x0041_", "0012", "TRUE"} <= shown
