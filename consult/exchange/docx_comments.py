"""A Word document of comments: landscape, a commenting table whose heading is repeated on every page, in the reader's language.

The frame is made with the library; the rows are streamed into it, so that a hundred thousand of them need no more memory than ten.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Any, BinaryIO

from consult.core.export_row import ExportRow, Summary
from consult.exchange.comment_table import WIDTHS, Cell, Line, cells, heads
from consult.exchange.office_text import xml_text
from consult.exchange.word_fonts import HAN, LATIN, LATIN_TAGS, TAGS
from consult.wording.comment_sheet import SheetWords

HERE = "rows-come-here"
BODY = "word/document.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_comments_docx(file: BinaryIO, rows: Iterable[ExportRow], summary: Summary, words: SheetWords, *, dated: datetime) -> None:
    """`dated` stands in the file's properties: a fixed moment of the round, never the present one."""
    frame = io.BytesIO()
    _frame(summary, words, dated).save(frame)
    with zipfile.ZipFile(frame) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with out.open(entry, "w", force_zip64=True) as part:
                content = made.read(name)
                if name == BODY:
                    before, after = _around_marker(content)
                    part.write(before)
                    for row in rows:
                        part.write(_row(cells(row, words)).encode())
                    content = after
                part.write(content)


def _around_marker(content: bytes) -> tuple[bytes, bytes]:
    at = content.index(HERE.encode())
    return content[: content.rindex(b"<w:tr>", 0, at)], content[content.index(b"</w:tr>", at) + len(b"</w:tr>") :]


def _frame(summary: Summary, words: SheetWords, dated: datetime) -> Any:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    _fonts(document, words.language)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    about = document.core_properties
    about.title, about.author, about.language = xml_text(words.title(summary)), words.body, TAGS.get(words.language, words.language)
    about.comments, about.last_modified_by, about.revision = "", words.body, 1
    about.created = about.modified = dated
    document.add_heading(xml_text(words.title(summary)), 0)
    document.add_paragraph(words.made_for(summary))
    for label, value in [*words.totals(summary), *words.filters(summary)]:
        line = document.add_paragraph(style="Small")
        line.add_run(f"{label}\t{value}")
        line.paragraph_format.tab_stops.add_tab_stop(Cm(8))
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    _table(document, heads(words))
    section.footer.paragraphs[0].text = words.made_for(summary)
    section.footer.paragraphs[0].style = document.styles["Small"]
    return document


def _fonts(document: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document.styles["Normal"].font.size = Pt(10)
    small = document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = document.styles["Normal"], Pt(8)
    label = document.styles.add_style("Label", WD_STYLE_TYPE.PARAGRAPH)
    label.base_style, label.font.color.rgb = small, RGBColor(0x55, 0x55, 0x55)
    for name in ("Normal", "Title", "Small", "Label"):
        style = document.styles[name]
        style.font.name = LATIN
        style.paragraph_format.space_after = Pt(8 if name == "Title" else 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), HAN)
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), _latin(language))
        tag.set(qn("w:eastAsia"), TAGS["zh"])


def _table(document: Any, names: tuple[str, ...]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = document.add_table(rows=2, cols=len(names), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(26.7 * width / 100)
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.paragraphs[0].style = document.styles["Small"]
        cell.paragraphs[0].add_run(name).bold = True
    repeated = table.rows[0]._tr.get_or_add_trPr()
    for flag in ("w:cantSplit", "w:tblHeader"):
        element = OxmlElement(flag)
        element.set(qn("w:val"), "true")
        repeated.append(element)
    table.rows[1].cells[0].text = HERE


def _row(row: tuple[Cell, ...]) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{''.join(_lines(cell))}</w:tc>" for cell in row) + "</w:tr>"


def _lines(cell: Cell) -> Iterator[str]:
    for line in cell:
        style = "Label" if line.weight == "label" else "Small"
        yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{_run_properties(line)}{_text(line.text)}</w:r></w:p>'
    if not cell:
        yield '<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr></w:p>'


def _run_properties(line: Line) -> str:
    bold = "<w:b/>" if line.weight == "strong" else ""
    if not line.language:
        return f"<w:rPr>{bold}</w:rPr>"
    han = line.language if line.language.startswith("zh-") else TAGS["zh"]
    return f'<w:rPr>{bold}<w:lang w:val="{escape(_latin(line.language))}" w:eastAsia="{escape(han)}"/></w:rPr>'


def _latin(language: str) -> str:
    return LATIN_TAGS.get(language.split("-")[0]) or TAGS.get(language, language)


def _text(text: str) -> str:
    """Line feeds as line breaks, tabs as tabs, everything else as it is."""
    lines = (
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' for piece in line.split("\t"))
        for line in xml_text(text).split("\n")
    )
    return "<w:br/>".join(lines)
