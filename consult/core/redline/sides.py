"""Two columns: the old text on the left, the new one on the right, rows where they correspond."""

from dataclasses import dataclass
from itertools import zip_longest

from consult.core.change import Mark
from consult.core.markup.draw import Block
from consult.core.markup.inline import Glyphs
from consult.core.redline.marks import Inked, RedlineWords, inked, settled
from consult.core.redline.match import NONE, Pairing

Row = tuple[list[Block], list[Block]]


@dataclass(slots=True)
class _Band:
    """Leaves of either side that belong together: half open ranges."""

    old: tuple[int, int]
    new: tuple[int, int]


def rows(pairing: Pairing, words: RedlineWords) -> list[Row]:
    """Rows of blocks, every leaf of either side once and in order. Leaves that share text stand in one row; what has no match stands
    alone.
    """
    found: list[Row] = []
    old_at = new_at = 0
    end = _Band((len(pairing.old.leaves),) * 2, (len(pairing.new.leaves),) * 2)
    for band in [*_bands(pairing), end]:
        before_old = _units(pairing.old, old_at, band.old[0])
        before_new = _units(pairing.new, new_at, band.new[0])
        for one, other in zip_longest(before_old, before_new, fillvalue=(0, 0)):
            found.append((_side(pairing, "-", one, words), _side(pairing, "+", other, words)))
        if band is not end:
            found.append((_side(pairing, "-", band.old, words), _side(pairing, "+", band.new, words)))
        old_at, new_at = band.old[1], band.new[1]
    return found


def _bands(pairing: Pairing) -> list[_Band]:
    links = {(pairing.old.leaf[was], pairing.new.leaf[at]) for at, was in enumerate(pairing.to_old) if was != NONE}
    links |= {(old, new) for old, new in pairing.partner_new.items()}
    bands: list[_Band] = []
    for old, new in sorted(links):
        band = _Band(_row_of(pairing.old, old), _row_of(pairing.new, new))
        last = bands[-1] if bands else None
        if last and (band.old[0] < last.old[1] or band.new[0] < last.new[1]):
            last.old = (min(last.old[0], band.old[0]), max(last.old[1], band.old[1]))
            last.new = (min(last.new[0], band.new[0]), max(last.new[1], band.new[1]))
        else:
            bands.append(band)
    return bands


def _row_of(glyphs: Glyphs, leaf: int) -> tuple[int, int]:
    row = glyphs.leaves[leaf].row
    start, end = leaf, leaf + 1
    if row != NONE:
        while start > 0 and glyphs.leaves[start - 1].row == row:
            start -= 1
        while end < len(glyphs.leaves) and glyphs.leaves[end].row == row:
            end += 1
    return start, end


def _units(glyphs: Glyphs, start: int, end: int) -> list[tuple[int, int]]:
    """Leaves and whole table rows from start to end."""
    units: list[tuple[int, int]] = []
    while start < end:
        units.append((start, min(_row_of(glyphs, start)[1], end)))
        start = units[-1][1]
    return units


def _side(pairing: Pairing, mark: Mark, reach: tuple[int, int], words: RedlineWords) -> list[Block]:
    glyphs, to_other = (pairing.old, pairing.to_new) if mark == "-" else (pairing.new, pairing.to_old)
    other, partners = (pairing.new, pairing.partner_new) if mark == "-" else (pairing.old, pairing.partner_old)
    blocks = []
    for index in range(*reach):
        first, last = glyphs.spans[index]
        row = [Inked("=" if to_other[at] != NONE else mark, glyphs.chars[at], glyphs.styles[at]) for at in range(first, last)]
        leaf, partner = glyphs.leaves[index], partners.get(index)
        same = partner is not None and other.leaves[partner].label == leaf.label
        label = [Inked("=" if same else mark, char, ()) for char in leaf.label]
        row = _quiet_edges(row, mark)
        marks = {each.mark for each in [*row, *label] if not each.blank}
        change = "" if mark not in marks else "changed" if "=" in marks else "removed" if mark == "-" else "added"
        blocks.append(Block(leaf, inked(label, words), inked(row, words), change))
    return blocks


def _quiet_edges(row: list[Inked], mark: Mark) -> list[Inked]:
    """White space that went alone is not marked; it stays, since this column shows its own text in full."""
    if mark == "+":
        return settled(row)
    kept = [Inked("=", each.char, each.style) if each.mark == "-" and each.blank else each for each in row]
    for at, each in enumerate(row):
        inside = each.mark == "-" and each.blank and 0 < at < len(row) - 1
        if inside and row[at - 1].mark == "-" and row[at + 1].mark == "-":
            kept[at] = each
    return kept
