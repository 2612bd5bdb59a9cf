"""A draft before it is written: headings, text, tables, each with the paragraph it came from."""

from dataclasses import dataclass, field

from consult.exchange.word_draft.passage import Piece, Table


@dataclass(slots=True)
class Head:
    """A heading; `label` "" for a group."""

    place: int
    level: int
    label: str
    title: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """A paragraph (`marker` "", `depth` 0), an item, or a paragraph that goes on in an item (`marker` "", `depth` of the item)."""

    place: int
    pieces: list[Piece]
    marker: str = ""
    depth: int = 0


@dataclass(slots=True)
class Grid:
    place: int
    table: Table


Part = Head | Text | Grid
