"""The body in order: paragraphs with the numbers Word shows, tables of them; what tracked changes joined is joined."""

from collections.abc import Iterator
from dataclasses import dataclass

from consult.exchange.word_draft.fields import Fields, unpaired
from consult.exchange.word_draft.numbering import Numbering
from consult.exchange.word_draft.ooxml import MC, Element, W, number, value, whole
from consult.exchange.word_draft.passage import BREAK, Block, Cell, NoteKind, Paragraph, Piece, Row, Table
from consult.exchange.word_draft.runs import Runs
from consult.exchange.word_draft.source import Source

_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "del", "moveTo", "moveFrom", "smartTag")}


@dataclass(slots=True)
class _Open:
    """A paragraph whose end was taken away: what follows goes on in it."""

    pieces: list[Piece]
    properties: Element | None
    place: int


class Body:
    """Walks one file. `place` counts the paragraphs of the body, whatever tracked changes do to them, so that it is the same in both."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.numbering = Numbering(source.part("numbering"), source.styles)
        self.fields = Fields(unpaired(source.document, source.absent))
        self.place = 0
        self.in_contents = 0
        self.in_note = False
        self.unknown_forms: set[str] = set()

    def read(self) -> list[Block]:
        body = self.source.document.find(W + "body")
        return self._blocks(body) if body is not None else []

    def _blocks(self, container: Element) -> list[Block]:
        found: list[Block] = []
        waiting: _Open | None = None
        runs = Runs(self.source, self.fields)
        for each in self._content(container):
            if each.tag == W + "tbl":
                if waiting:
                    self._finish(waiting, None, found)
                    waiting = None
                found.append(self._table(each))
            elif each.tag == W + "p":
                waiting = self._paragraph(each, waiting, runs, found)
            elif each.tag == W + "altChunk":
                self.source.findings.tell("word_embedded", self.place or 1)
        if waiting:
            self._finish(waiting, None, found)
        return found

    def _content(self, container: Element) -> Iterator[Element]:
        """Paragraphs, tables, rows, cells behind whatever is wrapped around them."""
        for each in container:
            if each.tag == MC + "AlternateContent":
                chosen = each.find(MC + "Choice")
                yield from self._content(each if chosen is None else chosen)
            elif each.tag not in _WRAPPERS:
                yield each
            elif each.tag in self.source.absent:
                self._pass(each)
            elif each.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                self.source.findings.tell("word_placeholder", self.place + 1, "".join(t.text or "" for t in each.iter(W + "t")))
                self._pass(each)
            else:
                contents = _is_contents(each)
                self.in_contents += contents
                yield from self._content(each)
                self.in_contents -= contents

    def _pass(self, element: Element) -> None:
        self.place += 0 if self.in_note else sum(1 for _ in element.iter(W + "p"))

    def _paragraph(self, element: Element, waiting: _Open | None, runs: Runs, found: list[Block]) -> _Open | None:
        if not self.in_note:
            self.place += 1
        place = self.place
        properties = element.find(W + "pPr")
        mark = properties.find(W + "rPr") if properties is not None else None
        if self.source.rejects and properties is not None and (change := properties.find(f"{W}pPrChange/{W}pPr")) is not None:
            properties = change
        style = value(properties, "pStyle") or self.source.styles.default
        pieces = runs.read(element, place, style)
        boxes, hidden, contents = runs.boxes, runs.hidden, runs.in_contents
        now = _Open(pieces, properties, place)
        if waiting:  # the first of two joined paragraphs gives the form, unless nothing of it is left
            kept = waiting if _seen(waiting.pieces) else now
            now = _Open(waiting.pieces + pieces, kept.properties, kept.place)
        goes_on = mark is not None and any(mark.find(tag) is not None for tag in self.source.absent)
        if not goes_on:
            self._finish(now, hidden and not _seen(now.pieces), found, contents=contents)
        for box in boxes:
            inner = self._blocks(box)
            words = " ".join(each.shown for each in inner if isinstance(each, Paragraph))
            if words or inner:
                self.source.findings.tell("word_text_box", place, words)
            found += inner
        return now if goes_on else None

    def _finish(self, ended: _Open, hidden: bool | None, found: list[Block], *, contents: bool = False) -> None:
        """`hidden`: all its text is hidden, so that Word shows no number either; None: its end is gone, and nothing may be left of it."""
        styles = self.source.styles
        style = value(ended.properties, "pStyle") or styles.default
        paragraph = Paragraph(ended.place, ended.pieces, role=styles.role(style))
        if (hidden is None or hidden) and paragraph.is_empty:
            return
        paragraph.in_contents = bool(self.in_contents) or paragraph.role == "contents" or (contents and paragraph.is_empty)
        if not paragraph.in_contents:
            paragraph.number = self.numbering.next(ended.properties, style)
            paragraph.outline = styles.outline(ended.properties, style)
            paragraph.indent = self._indent(ended.properties, style, paragraph)
        if paragraph.number and (form := paragraph.number.unknown_form) and form not in self.unknown_forms:
            self.unknown_forms.add(form)
            self.source.findings.tell("word_number_form", ended.place, paragraph.shown, form=form)
        found.append(paragraph)

    def _indent(self, properties: Element | None, style: str, paragraph: Paragraph) -> int:
        """From the left, in twips: its own, its list's, its style's."""
        own = _left(properties)
        if own is None and paragraph.number:
            own = paragraph.number.indent
        if own is None:
            own = next((left for each in self.source.styles.chain(style) if (left := _left(each.paragraph)) is not None), 0)
        return own

    def _table(self, element: Element) -> Table:
        self.source.findings.counts["tables"] += 1
        rows = []
        for row in self._content(element):
            if row.tag != W + "tr":
                continue
            properties = row.find(W + "trPr")
            if properties is not None and any(properties.find(tag) is not None for tag in self.source.absent):
                self._pass(row)
                continue
            rows.append(self._row(row, properties))
        return Table([row for row in rows if row.cells])

    def _row(self, element: Element, properties: Element | None) -> Row:
        skipped = number(properties, "gridBefore") or 0
        cells = [Cell([], min(skipped, 63))] if skipped > 0 else []
        for each in self._content(element):
            if each.tag != W + "tc":
                continue
            of_cell = each.find(W + "tcPr")
            gone = W + ("cellIns" if self.source.rejects else "cellDel")
            if of_cell is not None and of_cell.find(gone) is not None:
                self._pass(each)
                continue
            merged = [of_cell.find(W + name) for name in ("vMerge", "hMerge")] if of_cell is not None else []
            continues = any(m is not None and (m.get(W + "val") or "continue") == "continue" for m in merged)
            cells.append(Cell(self._blocks(each), max(1, min(number(of_cell, "gridSpan") or 1, 63)), continues))
        head = properties is not None and properties.find(W + "tblHeader") is not None
        return Row(cells, head)

    def note(self, kind: NoteKind, identifier: str, place: int) -> list[Piece]:
        """The text of a footnote or endnote as one row of pieces; its paragraphs are parted by breaks."""
        root = self._notes(kind)
        element = next((each for each in root if each.get(W + "id") == identifier), None) if root is not None else None
        if element is None:
            return []
        saved = self.place, self.in_note, self.fields
        self.place, self.in_note, self.fields = place, True, Fields(unpaired(element, self.source.absent))
        blocks = self._blocks(element)
        self.place, self.in_note, self.fields = saved
        pieces: list[Piece] = []
        for block in blocks:
            paragraphs = [block] if isinstance(block, Paragraph) else [p for r in block.rows for c in r.cells for p in c.paragraphs]
            for paragraph in paragraphs:
                if paragraph.is_empty:
                    continue
                pieces += [Piece(BREAK)] if pieces else []
                pieces += [Piece(f"{paragraph.label} ")] if paragraph.label else []
                pieces += paragraph.pieces
        return pieces

    def _notes(self, kind: NoteKind) -> Element | None:
        if not hasattr(self, "_parts"):
            self._parts: dict[str, Element | None] = {}
        if kind not in self._parts:
            self._parts[kind] = self.source.part(f"{kind}s")
        return self._parts[kind]


def _seen(pieces: list[Piece]) -> bool:
    return any(piece.text.strip() or piece.picture or piece.note for piece in pieces)


def _left(properties: Element | None) -> int | None:
    found = properties.find(W + "ind") if properties is not None else None
    return whole(found.get(W + "left") or found.get(W + "start")) if found is not None else None


def _is_contents(element: Element) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and (gallery.get(W + "val") or "").lower() in (
        "table of contents",
        "bibliographies of contents",
        "table of figures",
    )
