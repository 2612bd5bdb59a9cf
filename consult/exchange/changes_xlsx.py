"""A workbook of changes: totals and what was filtered on the first sheet, a change a row on the second, cells typed, texts that stay texts."""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

import xlsxwriter

from consult.core.edition import EditionChanges
from consult.exchange.change_list import marked
from consult.exchange.change_rows import ChangeLine, change_lines, joined
from consult.exchange.office_text import utf16_parts, xml_text
from consult.exchange.xlsx_comments import HEAD, KEYS, LONGEST, OPTIONS, TextSheet
from consult.wording.version_file import FileWords

WIDTHS = {
    "old": 10, "new": 10, "kinds": 26, "old_title": 30, "new_title": 30, "redline": 70, "old_text": 50, "new_text": 50, "reason": 50,
    "activities": 26, "unsure": 12, "characters_removed": 12, "characters_added": 12,
}  # fmt: skip
"""Column -> its width in characters, in the order of the sheet."""


def changes_xlsx(comparison: EditionChanges, words: FileWords) -> bytes:
    """Nothing in it is ever computed. The same comparison gives the same bytes; the file's properties hold the day of publication."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    published = comparison.new.published_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": xml_text(words.heading_of(comparison)), "author": words.body, "created": published})
    formats = {
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "number": book.add_format({"valign": "top", "num_format": "#,##0", "align": "right"}),
        "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "right"}),
    }
    _totals(book.add_worksheet(words.sheet("totals"), TextSheet), comparison, words, formats)
    _changes(book, change_lines(comparison, words), comparison, words, formats)
    book.close()
    return file.getvalue()


def _totals(sheet: Any, comparison: EditionChanges, words: FileWords, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 1, 18)
    sheet.write_string(0, 0, xml_text(words.heading_of(comparison)), formats["title"])
    lines = [words.body, words.standing(comparison.new), words.notice, words.differing(comparison), *words.chosen(comparison)]
    told = [xml_text(line) for line in lines if line]
    for row, line in enumerate(told, 1):
        sheet.write_string(row, 0, line)
    for row, (kind, number) in enumerate(words.counts(comparison.noted), len(told) + 2):
        sheet.write_string(row, 0, kind)
        sheet.write_number(row, 1, number, formats["number"])


def _changes(
    book: Any, lines: Iterable[ChangeLine], comparison: EditionChanges, words: FileWords, formats: Mapping[str, Any]
) -> None:  # fmt: skip
    sheet = book.add_worksheet(words.sheet("changes"), TextSheet)
    for place, (key, width) in enumerate(WIDTHS.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(HEAD, place, words.heading(key), formats["head"])
    sheet.set_row(KEYS, None, None, {"hidden": True})
    for place, key in enumerate(WIDTHS):
        sheet.write_string(KEYS, place, key)
    sheet.freeze_panes(KEYS + 1, 2)
    last, long_texts = KEYS, []
    for last, line in enumerate(lines, KEYS + 1):
        cells = _cells(line, comparison, words)
        for place, key in enumerate(WIDTHS):
            value = cells[key]
            if isinstance(value, int):
                sheet.write_number(last, place, value, formats["number"])
            elif value:
                first, *rest = utf16_parts(xml_text(value), LONGEST)
                sheet.write_string(last, place, first, formats["text"])
                long_texts += [(str(cells["new"] or cells["old"]), words.heading(key), part) for part in rest]
    sheet.autofilter(HEAD, 0, last, len(WIDTHS) - 1)
    if long_texts:
        _long(book.add_worksheet(words.sheet("long"), TextSheet), long_texts, formats)


def _cells(line: ChangeLine, comparison: EditionChanges, words: FileWords) -> dict[str, str | int]:
    """Numbers of clauses are texts: 5.10 is not 5.1."""
    change = line.noted.change
    bound = line.new or line.old
    applies = (comparison.new if line.new else comparison.old).applies
    removed, added = (sum(len(text) for mark, text in (*change.title, *change.text) if mark == side) for side in ("-", "+"))
    return {
        "old": joined(line.old, "label"), "new": joined(line.new, "label"), "kinds": line.kinds,
        "old_title": joined(line.old, "title"), "new_title": joined(line.new, "title"), "redline": marked(change) if line.noted.is_change else "",
        "old_text": joined(line.old, "text"), "new_text": joined(line.new, "text"), "reason": line.reason,
        "activities": words.activities(tuple(dict.fromkeys(code for each in bound for code in applies.get(each.number, ())))),
        "unsure": words.flag(change.link.unsure), "characters_removed": removed, "characters_added": added,
    }  # fmt: skip


def _long(sheet: Any, texts: Iterable[tuple[str, str, str]], formats: Mapping[str, Any]) -> None:
    """How texts go on that are too long for a cell: number, column, the rest."""
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 100)
    for row, cells in enumerate(texts):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, formats["text"])
