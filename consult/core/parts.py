"""Parts of a change: what of a comparison belongs to each of several clauses on its new side (split)."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from consult.core.change import JOINT, Mark, Span, Spans
from consult.core.words import tokens
from consult.core.words.tokens import LABEL


class _Piece(NamedTuple):
    """A span with where it begins in the new text, and the part a removal stands in (-1: in none yet)."""

    mark: Mark
    text: str
    at: int
    home: int


def parts(spans: Spans, texts: tuple[str, ...]) -> tuple[Spans, ...]:
    """One part per text, where the new side is these texts joined in their order; the whole for each where it is not.

    Kept + added of a part is its text; every removal stands in exactly one part: behind the words before it, or, where what replaced it
    reaches over several parts, in the one with which it has most words in common; a list label in the last of them.
    """
    if len(texts) == 1 or "".join(text for mark, text in spans if mark != "-") != JOINT.join(texts):
        return tuple(spans for _ in texts)
    ends: list[tuple[int, int]] = []
    for text in texts:
        start = ends[-1][1] + len(JOINT) if ends else 0
        ends.append((start, start + len(text)))
    pieces = _pieces(spans, ends)
    return tuple(_part(pieces, number, *reach) for number, reach in enumerate(ends))


def _pieces(spans: Spans, reaches: Sequence[tuple[int, int]]) -> list[_Piece]:
    found: list[_Piece] = []
    at = 0
    for (mark, text), (following, added) in pairwise([*spans, ("=", "")]):
        home = -1
        if mark == "-":
            home = next(number for number, (_, end) in enumerate(reaches) if at <= end)
            if following == "+":
                home = _nearest(text, added, at, reaches, home)
        found.append(_Piece(mark, text, at, home))
        at += 0 if mark == "-" else len(text)
    return found


def _nearest(gone: str, added: str, at: int, reaches: Sequence[tuple[int, int]], first: int) -> int:
    """The part in which a removal is best read beside what replaced it."""
    shares = {
        number: added[max(0, start - at) : end - at]
        for number, (start, end) in enumerate(reaches)
        if number >= first and start < at + len(added) and end > at
    }
    if len(shares) < 2:
        return first
    if LABEL.fullmatch(gone.strip()):
        return max(shares)
    words = _words(gone)
    common = {number: (words & _words(text)).total() for number, text in shares.items()}
    best = max(common, key=lambda number: (common[number], -number))
    return best if common[best] > common.get(first, 0) else first


def _words(text: str) -> Counter[str]:
    return Counter(token.text.casefold() for token in tokens(text) if token.kind not in ("space", "mark"))


def _part(pieces: Sequence[_Piece], number: int, start: int, end: int) -> Spans:
    """The characters `start..end` of the new text, and the removals at home here."""
    found: list[Span] = []
    for mark, text, at, home in pieces:
        piece = (text if home == number else "") if mark == "-" else text[max(0, start - at) : max(0, end - at)]
        if piece:
            found.append((mark, piece))
    return tuple(found)
