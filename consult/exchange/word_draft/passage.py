"""What is read of the body before anybody asks what it means: paragraphs of pieces, and tables of them."""

from dataclasses import dataclass, field
from typing import Literal

from consult.exchange.word_draft.numbering import Number

NoteKind = Literal["footnote", "endnote"]
BREAK = "\n"
TAB = "\t"
"""Kept until it is known whether it parts a number from its text; a space in the draft."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one form. `link` is its address outside the file; `picture` the path of a figure whose alternative text is `text`;
    `note` names a footnote or endnote whose mark stands here.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    picture: str = ""
    note: tuple[NoteKind, str] | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the body. `place` counts them from 1; `outline` is its depth as a heading (0 the highest), None for text."""

    place: int
    pieces: list[Piece] = field(default_factory=list)
    number: Number | None = None
    outline: int | None = None
    role: str = ""
    indent: int = 0
    in_contents: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def label(self) -> str:
        return self.number.label if self.number else ""

    @property
    def shown(self) -> str:
        """As a reader sees it, with its number."""
        return " ".join(f"{self.label} {self.text}".split())

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not any(piece.picture or piece.note for piece in self.pieces)

    @property
    def is_bold(self) -> bool:
        """All of it that can be seen, and something can."""
        seen = [piece for piece in self.pieces if piece.text.strip()]
        return bool(seen) and all(piece.bold for piece in seen)


@dataclass(slots=True)
class Cell:
    blocks: "list[Block]"
    span: int = 1
    continues: bool = False

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [each for block in self.blocks for each in paragraphs_of(block)]

    @property
    def shown(self) -> str:
        return " ".join(paragraph.shown for paragraph in self.paragraphs if paragraph.shown)


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    head: bool = False


@dataclass(slots=True)
class Table:
    rows: list[Row]


Block = Paragraph | Table


def paragraphs_of(block: Block) -> list[Paragraph]:
    """The paragraphs of a block in order, those in cells too."""
    if isinstance(block, Paragraph):
        return [block]
    return [each for row in block.rows for cell in row.cells for each in cell.paragraphs]
