"""Where each removed character is drawn: beside its kept neighbours, at the head of the leaf that replaced its own, or in a block of its
own.
"""

from dataclasses import dataclass, field

from consult.core.markup.blocks import Leaf
from consult.core.markup.inline import Style
from consult.core.redline.match import NONE, Pairing


@dataclass(frozen=True, slots=True)
class Gone:
    """A removed character; `at` is its index in the old text, NONE for labels and joints that are not characters of a leaf's text."""

    char: str
    style: Style
    at: int = NONE


@dataclass(slots=True)
class Places:
    """Removed characters by place in the new text: behind a character, at the head or tail of a leaf; and old leaves that stand as removed
    blocks behind a new leaf (NONE: before the first)."""

    behind: dict[int, list[Gone]] = field(default_factory=dict)
    head: dict[int, list[Gone]] = field(default_factory=dict)
    tail: dict[int, list[Gone]] = field(default_factory=dict)
    blocks: dict[int, list[int]] = field(default_factory=dict)


def place(pairing: Pairing) -> Places:
    """Places every removed character so that removed and kept ones together read as the old text."""
    return _Placing(pairing).run()


class _Placing:
    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self.old, self.new = pairing.old, pairing.new
        self.places = Places()
        self.cursor = NONE  # the new leaf that old text was last found in
        self.last = NONE  # the new character it was last found at
        self.kept_before = self._kept_before()
        self.anchors = [self._anchors(leaf) for leaf in range(len(self.old.leaves))]
        self.following = self._following()
        self.rows_held = {self.old.leaves[leaf].row for leaf, held in enumerate(self.anchors) if held}

    def run(self) -> Places:
        for leaf in range(len(self.old.leaves)):
            partner = self.pairing.partner_new.get(leaf)
            kept = self.anchors[leaf]
            if not kept:
                self._loose(leaf)
            elif partner is not None and all(at == NONE for at in self.pairing.to_new[slice(*self.old.spans[leaf])]):
                self._put(self.places.head, partner, self._gone(leaf))
                self.cursor = partner
            else:
                self._held(leaf, partner)
        return self.places

    def _held(self, leaf: int, partner: int | None) -> None:
        """A leaf with kept characters: the rest of it goes beside them."""
        start, end = self.old.spans[leaf]
        pending: list[Gone] = self._label(leaf) if partner is None else []
        anchor = NONE
        for at in range(start, end):
            now = self.pairing.to_new[at]
            if now == NONE:
                gone = Gone(self.old.chars[at], self.old.styles[at], at)
                if anchor == NONE:
                    pending.append(gone)
                else:
                    self.places.behind.setdefault(anchor, []).append(gone)
                continue
            if pending:
                self._before(now, pending)
                pending = []
            anchor = self.last = now
            self.cursor = self.new.leaf[now]

    def _loose(self, leaf: int) -> None:
        """A leaf of which nothing was kept: a block of its own where there is room between two leaves, else beside what was kept."""
        after = self.following[leaf]
        row = self.old.leaves[leaf].row
        partly = row != NONE and row in self.rows_held
        if not partly and after > self.cursor and not self._one_row(self.cursor, after):
            self.places.blocks.setdefault(self.cursor, []).append(leaf)
            return
        gone = [*self._label(leaf), *self._gone(leaf)]
        if self.cursor == after:
            self._put(self.places.behind, self.last, gone, foreign=True)
        elif self.cursor != NONE:
            self._put(self.places.tail, self.cursor, gone)
        else:
            self._put(self.places.head, after, gone, foreign=True)

    def _one_row(self, one: int, other: int) -> bool:
        if not (0 <= one < len(self.new.leaves) and other < len(self.new.leaves)):
            return False
        row = self.new.leaves[one].row
        return row != NONE and row == self.new.leaves[other].row

    def _before(self, now: int, gone: list[Gone]) -> None:
        earlier = self.kept_before[now]
        if earlier != NONE:
            self._put(self.places.behind, earlier, gone)
        else:
            self._put(self.places.head, self.new.leaf[now], gone)

    def _put(self, shelf: dict[int, list[Gone]], key: int, gone: list[Gone], *, foreign: bool = False) -> None:
        """Sets text apart from what stands before it, and from what follows where that is from another leaf (`foreign`)."""
        there = shelf.setdefault(key, [])
        if gone and (there or shelf is not self.places.head):
            there.append(Gone(" ", ()))
        there += gone
        if gone and foreign:
            there.append(Gone(" ", ()))

    def _gone(self, leaf: int) -> list[Gone]:
        start, end = self.old.spans[leaf]
        return [Gone(self.old.chars[at], self.old.styles[at], at) for at in range(start, end)]

    def _label(self, leaf: int) -> list[Gone]:
        label = self.old.leaves[leaf].label
        return [Gone(char, ()) for char in f"{label} "] if label else []

    def _anchors(self, leaf: int) -> bool:
        start, end = self.old.spans[leaf]
        return leaf in self.pairing.partner_new or any(self.pairing.to_new[at] != NONE for at in range(start, end))

    def _kept_before(self) -> list[int]:
        """For each new character, the nearest kept one before it in the same leaf."""
        found: list[int] = []
        last, leaf = NONE, NONE
        for at, was in enumerate(self.pairing.to_old):
            if self.new.leaf[at] != leaf:
                last, leaf = NONE, self.new.leaf[at]
            found.append(last)
            if was != NONE:
                last = at
        return found

    def _following(self) -> list[int]:
        """For each old leaf, the first new leaf in which a later one is found; past the end if none is."""
        found: list[int] = []
        after = len(self.new.leaves)
        for leaf in range(len(self.old.leaves) - 1, -1, -1):
            found.append(after)
            start, end = self.old.spans[leaf]
            kept = [self.new.leaf[now] for now in self.pairing.to_new[start:end] if now != NONE]
            if leaf in self.pairing.partner_new:
                kept.append(self.pairing.partner_new[leaf])
            after = min([after, *kept])
        return found[::-1]


def is_row_end(leaves: tuple[Leaf, ...], index: int) -> bool:
    """Whether nothing of the same table row follows."""
    row = leaves[index].row
    return row == NONE or index + 1 == len(leaves) or leaves[index + 1].row != row
