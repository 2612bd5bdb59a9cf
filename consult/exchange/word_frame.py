"""What our Word files of standards share: styles for both scripts, properties, running heads, and bytes that depend on the content alone."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from consult.core.direction import runs_right_to_left
from consult.exchange.office_text import xml_text
from consult.exchange.word_fonts import HAN, LATIN, LATIN_TAGS, TAGS

EPOCH = (1980, 1, 1, 0, 0, 0)
SIZES = {"Normal": 10.5, "Title": 22, "Subtitle": 12, "Heading 1": 17, "Heading 2": 14, "Heading 3": 12}
HEADINGS = tuple(f"Heading {level}" for level in range(1, 7))
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document(language: str, *, title: str, author: str, at: datetime) -> Any:
    """An empty document of the library in the language; `at` (aware) and the names stand in its properties and nothing else does."""
    import docx

    document = docx.Document()
    _styles(document, language)
    about = document.core_properties
    about.title = xml_text(title)[:255]
    about.author = about.last_modified_by = xml_text(author)[:255]
    about.language = TAGS.get(language, language)
    about.comments, about.revision = "", 1
    about.created = about.modified = at.astimezone(UTC)
    return document


def _styles(document: Any, language: str) -> None:
    """Fonts for both scripts instead of those of the theme, which has none for Han; the language for hyphens and spelling; its direction."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name in ("Normal", "Title", "Subtitle", *HEADINGS):
        style = document.styles[name]
        style.font.name, style.font.size = LATIN, Pt(SIZES.get(name, 11))
        style.paragraph_format.space_after = Pt(5)
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x22, 0x22, 0x22)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in THEMES:
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), HAN)
        for line in list(style.element.iter(qn("w:pBdr"))):
            line.getparent().remove(line)
    if runs_right_to_left(language):
        document.styles["Normal"].element.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), "w:spacing")
    document.styles["Subtitle"].font.italic = False  # Han characters have no slant
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), LATIN_TAGS.get(language) or TAGS.get(language, language))
        tag.set(qn("w:eastAsia"), TAGS["zh"])


def running(document: Any, *, head: tuple[str, str], foot: str) -> None:
    """A head with a text on either side, and a foot with a text and the number of the page; none on the first page but the number."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    section = document.sections[0]
    small = document.styles.add_style("Running", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = document.styles["Normal"], Pt(8)
    across = section.page_width - section.left_margin - section.right_margin
    section.different_first_page_header_footer = True
    _line(section.header.paragraphs[0], small, across, xml_text(head[0]), xml_text(head[1]))
    for footer in (section.footer, section.first_page_footer):
        _line(footer.paragraphs[0], small, across, xml_text(foot), "")
        _field(footer.paragraphs[0], "PAGE")


def _line(paragraph: Any, style: Any, across: int, left: str, right: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    paragraph.style = style
    paragraph.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t{right}")


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def saved(document: Any) -> bytes:
    """The file. The same document gives the same bytes, whenever it is written."""
    made, steady = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return steady.getvalue()
