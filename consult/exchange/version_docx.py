"""A published version as a Word document: real headings with their numbers as text, items with their labels as printed, tables, links."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from consult.core.direction import runs_right_to_left
from consult.core.edition import Edition
from consult.exchange.office_text import xml_text
from consult.exchange.printed import BLOCKS, Node, clean, label_of
from consult.exchange.version_pdf import depths
from consult.exchange.word_fonts import HAN
from consult.exchange.word_frame import new_document, running, saved
from consult.wording.version_file import FileWords

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
INDENT = 425
"""Twentieths of a point by which a level of a list is indented: three quarters of a centimetre."""
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
FORMATS = {"strong": "<w:b/>", "em": "<w:i/>", "code": f'<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:eastAsia="{HAN}"/>'}
"""Tag -> run property, in the order that Word wants them."""


def version_docx(edition: Edition, words: FileWords) -> bytes:
    """The same edition gives the same bytes. A character that no office file can hold stands as U+FFFD."""
    document = new_document(words.language, title=words.title(edition), author=words.body, at=edition.published_at)
    own_styles(document)
    running(document, head=(words.title(edition), words.standing(edition)), foot=words.notice)
    pen = Pen(document.part, turned=runs_right_to_left(words.language))
    xml = "".join(pen.document(edition, words))
    fill(document, xml)
    return saved(document)


def fill(document: Any, xml: str) -> None:
    """Paragraphs and tables, as WordprocessingML, into an empty document."""
    from docx.oxml import parse_xml

    body = document.element.body
    for element in list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")):
        body.insert(len(body) - 1, element)  # the last one says how large the page is


def own_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for name, size, left in (("Facts", 9, 0), ("Note", 9.5, 12), ("Code", 9, 0)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.paragraph_format.left_indent = document.styles["Normal"], Pt(size), Pt(left)
    document.styles["Code"].font.name = "Courier New"


Run = tuple[str, tuple[str, ...], str]
"""Text, tags around it, address of the link it is in."""


@dataclass(slots=True)
class Pen:
    """Writes blocks as WordprocessingML; `part` takes the addresses of links. `turned`: tables begin on the right."""

    part: Any
    turned: bool = False
    links: dict[str, str] = field(default_factory=dict)

    def document(self, edition: Edition, words: FileWords) -> Iterator[str]:
        yield self.styled("Title", edition.draft.title)
        yield self.styled("Subtitle", words.version(edition.draft.version))
        for fact in (words.body, words.standing(edition), *words.facts(edition), words.notice):
            if fact:
                yield self.styled("Facts", fact)
        for depth, clause in depths(edition.draft.clauses):
            if depth:
                yield self.styled(f"Heading{depth}", f"{clause.label} {clause.title}".strip())
            for node in clean(clause.text):
                yield from self.block(node)

    def styled(self, style: str, text: str) -> str:
        """A paragraph of plain text in a style."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_text_run(text)}</w:p>'

    def block(self, node: Node, depth: int = 0) -> Iterator[str]:
        """A block `depth` levels inside lists and quotations."""
        if node.tag in ("ol", "ul"):
            for item in node.all("li"):
                yield from self._item(item, depth + 1)
        elif node.tag == "table":
            yield self._table(node)
        elif node.tag == "blockquote":
            for child in _whole(node.children):
                yield from self.block(child, depth + 1)
        elif node.tag == "hr":
            yield '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="808080"/></w:pBdr></w:pPr></w:p>'
        else:
            style = "Code" if node.tag == "pre" else "Note" if "note" in node.classes else ""
            yield self._paragraph(node.children, style=style, left=INDENT * depth)

    def _item(self, item: Node, depth: int) -> Iterator[str]:
        label, rest = label_of(item)
        at = next((n for n, child in enumerate(rest) if isinstance(child, Node) and child.tag in BLOCKS), len(rest))
        before = [label.text, "\t"] if label else []
        yield self._paragraph([*before, *rest[:at]], style="" if label else "ListBullet", left=INDENT * depth, hanging=INDENT)
        for child in _whole(rest[at:]):
            yield from self.block(child, depth)

    def _paragraph(self, content: "Sequence[Node | str]", *, style: str = "", left: int = 0, hanging: int = 0) -> str:
        styled = f'<w:pStyle w:val="{style}"/>' if style else ""
        shift = f'<w:ind w:left="{left}"{f""" w:hanging="{hanging}" """ if hanging else ""}/>' if left else ""
        return f"<w:p><w:pPr>{styled}{shift}</w:pPr>{self._runs(content)}</w:p>"

    def _runs(self, content: "Sequence[Node | str]") -> str:
        written = []
        for text, tags, href in _flat(content):
            run = _text_run(text, "".join(FORMATS[tag] for tag in sorted({*tags} & {*FORMATS}, key=("code", "strong", "em").index)))
            written.append(f'<w:hyperlink r:id="{self._link(href)}">{run}</w:hyperlink>' if href else run)
        return "".join(written)

    def _link(self, href: str) -> str:
        if href not in self.links:
            self.links[href] = self.part.relate_to(href, LINK, is_external=True)
        return self.links[href]

    def _table(self, table: Node) -> str:
        rows = [(part.tag == "thead", row) for part in table.children if isinstance(part, Node) for row in part.all("tr")]
        width = max(len(_cells(row)) for _, row in rows)
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="404040"/>'
            for edge, size in (("top", 8), ("bottom", 8), ("insideH", 2))
        )
        grid = f"<w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>"
        turned = "<w:bidiVisual/>" if self.turned else ""
        head = f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>{grid}'
        # a paragraph behind it: two tables must not grow together
        return head + "".join(self._row(row, width, is_head) for is_head, row in rows) + "</w:tbl><w:p/>"

    def _row(self, row: Node, width: int, is_head: bool) -> str:
        cells = [self._runs([Node("strong", children=cell.children)] if is_head else cell.children) for cell in _cells(row)]
        repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
        filled = [*cells, *[""] * (width - len(cells))]
        return f"<w:tr>{repeated}{''.join(f'<w:tc><w:tcPr/><w:p>{cell}</w:p></w:tc>' for cell in filled)}</w:tr>"


def _cells(row: Node) -> list[Node]:
    return [cell for cell in row.children if isinstance(cell, Node)]


def _whole(children: "Iterable[Node | str]") -> Iterator[Node]:
    """Blocks among blocks; loose text becomes a paragraph."""
    loose: list[Node | str] = []
    for child in children:
        if isinstance(child, Node) and child.tag in BLOCKS:
            if loose:
                yield Node("p", children=loose)
                loose = []
            yield child
        elif isinstance(child, Node) or child.strip():
            loose.append(child)
    if loose:
        yield Node("p", children=loose)


def _flat(content: "Iterable[Node | str]", tags: tuple[str, ...] = (), href: str = "") -> Iterator[Run]:
    for child in content:
        if isinstance(child, str):
            yield child, tags, href
        elif child.tag == "br":
            yield "\n", tags, href
        else:
            external = child.href if child.href.lower().startswith(("http://", "https://", "mailto:")) else ""
            yield from _flat(child.children, (*tags, child.tag), href or external)


def _text_run(text: str, properties: str = "") -> str:
    """Line feeds as line breaks, tabs as tabs, everything else as it is."""
    lines = (
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' for piece in line.split("\t"))
        for line in xml_text(text).split("\n")
    )
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{kept}{'<w:br/>'.join(lines)}</w:r>"
