"""A redline as a Word document with genuine tracked changes: accept all and it is the new draft, reject all and it is the old one.

Every heading is a heading of its level. Items are paragraphs that begin with their label as printed, bullets a list of Word's own; a table
row is a line with " | " between its cells, a quotation a paragraph like others. Emphasis, links and pictures stand as their words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import count

from consult.core.change import Change
from consult.core.clause import Draft
from consult.exchange.office_text import xml_text
from consult.exchange.tracked import Ink, Look, TrackedParagraph, tracked
from consult.exchange.word_frame import new_document, running, saved

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DEEPEST = 3
"""Word's own styles for bullets go as deep as this; deeper ones look like the third."""
INDENT = 400
"""Twentieths of a point by which a level of a list is indented."""
APART = timedelta(minutes=2)
TAGS_OF: dict[Ink, str] = {"-": "del", "+": "ins", "<": "moveFrom", ">": "moveTo"}


def redline_docx(
    old: Draft, new: Draft, changes: Sequence[Change], *, at: datetime, author: str = "consult",
    head: tuple[str, str] | None = None, foot: str = "",
) -> bytes:  # fmt: skip
    """The document, in the language of the new draft. `at` (aware) and `author` stand at every change and in the file's properties,
    `head` and `foot` on every page but the first.

    Exact as to words: number, title and `plain_text` of every clause of either draft, groups too, each in its place. A moved clause is a
    move in Word's sense where it stayed one clause; parts that went into another clause are deleted here and inserted there.
    """
    from docx.oxml import parse_xml

    document = new_document(new.language, title=f"{new.title}: {old.version} → {new.version}", author=author, at=at)
    if head:
        running(document, head=head, foot=foot)
    pen = _Pen(author, at.astimezone(UTC))
    xml = "".join(pen.document(tracked(old, new, changes)))
    body = document.element.body
    for element in list(parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{xml}</w:body>')):
        body.insert(len(body) - 1, element)  # the last one says how large the page is
    return saved(document)


@dataclass(slots=True)
class _Pen:
    """Writes paragraphs as WordprocessingML; every mark has a number of its own.

    LibreOffice joins two insertions on either side of a kept paragraph end into one, end included, unless their times differ by more than a
    minute: at such a place the time goes to and fro between `at` and APART later.
    """

    author: str
    at: datetime
    later: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def document(self, paragraphs: Iterable[TrackedParagraph]) -> Iterator[str]:
        """The paragraphs, and an empty one where the last is tracked: Word cannot take away the last paragraph of a document."""
        last: TrackedParagraph | None = None
        closing = ""
        for paragraph in paragraphs:
            goes_on = last is not None and (last.move, last.end) == (paragraph.move, paragraph.end)
            if closing and not goes_on:
                yield closing
                closing = ""
            begins = ""
            if paragraph.move and not closing:
                kind, number = ("moveFrom" if paragraph.end == "-" else "moveTo"), next(self.numbers)
                begins = f'<w:{kind}RangeStart w:id="{number}" {self._who()} w:name="move{paragraph.move}"/>'
                closing = f'<w:{kind}RangeEnd w:id="{number}"/>'
            if last and last.end == "=" and last.runs and paragraph.runs and last.runs[-1][0] == paragraph.runs[0][0] != "=":
                self.later = not self.later
            yield self._paragraph(paragraph, begins)
            last = paragraph
        yield closing
        if last and last.end != "=":
            yield "<w:p/>"

    def _paragraph(self, paragraph: TrackedParagraph, begins: str) -> str:
        mark = f"<w:rPr><w:{TAGS_OF[paragraph.end]} {self._change()}/></w:rPr>" if paragraph.end != "=" else ""
        was = f"<w:pPrChange {self._change()}><w:pPr>{_look(paragraph.was)}</w:pPr></w:pPrChange>" if paragraph.was else ""
        runs = "".join(self._run(ink, text) for ink, text in paragraph.runs)
        return f"<w:p><w:pPr>{_look(paragraph.look)}{mark}{was}</w:pPr>{begins}{runs}</w:p>"

    def _run(self, ink: Ink, text: str) -> str:
        run = f"<w:r>{_text(text, 'delText' if ink == '-' else 't')}</w:r>"
        return run if ink == "=" else f"<w:{TAGS_OF[ink]} {self._change()}>{run}</w:{TAGS_OF[ink]}>"

    def _change(self) -> str:
        return f'w:id="{next(self.numbers)}" {self._who()}'

    def _who(self) -> str:
        at = self.at + (APART if self.later else timedelta())
        return f'w:author="{escape(xml_text(self.author))}" w:date="{at:%Y-%m-%dT%H:%M:%SZ}"'


def _look(look: Look) -> str:
    depth = min(look.depth, DEEPEST)
    style = {
        "title": "Title",
        "version": "Subtitle",
        "heading": f"Heading{look.depth}",
        "bullet": "ListBullet" + (str(depth) if depth > 1 else ""),
    }.get(look.kind)
    if style:
        return f'<w:pStyle w:val="{style}"/>'
    left = INDENT * look.depth if look.kind != "cell" else INDENT
    return f'<w:ind w:left="{left}"/>' if left else ""


def _text(text: str, tag: str) -> str:
    """Line feeds as line breaks, tabs as tabs, everything else as it is."""
    lines = (
        "<w:tab/>".join(f'<w:{tag} xml:space="preserve">{escape(piece, quote=False)}</w:{tag}>' for piece in line.split("\t"))
        for line in xml_text(text).split("\n")
    )
    return "<w:br/>".join(lines)
