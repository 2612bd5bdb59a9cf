"""The blank comment form as a Word document: who fills it in, then a table per document."""

from datetime import datetime
from typing import Any

from consult.core.comment_form.blank import FIELDS, BlankForm, BlankSheet
from consult.exchange.office_text import xml_text
from consult.exchange.word_frame import new_document, running, saved

SHOWN = ("number", "current", "comment", "proposed", "rationale")
"""Columns that fit a page on its side; title and change stand above the current text."""
_BRACKETS = {"zh": "%s（%s）"}
_COLON = {"fr": "\u00a0: ", "zh": "："}
WIDTHS = {"number": 1.9, "current": 7.2, "comment": 5.2, "proposed": 5.2, "rationale": 3.2}
"""Centimetres, together no more than the page has between its margins."""


def form_docx(form: BlankForm, *, dated: datetime) -> bytes:
    """The same form gives the same bytes; `dated` stands in its properties."""
    from docx.enum.section import WD_ORIENT

    document = new_document(form.language, title=form.title, author=form.author, at=dated)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = max(section.page_width, section.page_height), min(section.page_width, section.page_height)
    running(document, head=(form.title, form.mark), foot="")
    document.add_paragraph(xml_text(form.title), style="Title")
    for line in form.help:
        document.add_paragraph(xml_text(line))
    document.add_paragraph(form.mark)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, hint, choices in form.about:
        cells = table.add_row().cells
        cells[0].text = xml_text(_BRACKETS.get(form.language, "%s (%s)") % (label, hint) if hint else label)
        cells[1].text = ""
        if choices:
            document.add_paragraph(xml_text(f"{label}{_COLON.get(form.language, ': ')}{' · '.join(choices)}"))
    for sheet in form.sheets:
        document.add_paragraph(xml_text(sheet.heading), style="Heading 1")
        _table(document, sheet)
    return saved(document)


def _table(document: Any, sheet: BlankSheet) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    headings = dict(zip(FIELDS, sheet.headings, strict=True))
    table = document.add_table(rows=1, cols=len(SHOWN), style="Table Grid")
    table.autofit = False
    for cell, field in zip(table.rows[0].cells, SHOWN, strict=True):
        cell.text = xml_text(headings[field])
        cell.paragraphs[0].runs[0].bold = True
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in sheet.rows:
        cells = table.add_row().cells
        if row.kind == "group":
            cells[0].merge(cells[-1]).text = xml_text(row.title)
            continue
        cells[0].text = xml_text(row.number)
        if row.current or row.title:
            cells[1].text = xml_text(row.current)
            if row.head:
                cells[1].paragraphs[0].insert_paragraph_before(xml_text(row.head)).runs[0].bold = True
    for column, field in zip(table.columns, SHOWN, strict=True):
        column.width = Cm(WIDTHS[field])
    for kind, drawn in zip(("", *(row.kind for row in sheet.rows)), table.rows, strict=True):
        if kind != "group":  # a merged row is as wide as its columns
            for cell, field in zip(drawn.cells, SHOWN, strict=True):
                cell.width = Cm(WIDTHS[field])
