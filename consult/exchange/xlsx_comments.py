"""A workbook of comments: totals and filters on the first sheet, a comment a row on the second, in the reader's language with typed cells.

The same comments give the same bytes. Nothing in it is ever computed: texts are written as texts, whatever they begin with.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from consult.core.answer_row import ANSWER_COLUMNS, AnswerRow
from consult.core.endorsement_row import ENDORSEMENT_COLUMNS, EndorsementRow
from consult.core.export_row import Column, ExportRow, Summary, columns_for
from consult.exchange.office_text import utf16_parts, xml_text
from consult.wording.comment_sheet import SheetWords

LONGEST = 32_767
"""UTF-16 units in a cell, the limit of the format; what is longer goes on on a third sheet."""
WIDTHS = {
    "comment": 60,
    "nuance": 60,
    "answer": 60,
    "proposed_wording": 60,
    "rationale": 40,
    "anchor_text": 40,
    "evidence": 40,
    "response": 40,
    "organisation": 28,
    "class": 26,
    "mail": 28,
    "withheld_reason": 28,
}
WIDTH = 16
HEAD, KEYS = 0, 1
"""Rows of the second sheet: headings in words, and the keys (hidden)."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


class TextSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose texts are texts: in streaming mode the library would take one that reads `<r>…</r>` for markup and write it unescaped."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, attributes)


def write_comments_xlsx(
    file: BinaryIO, rows: Iterable[ExportRow], summary: Summary, words: SheetWords, *, dated: datetime,
    endorsements: Iterable[EndorsementRow] = (), answers: Iterable[AnswerRow] = (),
) -> None:  # fmt: skip
    """`dated` stands in the file's properties: a fixed moment of the round, never the present one."""
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"title": words.title(summary), "author": words.body, "created": dated.astimezone(UTC).replace(tzinfo=None)})
    formats = {
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "number": book.add_format({"valign": "top", "num_format": "0"}),
        "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    _totals(book.add_worksheet(words.sheet("summary"), TextSheet), summary, words, formats)
    long_texts = _rows(book, words.sheet("comments"), rows, columns_for(summary.viewer), words, formats)
    long_texts += _rows(book, words.sheet("endorsements"), endorsements, columns_for(summary.viewer, ENDORSEMENT_COLUMNS), words, formats)
    if summary.viewer != "public":
        long_texts += _rows(book, words.sheet("answers"), answers, columns_for(summary.viewer, ANSWER_COLUMNS), words, formats)
    if long_texts:
        _long(book.add_worksheet(words.sheet("long"), TextSheet), long_texts, formats)
    book.close()


def _totals(sheet: Any, summary: Summary, words: SheetWords, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 1, 32)
    sheet.write_string(0, 0, xml_text(words.title(summary)), formats["title"])
    sheet.write_string(1, 0, words.made_for(summary))
    row = 3
    for label, number in words.totals(summary):
        sheet.write_string(row, 0, label)
        sheet.write_number(row, 1, number, formats["number"])
        row += 1
    for label, value in words.filters(summary):
        sheet.write_string(row + 1, 0, label)
        sheet.write_string(row + 1, 1, xml_text(value))
        row += 1


def _rows(
    book: Any,
    name: str,
    rows: Iterable[ExportRow | EndorsementRow | AnswerRow],
    columns: tuple[Column, ...],
    words: SheetWords,
    formats: dict[str, Any],
) -> list[tuple[str, str, str]]:
    """A sheet with a row for each; gives back what is too long for its cell."""
    sheet = book.add_worksheet(name, TextSheet)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, WIDTHS.get(column.key, WIDTH))
        sheet.write_string(HEAD, place, words.heading(column), formats["head"])
    sheet.set_row(KEYS, None, None, {"hidden": True})
    for place, column in enumerate(columns):
        sheet.write_string(KEYS, place, column.key)
    sheet.freeze_panes(KEYS + 1, 1)
    number = KEYS
    long_texts: list[tuple[str, str, str]] = []
    for number, row in enumerate(rows, KEYS + 1):
        for place, column in enumerate(columns):
            rest = _cell(sheet, number, place, column, row, words, formats)
            long_texts += [(row.reference, words.heading(column), part) for part in rest]
    sheet.autofilter(HEAD, 0, number, len(columns) - 1)
    return long_texts


def _cell(
    sheet: Any, row: int, place: int, column: Column, of: ExportRow | EndorsementRow | AnswerRow, words: SheetWords, formats: dict[str, Any]
) -> list[str]:
    """Writes one cell; gives back what of its text is too long for it."""
    value = of.value(column)
    if value is None:
        return []
    if isinstance(value, datetime):
        sheet.write_datetime(row, place, value.astimezone(UTC), formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["day"])
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, place, value, formats["number"])
    else:
        first, *rest = utf16_parts(xml_text(words.cell(column, value)), LONGEST)
        sheet.write_string(row, place, first, formats["text"])
        return rest
    return []


def _long(sheet: Any, texts: list[tuple[str, str, str]], formats: dict[str, Any]) -> None:
    """How texts go on that are too long for a cell: reference, column, the rest."""
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 100)
    for row, cells in enumerate(texts):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, formats["text"])
