"""Which paragraphs are clauses, groups, items, text: by heading style, by the numbers Word shows or people typed, by tables of criteria."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from consult.exchange.word_draft.clause_number import Found, read_number
from consult.exchange.word_draft.criteria import Band, read_criteria
from consult.exchange.word_draft.decisions import Decision
from consult.exchange.word_draft.findings import Findings
from consult.exchange.word_draft.items import Items
from consult.exchange.word_draft.parts import Grid, Head, Part, Text
from consult.exchange.word_draft.passage import Block, Paragraph, Piece, Table, paragraphs_of
from consult.exchange.word_draft.pieces import cut, is_line, is_prose, item_label, lines_of, marker_of, text_of, titled, trimmed
from consult.exchange.word_draft.trail import Trail

QUOTED = 400


class Structure:
    """Takes the blocks of one file in order; `parts` is the draft, `passages` says how each paragraph was read."""

    def __init__(self, findings: Findings, decisions: dict[int, Decision], keys: dict[int, str], blocks: Sequence[Block]) -> None:
        self.findings, self.decisions, self.keys = findings, decisions, keys
        self.parts: list[Part] = []
        self.passages: list[dict[str, Any]] = []
        self.trail = Trail()
        self.items = Items()
        self.title = ""
        self.contents = 0
        self.words: dict[str, tuple[int, int]] = {}
        paragraphs = [each for block in blocks for each in paragraphs_of(block)]
        self.deep_lists = {p.number.listed for p in paragraphs if p.number and (n := read_number(p.label)) and n.is_deep}
        self.styled = any(p.outline is not None and (read_number(p.label) or read_number(p.text)) for p in paragraphs)

    def read(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._block(block)
        for word, (place, count) in self.words.items():
            self.findings.tell("word_label_word", place, word, count=count)
        if self.contents:
            self.findings.tell("word_contents", count=self.contents)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        else:
            self._table(block)

    # paragraphs

    def _paragraph(self, paragraph: Paragraph, *, inside: bool = False) -> None:
        """`inside`: in a cell of a clause, where numbers belong to items and figures."""
        if paragraph.in_contents:
            self.contents += 1
            return
        decision = self.decisions.get(paragraph.place)
        if paragraph.is_empty and not (paragraph.label and (decision or paragraph.outline is not None)):
            if paragraph.label:
                self.findings.tell("word_item_empty", paragraph.place, paragraph.label)
            return
        if decision:
            self._decided(paragraph, decision)
        elif paragraph.role in ("title", "cover") and not self.trail.begun:
            self._title(paragraph)
        elif paragraph.outline is not None or paragraph.role == "title":
            self._heading(paragraph)
        elif not inside and (found := self._numbered(paragraph)):
            self._clause(paragraph, found, *titled(self._behind(paragraph, found)))
        else:
            self._text(paragraph, doubt="" if inside else self._doubt(paragraph))

    def _title(self, paragraph: Paragraph) -> None:
        if paragraph.role == "title":
            self.title = self.title or " ".join(paragraph.text.split())
        self.findings.tell("word_title", paragraph.place, paragraph.shown)
        self._passage(paragraph, "left_out")

    def _heading(self, paragraph: Paragraph) -> None:
        level = min((paragraph.outline or 0) + 1, 6)
        found = read_number(paragraph.label) if paragraph.label else read_number(paragraph.text)
        if found:
            pieces = self._behind(paragraph, found)
            title, text = titled(pieces) if is_prose(text_of(pieces)) else (trimmed(pieces), [])
            self._clause(paragraph, found, title, text, level)
        elif item_label(paragraph.label) and paragraph.label[-1:] in ")）":
            self._text(paragraph)
        elif is_prose(paragraph.shown) and len(paragraph.shown) > 200:
            self._text(paragraph, doubt="word_heading_long")
        else:
            self._group(paragraph, level)

    def _behind(self, paragraph: Paragraph, found: Found | None) -> list[Piece]:
        """The pieces after a number that was typed; all of them after an automatic one."""
        typed = None if paragraph.label or found is None else read_number(paragraph.text)
        if typed is None:
            return trimmed(paragraph.pieces)
        return trimmed(cut(paragraph.pieces, len(paragraph.text.rstrip()) - len(typed.rest)))

    def _numbered(self, paragraph: Paragraph) -> Found | None:
        """The number of a clause that no heading style tells."""
        if paragraph.number and paragraph.label:
            found = read_number(paragraph.label)
            if not found or self.trail.has(found):
                return None
            if found.is_deep:
                return found if not self.styled or self.trail.fits(found, 5) or paragraph.is_bold else None
            ours = paragraph.number.outlined and paragraph.number.listed in self.deep_lists
            return found if ours or (found.word and is_line(paragraph.text)) else None
        found = read_number(paragraph.text)
        if not found or self.trail.has(found) or (paragraph.number and not paragraph.label):
            return None
        bold = next((piece.bold for piece in paragraph.pieces if piece.text.strip()), False)
        if not found.is_deep or found.address.startswith("annex-"):
            fits = not self.trail.numbered or self.trail.fits(found, 3) or found.address.startswith("annex-") or bool(found.word)
            return found if fits and paragraph.is_bold and not is_prose(paragraph.text) else None
        begins = found.rest[:1]
        strong = bold or found.tabbed or not begins
        like_text = begins.isupper() or begins > "\u2e80" or begins in '“«"‘'
        return found if (strong or like_text) and (self.trail.fits(found, 3) or (strong and not self.trail.numbered)) else None

    def _doubt(self, paragraph: Paragraph) -> str:
        """Why a paragraph that was read as text might be more."""
        found = read_number(paragraph.label or paragraph.text)
        if found and found.is_deep and not item_label(paragraph.label):
            if self.trail.has(found):
                return "word_number_again" if paragraph.label or paragraph.is_bold else ""
            return "word_number_unclear" if paragraph.label or paragraph.is_bold or self.trail.fits(found, 3) else ""
        named = found and found.word and paragraph.is_bold
        return (
            "word_bold_line"
            if named or (paragraph.is_bold and is_line(paragraph.text) and not paragraph.label and not paragraph.role)
            else ""
        )

    def _decided(self, paragraph: Paragraph, decision: Decision) -> None:
        if decision.read_as == "left_out":
            self.findings.tell("word_left_out", paragraph.place, paragraph.shown)
            self._passage(paragraph, "left_out")
        elif decision.read_as == "group":
            self._group(paragraph, min((paragraph.outline or self.trail.group_level - 1) + 1, 6))
        elif decision.read_as == "text":
            self._text(paragraph)
        else:
            title, text = self._named(paragraph, decision)
            self._clause(paragraph, Found(decision.label, ""), title, text)

    def _named(self, paragraph: Paragraph, decision: Decision) -> tuple[list[Piece], list[Piece]]:
        """Title and text of a clause whose number somebody gave; the number is taken off the text where it stands there."""
        found = read_number(paragraph.text)
        pieces = self._behind(paragraph, found)
        if decision.title:
            told = " ".join(text_of(pieces).split())
            return [Piece(decision.title)], [] if told == decision.title else pieces
        return titled(pieces)

    # what they become

    def _clause(self, paragraph: Paragraph, found: Found, title: list[Piece], text: list[Piece], level: int | None = None) -> None:
        if found.word:
            place, count = self.words.get(found.word, (paragraph.place, 0))
            self.words[found.word] = (place, count + 1)
        self.items.clear()
        self.parts.append(Head(paragraph.place, self.trail.clause(found, level), found.label, title))
        self._passage(paragraph, "clause")
        if text:
            self._lines(paragraph, text)

    def _group(self, paragraph: Paragraph, level: int) -> None:
        self.items.clear()
        self.trail.group(level)
        label = [Piece(f"{paragraph.label} ")] if paragraph.label else []
        self.parts.append(Head(paragraph.place, level, "", label + trimmed(paragraph.pieces)))
        self._passage(paragraph, "group")

    def _text(self, paragraph: Paragraph, *, doubt: str = "") -> None:
        if doubt:
            self.findings.tell(doubt, paragraph.place, paragraph.shown)
        pieces, marker = paragraph.pieces, item_label(paragraph.label)
        if paragraph.label and not marker:
            pieces = [Piece(f"{paragraph.label} "), *pieces]
        self._passage(paragraph, "item" if marker or marker_of(text_of(pieces)) else "text", doubt)
        self._lines(paragraph, pieces, marker)

    def _lines(self, paragraph: Paragraph, pieces: list[Piece], marker: str = "") -> None:
        for at, line in enumerate(lines_of(pieces)):
            typed = None if marker and at == 0 else marker_of(text_of(line))
            label = typed.label if typed else marker if at == 0 else ""
            listed = paragraph.number.listed if paragraph.number else ""
            depth = self.items.depth(label, paragraph.indent, listed, paragraph.number.level if paragraph.number else 0)
            self.parts.append(Text(paragraph.place, trimmed(cut(line, typed.taken) if typed else line), label, depth))

    def _passage(self, paragraph: Paragraph, read_as: str, doubt: str = "") -> None:
        self.passages.append(
            {
                "paragraph": paragraph.place, "key": self.keys.get(paragraph.place, ""), "words": paragraph.shown[:QUOTED],
                "read_as": read_as, "number": self.trail.number, "doubt": doubt,
            }
        )  # fmt: skip

    # tables

    def _table(self, table: Table) -> None:
        if all(len(row.cells) == 1 for row in table.rows):  # a frame around text
            for row in table.rows:
                for block in row.cells[0].blocks:
                    self._block(block)
            return
        criteria = read_criteria(table, self._number_decided)
        if criteria is None:
            self._grid(table)
            return
        for head in criteria.heads:
            for paragraph in [each for cell in head.cells for each in cell.paragraphs if each.shown]:
                self._passage(paragraph, "left_out")
        if criteria.heads:
            first = next(each for cell in criteria.heads[0].cells for each in cell.paragraphs)
            words = " | ".join(dict.fromkeys(cell.shown for head in criteria.heads for cell in head.cells if cell.shown))
            self.findings.tell("word_table_head", first.place, words)
        if criteria.further:
            self.findings.tell(
                "word_table_columns", criteria.bands[0].first.place if criteria.bands[0].first else None, " | ".join(criteria.further)
            )
        for band in criteria.bands:
            self._band(band)

    def _number_decided(self, paragraph: Paragraph) -> Found | None:
        decision = self.decisions.get(paragraph.place)
        return Found(decision.label, "") if decision and decision.read_as == "clause" else None

    def _band(self, band: Band) -> None:
        first = band.first
        if band.number is None:
            self._further(band)
            return
        decided = first is not None and self._number_decided(first) is not None
        typed = read_number(first.shown) if first is not None and not decided else None
        beside = [block for _, cell in band.texts for block in cell.blocks]
        if first is None or not (decided or typed):  # the number was given to a paragraph beside it
            first = next(each for block in beside for each in paragraphs_of(block) if self._number_decided(each))
            self._clause(first, band.number, *titled(first.pieces))
            self._cells(band, skipped=first)
            return
        title = _joined(list(self._named(first, self.decisions[first.place]))) if decided else self._behind(first, typed)
        if band.title is not None:
            title = _joined([title, *(paragraph.pieces for paragraph in band.title.paragraphs)])
        lead = beside[0] if not title and beside and isinstance(beside[0], Paragraph) else None
        text: list[Piece] = []
        if lead is not None and not lead.label and not marker_of(lead.text):
            title, text = titled(lead.pieces)
        self._clause(first, band.number, title, [])
        for paragraph in [each for each in (band.title.paragraphs if band.title else []) if not each.is_empty]:
            self._passage(paragraph, "clause")
        if title and lead is not None:
            self._passage(lead, "clause")
            if text:
                self._lines(lead, text)
        self._cells(band, skipped=lead if title else None)

    def _cells(self, band: Band, skipped: Paragraph | None) -> None:
        for paragraph in band.rest_of_number:
            self._paragraph(paragraph, inside=True)
        for name, cell in band.texts:
            named = False
            for block in cell.blocks:
                if block is skipped:
                    continue
                if isinstance(block, Table):
                    self._grid(block)
                elif name and not named and not block.is_empty:
                    named = True
                    self._paragraph(replace(block, pieces=[Piece(f"{name.rstrip(':：')}: "), *block.pieces]), inside=True)
                else:
                    self._paragraph(block, inside=True)
            self.items.clear()

    def _further(self, band: Band) -> None:
        """A row without a number: a heading over the whole width, or more text of the clause before."""
        paragraph = band.first
        if (
            band.wide
            and paragraph
            and paragraph.outline is None
            and not band.rest_of_number
            and is_line(paragraph.text)
            and not paragraph.label
        ):
            self._group(paragraph, self.trail.band_level)
            return
        if paragraph:
            self._paragraph(paragraph, inside=paragraph.outline is None)
        self._cells(band, skipped=None)

    def _grid(self, table: Table) -> None:
        paragraphs = [each for each in paragraphs_of(table) if each.shown or not each.is_empty]
        if not paragraphs:
            return
        self.items.clear()
        numbered = [each for row in table.rows for each in row.cells[0].paragraphs[:1] if (n := read_number(each.shown)) and n.is_deep]
        if numbered:
            self.findings.tell("word_table_numbers", numbered[0].place, numbered[0].shown)
        for paragraph in paragraphs:
            self._passage(paragraph, "table", "word_table_numbers" if paragraph in numbered[:1] else "")
        self.parts.append(Grid(paragraphs[0].place, table))


def _joined(rows: list[list[Piece]]) -> list[Piece]:
    found: list[Piece] = []
    for row in rows:
        if row and found:
            found.append(Piece(" "))
        found += row
    return trimmed(found)
