"""A draft as one row of characters and paragraph ends, with the place of every clause in it."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from consult.core.clause import Draft
from consult.core.markup.blocks import Leaf
from consult.core.markup.inline import read_glyphs
from consult.core.render import CELL_JOINT

NONE = -1
END = "\0"
"""The end of a paragraph in a row of characters; no draft contains it."""

Kind = Literal["title", "version", "heading", "para", "note", "item", "bullet", "code", "cell"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: its kind, and `depth` the level of a heading (1..6) or of an item (1 = outermost; 0 outside lists)."""

    kind: Kind
    depth: int = 0


Ink = Literal["=", "-", "+", "<", ">"]
"""Kept, deleted, inserted, moved away from here, moved to here."""
IN_OLD, IN_NEW = "=-<", "=+>"


@dataclass(slots=True)
class Placed:
    """Where a clause lies in the row of its side: its number, title and the end of its heading; its visible characters and leaves."""

    label: range
    title: range
    heading_end: int
    glyphs: list[int] = field(default_factory=list)
    prefixes: list[range] = field(default_factory=list)


@dataclass(slots=True)
class Side:
    """One draft as a row of characters; `looks` by the index of a paragraph's end; `partner` in the other row, NONE for none.

    `moved` are characters that went along with their clause, `moves` the number of the move by the index of a paragraph's end.
    """

    row: list[str] = field(default_factory=list)
    looks: dict[int, Look] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    partner: list[int] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    moves: dict[int, int] = field(default_factory=dict)

    def put(self, text: Iterable[str]) -> range:
        start = len(self.row)
        self.row += text
        return range(start, len(self.row))

    def end(self, look: Look) -> int:
        self.looks[len(self.row)] = look
        self.row.append(END)
        return len(self.row) - 1

    def next_heading(self, start: int, stop: int) -> int:
        """Where the next heading begins between the two places; `stop` if none does."""
        at = bisect_left(self.placed, start, key=lambda each: each.label.start)
        return min(stop, self.placed[at].label.start) if at < len(self.placed) else stop


def laid_out(draft: Draft) -> Side:
    side = Side()
    side.put(draft.title)
    side.end(Look("title"))
    side.put(draft.version)
    side.end(Look("version"))
    for clause in draft.clauses:
        label = side.put(clause.label)
        if clause.label and clause.title:
            side.put(" ")
        title = side.put(clause.title)
        placed = Placed(label, title, side.end(Look("heading", clause.level)))
        _lay_text(side, placed, clause.text)
        side.placed.append(placed)
    return side


def _lay_text(side: Side, placed: Placed, text: str) -> None:
    glyphs = read_glyphs(text)
    for index, leaf in enumerate(glyphs.leaves):
        inside = leaf.kind == "cell" and leaf.column > 0
        placed.prefixes.append(side.put((CELL_JOINT if inside else "") + (f"{leaf.label} " if leaf.label else "")))
        start, end = glyphs.spans[index]
        placed.glyphs += side.put(glyphs.chars[start:end])
        following = glyphs.leaves[index + 1] if index + 1 < len(glyphs.leaves) else None
        row_goes_on = leaf.kind == "cell" and following is not None and following.row == leaf.row
        if not row_goes_on and leaf.kind != "rule":
            side.end(_look(leaf))


def _look(leaf: Leaf) -> Look:
    if leaf.kind == "item":
        return Look("item" if leaf.label else "bullet", leaf.depth)
    kind: Kind = "para" if leaf.kind in ("heading", "rule", "para") else leaf.kind  # type: ignore[assignment]
    return Look(kind, leaf.depth)
