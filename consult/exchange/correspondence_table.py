"""The correspondence table of two versions as CSV and XLSX, and a corrected one read again (in a limited child where it is a workbook).

CSV: the same for readers of every language (keys and codes), with a byte order mark, cells guarded against computing (design, section 8).
XLSX: words of the reader's language, the keys in a hidden second row, every cell a text but the probability.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from consult.core.correspondence import COLUMNS, CorrespondenceRow, Said
from consult.core.export_row import guarded, unguarded
from consult.core.problem import Problem, Refused
from consult.exchange.limited import run_limited
from consult.exchange.office_package import Package, open_package
from consult.exchange.office_text import xml_text
from consult.exchange.xlsx_comments import HEAD, KEYS, OPTIONS, TextSheet
from consult.wording.correspondence import CorrespondenceWords

MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST_ROWS = 20_000
NEEDED = ("old_number", "new_number")
WIDTHS = {"old_number": 12, "old_title": 44, "new_number": 12, "new_title": 44, "kinds": 26, "score": 12, "reason": 26, "confirmed": 12}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


def correspondence_csv(rows: Iterable[CorrespondenceRow]) -> bytes:
    """UTF-8 with a byte order mark, CRLF; `kinds` separated by blanks, `score` with three decimals, `confirmed` true or false."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (
            row.old_number, row.old_title, row.new_number, row.new_title, " ".join(row.kinds), f"{row.score:.3f}", row.reason,
            "true" if row.confirmed else "false",
        )  # fmt: skip
        writer.writerow([guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def correspondence_xlsx(rows: Sequence[CorrespondenceRow], words: CorrespondenceWords, *, dated: datetime) -> bytes:
    """Totals on the first sheet, the table on the second. `dated` stands in the file's properties: when the links were made."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"title": xml_text(words.title), "author": words.body, "created": dated.astimezone(UTC).replace(tzinfo=None)})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    head = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1})
    share = book.add_format({"valign": "top", "num_format": "0 %"})
    first = book.add_worksheet(words.sheet("summary"), TextSheet)
    first.set_column(0, 0, 48)
    first.write_string(0, 0, xml_text(words.title), book.add_format({"bold": True, "font_size": 14}))
    first.write_string(1, 0, xml_text(words.how))
    for place, (label, number) in enumerate(words.totals(rows), 3):
        first.write_string(place, 0, label)
        first.write_number(place, 1, number)
    sheet = book.add_worksheet(words.sheet("table"), TextSheet)
    for place, key in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS[key], text)
        sheet.write_string(HEAD, place, words.heading(key), head)
    sheet.set_row(KEYS, None, None, {"hidden": True})
    for place, key in enumerate(COLUMNS):
        sheet.write_string(KEYS, place, key)
    sheet.freeze_panes(KEYS + 1, 0)
    for number, row in enumerate(rows, KEYS + 1):
        for place, key in enumerate(COLUMNS):
            if key == "score":
                sheet.write_number(number, place, row.score, share)
            else:
                sheet.write_string(number, place, xml_text(words.cell(row, key)), text)
    sheet.autofilter(HEAD, 0, max(KEYS, KEYS + len(rows)), len(COLUMNS) - 1)
    book.close()
    return file.getvalue()


def read_correspondence(data: bytes, name: str) -> tuple[Said, ...]:
    """The rows of a corrected table, whichever way it is sorted; of its columns only the two numbers count.

    Raises Refused: `not_utf8`, `unreadable_row`, `column_missing`, `too_many_rows`, `number_cell` (a number where a text was: 5.10 would be
    5.1), and what `open_package` and `run_limited` refuse.
    """
    if name.lower().endswith(".xlsx"):
        table = run_limited("consult.exchange.correspondence_table:cells_of", data).value
        rows = [(int(number), cells) for number, cells in table]
    else:
        rows = _csv_rows(data)
    return tuple(_said(rows))


def _csv_rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Problem("not_utf8"))
    dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=dialect)
        for cells in reader:
            rows.append((reader.line_num, {str(place): unguarded(cell) for place, cell in enumerate(cells)}))
    except csv.Error:
        raise Refused(Problem("unreadable_row", {"row": len(rows) + 1}))
    return rows


def _said(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterable[Said]:
    """Cells below the row that holds the keys; a row without a number is passed over where it holds nothing at all."""
    places: dict[str, str] = {}
    if len(rows) > MOST_ROWS:
        raise Refused(Problem("too_many_rows", {}, {"most": MOST_ROWS}))
    for number, cells in rows:
        if not places:
            places = {str(value).strip(): place for place, value in cells.items() if str(value).strip() in NEEDED}
            if places and (missing := next((key for key in NEEDED if key not in places), None)):
                raise Refused(Problem("column_missing", {"row": number}, {"column": missing}))
            continue
        if not any(str(value).strip() for value in cells.values()):
            continue
        for key in NEEDED:
            if isinstance(cells.get(places[key]), float):
                raise Refused(Problem("number_cell", {"row": number, "column": key}, {"value": str(cells[places[key]])}))
        yield Said(number, *(str(cells.get(places[key], "")) for key in NEEDED))
    if not places:
        raise Refused(Problem("column_missing", {}, {"column": NEEDED[0]}))


def cells_of(data: bytes) -> list[tuple[int, dict[str, Any]]]:
    """For the child: rows (as a spreadsheet counts them) of the sheet that has the keys; column letters -> text, whole numbers as text."""
    package = open_package(data, "xlsx")
    shared = _shared(package)
    rows: list[tuple[int, dict[str, Any]]] = []
    for sheet in _sheets(package):
        rows = [(number, cells) for number, cells in _rows(package, sheet, shared)]
        if any(set(NEEDED) & {str(value) for value in cells.values()} for _, cells in rows[:20]):
            return rows
    return rows


def _shared(package: Package) -> list[str]:
    if "xl/sharedStrings.xml" not in package:
        return []
    return [
        "".join(text.text or "" for text in entry.iter(f"{_MAIN}t")) for entry in package.xml("xl/sharedStrings.xml").iter(f"{_MAIN}si")
    ]


def _sheets(package: Package) -> list[str]:
    targets = {each.get("Id"): each.get("Target", "") for each in package.xml("xl/_rels/workbook.xml.rels")}
    names = [targets.get(sheet.get(_RELATION), "") for sheet in package.xml("xl/workbook.xml").iter(f"{_MAIN}sheet")]
    return [name.lstrip("/") if name.startswith("/") else f"xl/{name}" for name in names if name]


def _rows(package: Package, sheet: str, shared: Sequence[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    for at, row in enumerate(package.xml(sheet).iter(f"{_MAIN}row"), 1):
        if at > MOST_ROWS:
            raise Refused(Problem("too_many_rows", {}, {"most": MOST_ROWS}))
        cells: dict[str, Any] = {}
        for cell in row.iter(f"{_MAIN}c"):
            if place := _CELL.fullmatch(cell.get("r", "")):
                cells[place[1]] = _value(cell, shared)
        yield int(row.get("r", at)), cells


def _value(cell: Any, shared: Sequence[str]) -> Any:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    written = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return shared[int(written)] if written.isdigit() and int(written) < len(shared) else ""
    if kind != "n" or not written:
        return written
    return str(int(float(written))) if float(written).is_integer() else float(written)
