"""Searching clauses and comments in any language: the tokens a text is found by, what a query asks for, and where it is met in a text.

Words are folded (case, accents, ligatures, width); Han runs give their characters and pairs of characters, so that a word of two characters
is found; a number keeps its points, so that 5.2 is not found in 5.21 or 15.2.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<number>\d+(?:[.\-]\w+)+|\d+)|(?P<word>(?:[^\W_{_HAN}]|[\u0300-\u036f])+)")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"})
LONGEST = 64
"""Characters of a token; what is longer is cut on both sides, in texts and in queries."""
MOST_TERMS = 16
"""Terms of a query that count: what nobody types by hand is not searched for."""
MOST_HITS = 300
"""Places of a text that are looked at for its densest passage."""
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Term:
    """What a text must hold: a word that begins so (`prefix`), a number, or a run of Han characters (as tokens and as written)."""

    kind: Literal["word", "number", "han"]
    text: str
    tokens: tuple[str, ...]
    prefix: bool = False


def fold(text: str) -> str:
    """Case, accents, ligatures and width folded."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(*texts: str) -> list[str]:
    """The tokens the texts are found by, each once, in order of their first occurrence."""
    found: dict[str, None] = {}
    for text in texts:
        for piece in _PIECE.finditer(unicodedata.normalize("NFKC", text)):
            for token in _han(piece["han"]) if piece["han"] else [fold(piece[0])[:LONGEST]]:
                found[token] = None
    found.pop("", None)
    return list(found)


def _han(run: str) -> list[str]:
    return [*run, *(run[at : at + 2] for at in range(len(run) - 1))]


def terms(query: str) -> tuple[Term, ...]:
    """What a query asks for; all of its terms must be met. A word of three letters and more is met by words that begin with it; its plural
    ending is taken off.
    """
    found: dict[Term, None] = {}
    for piece in _PIECE.finditer(unicodedata.normalize("NFKC", query)):
        if run := piece["han"]:
            term = Term("han", run, tuple(_han(run)[len(run) :] or [run]))
        elif piece["number"]:
            term = Term("number", fold(piece[0])[:LONGEST], (fold(piece[0])[:LONGEST],))
        else:
            word = _bare(fold(piece[0])[:LONGEST])
            term = Term("word", word, (word,), prefix=len(word) >= _SHORT)
        if term.text:
            found[term] = None
    return tuple(found)[:MOST_TERMS]


def _bare(word: str) -> str:
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3]
    return word[:-1] if len(word) > _SHORT + 1 and word[-1] in "sx" and word[-2] not in "s" else word


def hits(text: str, wanted: Iterable[Term]) -> list[tuple[int, int]]:
    """Places (start, end) of `text` that meet a term, in order, none overlapping."""
    listed = tuple(wanted)
    found = []
    for piece in re.finditer(rf"[{_HAN}]+|\d+(?:[.\-]\w+)+|\d+|(?:[^\W_{_HAN}]|[\u0300-\u036f])+", text):
        word = fold(piece[0])
        for term in listed:
            if term.kind == "han":
                found += [(piece.start() + at.start(), piece.start() + at.end()) for at in re.finditer(re.escape(term.text), piece[0])]
            elif word == term.text or (term.prefix and word.startswith(term.text)):
                found.append(piece.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def snippet(text: str, wanted: Iterable[Term], length: int = 260) -> tuple[tuple[str, bool], ...]:
    """A passage of about `length` characters around the densest hits, as (piece, is a hit); "…" where it is cut."""
    flat = " ".join(text.split())
    if len(re.findall(rf"[{_HAN}]", flat)) * 2 > len(flat):
        length = length * 2 // 5  # a Han character says as much as two letters and a half
    places = hits(flat, wanted)[:MOST_HITS]
    start = 0
    if len(flat) > length and places:
        best = max(places, key=lambda place: (sum(place[0] <= other[0] < place[0] + length for other in places), -place[0]))
        start = max(0, min(best[0] - length // 5, len(flat) - length))
        if start and not re.match(rf"[{_HAN}]", flat[start]):
            start = flat.find(" ", start, best[0]) + 1 or start
    end = len(flat) if len(flat) - start <= length else start + length
    if end < len(flat) and not re.match(rf"[{_HAN}]", flat[end]):
        end = max(flat.rfind(" ", start + length // 2, end), start + length // 2)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for a, b in places:
        if b <= start or a >= end:
            continue
        a, b = max(a, at), min(b, end)
        if a > at:
            pieces.append((flat[at:a], False))
        pieces.append((flat[a:b], True))
        at = b
    if at < end:
        pieces.append((flat[at:end], False))
    return tuple([*pieces, ("…", False)] if end < len(flat) else pieces)
