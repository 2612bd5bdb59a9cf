"""A PDF of comments (tagged, PDF/UA-1): the commenting table on landscape pages, its heading repeated, in the reader's language."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, BinaryIO

from consult.core.export_row import ExportRow, Summary
from consult.exchange.comment_table import WIDTHS, Cell, cells, heads
from consult.exchange.office_text import xml_text
from consult.exchange.typeset import typeset
from consult.wording.comment_sheet import SheetWords

REGIONS = {"zh": "CN", "fr": "FR", "en": "GB"}


def write_comments_pdf(file: BinaryIO, rows: Iterable[ExportRow], summary: Summary, words: SheetWords) -> None:
    """The texts reach the typesetter as data, never as markup."""
    totals = [[label, str(number)] for label, number in words.totals(summary)] + [list(pair) for pair in words.filters(summary)]
    data = {
        "title": words.title(summary), "author": words.body, "language": words.language, "region": REGIONS.get(words.language),
        "made_for": words.made_for(summary), "totals": totals, "heads": heads(words), "widths": WIDTHS,
        "rows": [[_cell(cell) for cell in cells(row, words)] for row in rows],
    }  # fmt: skip
    file.write(typeset("comments.typ", data))


def _cell(cell: Cell) -> dict[str, Any]:
    return {"lines": [asdict(line) | {"text": xml_text(line.text), "language": _primary(line.language)} for line in cell]}


def _primary(tag: str | None) -> str | None:
    """The two or three letters that the typesetter takes as a language."""
    return tag.split("-")[0].lower()[:3] if tag else None
