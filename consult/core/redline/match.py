"""Which visible characters of the new text were there before, and which leaves of the two texts are the same one."""

from bisect import bisect_left
from dataclasses import dataclass

from consult.core.change import Spans
from consult.core.markup.inline import Glyphs, read_glyphs

NONE = -1


def old_source(spans: Spans) -> str:
    return "".join(text for mark, text in spans if mark != "+")


def new_source(spans: Spans) -> str:
    return "".join(text for mark, text in spans if mark != "-")


@dataclass(slots=True)
class Pairing:
    """Two texts and what they share. `to_old[n]` is the old character that new character n was, `to_new` the reverse, NONE for neither;
    both rise. `partner_old` and `partner_new` pair leaves: their labels are compared, not added and removed."""

    old: Glyphs
    new: Glyphs
    to_old: list[int]
    to_new: list[int]
    partner_old: dict[int, int]
    partner_new: dict[int, int]


def match(spans: Spans) -> Pairing:
    """Reads both texts out of the spans and follows every kept character from one to the other."""
    old, new = read_glyphs(old_source(spans)), read_glyphs(new_source(spans))
    to_old, to_new = _kept(spans, old, new)
    _same_in_gaps(old, new, to_old, to_new)
    _drop_lone_space(old, to_old, to_new)
    _slide(old, to_new, to_old)
    _slide(new, to_old, to_new)
    pairs = _leaf_pairs(old, new, to_old, to_new)
    return Pairing(old, new, to_old, to_new, {n: o for o, n in pairs.items()}, pairs)


def _kept(spans: Spans, old: Glyphs, new: Glyphs) -> tuple[list[int], list[int]]:
    index = {place: at for at, place in enumerate(old.places) if place != NONE}
    to_old, to_new = [NONE] * len(new.chars), [NONE] * len(old.chars)
    at, last, old_at, new_at = 0, NONE, 0, 0
    for mark, text in spans:
        if mark == "=":
            end = new_at + len(text)
            while at < len(new.chars) and new.places[at] < end:
                place = new.places[at]
                was = index.get(place - new_at + old_at, NONE) if place >= new_at else NONE
                if was > last and old.chars[was] == new.chars[at]:
                    to_old[at], to_new[was], last = was, at, was
                at += 1
        old_at += len(text) if mark != "+" else 0
        new_at += len(text) if mark != "-" else 0
        while at < len(new.chars) and new.places[at] < new_at:
            at += 1
    return to_old, to_new


def _drop_lone_space(old: Glyphs, to_old: list[int], to_new: list[int]) -> None:
    """A kept space says nothing unless the character before or behind it was kept with it."""
    for was, now in enumerate(to_new):
        if now == NONE or not old.chars[was].isspace():
            continue
        beside = [(was + step, now + step) for step in (-1, 1) if 0 <= was + step < len(to_new)]
        if not any(to_new[one] == other and not old.chars[one].isspace() for one, other in beside):
            to_new[was] = to_old[now] = NONE


def _same_in_gaps(old: Glyphs, new: Glyphs, to_old: list[int], to_new: list[int]) -> None:
    """Where markup alone was rewritten, the characters between two kept ones are the same on both sides: they are kept."""
    for (i, j), (k, m) in _gaps(to_old, len(old.chars)):
        was = [at for at in range(i, j) if not old.chars[at].isspace()]
        now = [at for at in range(k, m) if not new.chars[at].isspace()]
        if len(was) == len(now) and all(old.chars[a] == new.chars[b] for a, b in zip(was, now, strict=True)):
            for a, b in zip(was, now, strict=True):
                to_old[b], to_new[a] = a, b


def _gaps(to_old: list[int], old_length: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Stretches between kept characters: ((old from, to), (new from, to)), half open."""
    found = []
    o = n = 0
    for at, was in enumerate([*to_old, old_length]):
        if was == NONE:
            continue
        if was > o or at > n:
            found.append(((o, was), (n, at)))
        o, n = was + 1, at + 1
    return found


def _slide(one: Glyphs, to_other: list[int], to_one: list[int]) -> None:
    """Moves a stretch found in `one` only to the edges of leaves, where the same characters stand before and behind it.

    "report emissions; / report water" minus the first item may come as "report |emissions; / report| water"; the item went as a whole.
    """
    starts = {start for start, end in one.spans if end > start} | {len(one.chars)}
    for (i, j), (k, m) in _gaps(to_other, len(to_one)):
        if k == m or i != j or (i in starts and k in starts):
            continue
        for step in (-1, 1):
            moved = _steps(one, to_other, k, m, step, starts)
            if not moved:
                continue
            source = range(k - moved, k) if step < 0 else range(m + moved - 1, m - 1, -1)
            width = m - k if step < 0 else k - m
            for at in reversed(source):
                other = to_other[at]
                to_other[at], to_other[at + width], to_one[other] = NONE, other, at + width
            break


def _steps(one: Glyphs, to_other: list[int], k: int, m: int, step: int, starts: set[int]) -> int:
    """By how many characters the stretch k..m can be moved until it covers whole leaves; 0 if it cannot."""
    for count in range(1, m - k + 1):
        edge, far = (k - count, m - count) if step < 0 else (m + count - 1, k + count - 1)
        if not 0 <= edge < len(one.chars) or to_other[edge] == NONE or one.chars[edge] != one.chars[far]:
            return 0
        if step < 0 and count > 1 and to_other[edge] != to_other[edge + 1] - 1:
            return 0
        if step > 0 and count > 1 and to_other[edge] != to_other[edge - 1] + 1:
            return 0
        first, last = (k - count, m - count) if step < 0 else (k + count, m + count)
        if first in starts and last in starts:
            return count
    return 0


def _leaf_pairs(old: Glyphs, new: Glyphs, to_old: list[int], to_new: list[int]) -> dict[int, int]:
    """Old leaf -> new leaf. Each begins with the other's first kept character; or, with nothing kept, they have one place and one label
    or column.
    """
    first_new = [_first(new, to_old, leaf) for leaf in range(len(new.leaves))]
    first_old = [_first(old, to_new, leaf) for leaf in range(len(old.leaves))]
    pairs: dict[int, int] = {}
    for n, at in enumerate(first_new):
        if at != NONE:
            o = old.leaf[to_old[at]]
            if first_old[o] != NONE and new.leaf[to_new[first_old[o]]] == n:
                pairs[o] = n
    loose_old = [o for o, at in enumerate(first_old) if at == NONE]
    loose_new = [n for n, at in enumerate(first_new) if at == NONE]
    window = _windows(old, new, to_new, pairs)
    rows = {new.leaves[n].row: old.leaves[o].row for o, n in pairs.items() if new.leaves[n].kind == "cell" == old.leaves[o].kind}
    by_label: dict[tuple[object, ...], list[int]] = {}
    for o in loose_old:
        leaf = old.leaves[o]
        by_label.setdefault(("cell", leaf.row, leaf.column) if leaf.kind == "cell" else (leaf.kind, leaf.label, leaf.depth), []).append(o)
    taken_old, taken_new = sorted(pairs), sorted(pairs.values())
    for n in loose_new:
        leaf = new.leaves[n]
        if leaf.kind != "cell" and not leaf.label:
            continue
        key = ("cell", rows.get(leaf.row, NONE), leaf.column) if leaf.kind == "cell" else (leaf.kind, leaf.label, leaf.depth)
        for o in by_label.get(key, ()):
            low, high = window[o]
            if low < n < high and bisect_left(taken_old, o) == bisect_left(taken_new, n) and o not in pairs:
                pairs[o] = n
                taken_old.insert(bisect_left(taken_old, o), o)
                taken_new.insert(bisect_left(taken_new, n), n)
                break
    return pairs


def _first(glyphs: Glyphs, to_other: list[int], leaf: int) -> int:
    start, end = glyphs.spans[leaf]
    return next((at for at in range(start, end) if to_other[at] != NONE and not glyphs.chars[at].isspace()), NONE)


def _windows(old: Glyphs, new: Glyphs, to_new: list[int], pairs: dict[int, int]) -> list[tuple[int, int]]:
    """For each old leaf, the new leaves that the kept characters before and behind it stand in."""
    lows: list[int] = []
    low = NONE
    for start, end in old.spans:
        lows.append(low)
        low = max([low, *(new.leaf[to_new[at]] for at in range(start, end) if to_new[at] != NONE)])
    highs: list[int] = []
    high = len(new.leaves)
    for start, end in reversed(old.spans):
        highs.append(high)
        high = min([high, *(new.leaf[to_new[at]] for at in range(start, end) if to_new[at] != NONE)])
    return list(zip(lows, reversed(highs), strict=True))
