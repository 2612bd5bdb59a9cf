"""The new structure with what was added and removed, in one layer (old, new) or two (base, draft before, new)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from consult.core.markup.draw import Block
from consult.core.markup.places import mark
from consult.core.redline.marks import Inked, RedlineWords, inked, settled
from consult.core.redline.match import NONE, Pairing
from consult.core.redline.place import Gone, Places, is_row_end, place

BOUND = 4_000_000
"""Above this product of word counts the removals of two layers are not compared: those against the base are shown alone."""

_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W_]+(?:[.,’'-][^\W_]+)*|\s+|.", re.DOTALL)


@dataclass(slots=True)
class Layers:
    """What leads to the new text: from the base and, in layered redlines, from the draft before."""

    base: Pairing
    previous: Pairing | None = None
    struck_later: set[int] = field(default_factory=set)  # characters of the base that the draft before still had
    passing: set[int] = field(default_factory=set)  # characters of the draft before that neither the base nor the new text has


def marked(layers: Layers, places: Sequence[tuple[int, int]]) -> Layers:
    """Marks the places of the new text in which nothing was added and out of which nothing was taken, in either layer."""
    pairings = [each for each in (layers.base, layers.previous) if each]

    def kept(at: int) -> bool:
        return all(pairing.to_old[at] != NONE for pairing in pairings)

    def whole(at: int) -> bool:
        """Nothing stood between this character and the next one."""
        return all(pairing.to_old[at + 1] == pairing.to_old[at] + 1 for pairing in pairings)

    new = layers.base.new
    where = {source: at for at, source in enumerate(new.places) if source != NONE}
    unbroken = [
        (start, end)
        if (first := where.get(start)) is not None and (last := where.get(end - 1)) is not None and all(map(whole, range(first, last)))
        else (start, start)
        for start, end in places
    ]
    mark(new, unbroken, kept)
    return layers


def drawn(layers: Layers, words: RedlineWords) -> list[Block]:
    """Blocks of the new text, and removed ones among them."""
    base, previous = layers.base, layers.previous
    main = place(base)
    other = Places()
    if previous:
        _tell_apart(layers, previous)
        other = place(previous)
    blocks: list[Block] = []
    waiting: list[Block] = []
    for index in range(NONE, len(base.new.leaves)):
        if index != NONE:
            blocks.append(_block(layers, index, main, other, words))
        waiting += [_removed(base, leaf, _since(layers, base, leaf), False, words) for leaf in main.blocks.get(index, ())]
        if previous:
            waiting += [
                _removed(previous, leaf, "2", True, words) for leaf in other.blocks.get(index, ()) if _passes(layers, previous, leaf)
            ]
        if index == NONE or is_row_end(base.new.leaves, index):
            blocks += waiting
            waiting = []
    return blocks


def _block(layers: Layers, index: int, main: Places, other: Places, words: RedlineWords) -> Block:
    new = layers.base.new
    start, end = new.spans[index]
    row = _gone(layers, main.head.get(index, []), other.head.get(index, []))
    for at in range(start, end):
        row.append(_new_character(layers, at))
        row += _gone(layers, main.behind.get(at, []), other.behind.get(at, []))
    row += _gone(layers, main.tail.get(index, []), other.tail.get(index, []))
    row = settled(row)
    label = _label(layers, index)
    marks = {each.mark for each in [*row, *label] if not each.blank}
    change = "" if marks <= {"="} else "added" if marks == {"+"} else "changed"
    since = max((each.since for each in [*row, *label] if each.mark != "="), default="")
    return Block(new.leaves[index], inked(label, words), inked(row, words), change, since)


def _new_character(layers: Layers, at: int) -> Inked:
    new = layers.base.new
    if layers.base.to_old[at] != NONE:
        return Inked("=", new.chars[at], new.styles[at])
    since = "" if not layers.previous else "1" if layers.previous.to_old[at] != NONE else "2"
    return Inked("+", new.chars[at], new.styles[at], since)


def _gone(layers: Layers, main: list[Gone], other: list[Gone]) -> list[Inked]:
    if not layers.previous:
        return [Inked("-", each.char, each.style) for each in main]
    row, since = [], "1"
    for each in main:
        if each.at != NONE:
            since = "2" if each.at in layers.struck_later else "1"
        row.append(Inked("-", each.char, each.style, since))
    row += [Inked("-", each.char, each.style, "2", True) for each in other if each.at in layers.passing]
    return row


def _label(layers: Layers, index: int) -> list[Inked]:
    base, previous = layers.base, layers.previous
    label = base.new.leaves[index].label
    old = base.partner_old.get(index)
    was = base.old.leaves[old].label if old is not None else ""
    if was == label:
        return [Inked("=", char, ()) for char in label]
    since = ""
    if previous:
        before = previous.partner_old.get(index)
        since = "1" if before is not None and previous.old.leaves[before].label == label else "2"
    return [*(Inked("-", char, (), since) for char in was), *(Inked("+", char, (), since) for char in label)]


def _removed(pairing: Pairing, index: int, since: str, passing: bool, words: RedlineWords) -> Block:
    old = pairing.old
    start, end = old.spans[index]
    row = [Inked("-", old.chars[at], old.styles[at], since, passing) for at in range(start, end)]
    label = [Inked("-", char, (), since, passing) for char in old.leaves[index].label]
    return Block(old.leaves[index], inked(label, words), inked(row, words), "removed", since, foreign=True)


def _since(layers: Layers, base: Pairing, leaf: int) -> str:
    """A removed block came with the newest draft when the draft before still had most of it."""
    if not layers.previous:
        return ""
    start, end = base.old.spans[leaf]
    return "2" if sum(at in layers.struck_later for at in range(start, end)) * 2 > end - start else "1"


def _passes(layers: Layers, previous: Pairing, leaf: int) -> bool:
    start, end = previous.old.spans[leaf]
    return sum(at in layers.passing for at in range(start, end)) * 2 > end - start


def _tell_apart(layers: Layers, previous: Pairing) -> None:
    """Compares what went since the base with what went since the draft before, where both went at one place of the new text."""
    layers.passing = {at for at, now in enumerate(previous.to_new) if now == NONE}
    ours, theirs = _stretches(layers.base), _stretches(previous)
    while ours and theirs:
        mine, yours, ours, theirs = _cluster(ours, theirs)
        base_words = _words(layers.base, mine)
        previous_words = _words(previous, yours)
        if len(base_words) * len(previous_words) > BOUND:
            layers.passing.difference_update(at for places, _ in previous_words for at in places)
            continue
        matcher = SequenceMatcher(None, [word for _, word in base_words], [word for _, word in previous_words], autojunk=False)
        for block in matcher.get_matching_blocks():
            for step in range(block.size):
                layers.struck_later.update(base_words[block.a + step][0])
                layers.passing.difference_update(previous_words[block.b + step][0])


Stretch = tuple[int, int, list[int]]
"""Removed characters between two kept ones: the places in the new text it may stand at (from, to), and the characters."""


def _stretches(pairing: Pairing) -> list[Stretch]:
    found: list[Stretch] = []
    low, run = 0, list[int]()
    for at, now in enumerate([*pairing.to_new, len(pairing.new.chars)]):
        if now == NONE:
            run.append(at)
        else:
            if run:
                found.append((low, now, run))
            low, run = now + 1, []
    return found


def _cluster(ours: list[Stretch], theirs: list[Stretch]) -> tuple[list[Stretch], list[Stretch], list[Stretch], list[Stretch]]:
    """The first stretches of either side that overlap, one with the next, and the rest."""
    mine, yours = list[Stretch](), list[Stretch]()
    end = max(ours[0][1] if ours[0][0] <= theirs[0][0] else NONE, theirs[0][1] if theirs[0][0] <= ours[0][0] else NONE)
    grown = True
    while grown:
        grown = False
        for source, taken in ((ours, mine), (theirs, yours)):
            while len(taken) < len(source) and source[len(taken)][0] <= end:
                end = max(end, source[len(taken)][1])
                taken.append(source[len(taken)])
                grown = True
    return mine, yours, ours[len(mine) :], theirs[len(yours) :]


def _words(pairing: Pairing, stretches: list[Stretch]) -> list[tuple[list[int], str]]:
    words: list[tuple[list[int], str]] = []
    for _, _, places in stretches:
        text = "".join(pairing.old.chars[at] for at in places)
        words += [(places[found.start() : found.end()], found[0]) for found in _WORD.finditer(text)]
    return words
