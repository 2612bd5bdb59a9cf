"""Whether two comments say the same: identical but for case and punctuation, or nearly (another greeting, another name).

A text is cut into shingles: two words that follow each other, in Han script two characters. Two texts are near where most shingles are common
to both. What differs in a figure or in a negation is never the same, however alike the words are: "500 t" and "600 t" are two demands. A wording
proposed is the same or another one: most of its words are those of the clause. Translations are not recognised: that takes a person.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Literal

Likeness = Literal["identical", "near"]
LIKENESSES: tuple[Likeness, ...] = ("identical", "near")
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"[{HAN}]|\d+(?:[.,]\d+)*|[^\W\d_{HAN}]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "nor",
        "cannot",
        "without",
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "ni",
        "sans",
        "non",
        "不",
        "没",
        "无",
        "未",
        "勿",
        "非",
    ]
)
LONG_ENOUGH = 8
"""Shingles below which a text is too short to be called near another; identical it can be."""
NEAR = 0.6
"""Share of shingles that two texts must have in common (Dice) to be near."""
BEGUN = 0.8
"""Share of the shingles of a text still being written that another must hold, to be offered."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What a comment says as it is compared: its pieces without case and punctuation, their shingles, its figures, how often it negates, and the
    pieces of the wording it proposes.
    """

    pieces: tuple[str, ...]
    proposed: tuple[str, ...]
    shingles: Counter[tuple[str, str]]
    figures: Counter[str]
    negations: int

    @property
    def sha256(self) -> str:
        """Equal for texts that are identical but for case, punctuation and spaces."""
        return sha256("\0".join((*self.pieces, "", *self.proposed)).encode()).hexdigest()

    @property
    def says_something(self) -> bool:
        return bool(self.pieces or self.proposed)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that another may say again; `key` is whatever tells it from others."""

    key: int
    gist: Gist


@dataclass(frozen=True, slots=True)
class Match:
    """What says the same, how surely (share of common shingles, 0 to 1)."""

    key: int
    likeness: Likeness
    share: float


def gist(text: str | None, proposed: str | None = None, rationale: str | None = None) -> Gist:
    pieces = _pieces("\n".join(words for words in (text, rationale) if words))
    figures = Counter(piece for piece in pieces if _FIGURE.fullmatch(piece))
    return Gist(pieces, _pieces(proposed or ""), Counter(pairwise(pieces)), figures, sum(piece in NEGATIONS for piece in pieces))


def _pieces(written: str) -> tuple[str, ...]:
    return tuple(_PIECE.findall(unicodedata.normalize("NFKC", written).casefold()))


def likeness(one: Gist, other: Gist) -> tuple[Likeness, float] | None:
    """How one text says what the other says; None where it does not."""
    if one.proposed != other.proposed or not one.says_something:
        return None
    if one.pieces == other.pieces:
        return "identical", 1.0
    least = min(one.shingles.total(), other.shingles.total())
    most = max(one.shingles.total(), other.shingles.total())
    if least < LONG_ENOUGH or 2 * least < NEAR * (least + most):  # no overlap of these lengths could reach the share
        return None
    share = 2 * (one.shingles & other.shingles).total() / (least + most)
    return ("near", share) if share >= NEAR and _same_points(one, other) else None


def same(said: Gist, among: Iterable[Candidate]) -> Match | None:
    """The one of the candidates that a text repeats, the likest (of equals the first); None where it is a text of its own."""
    matches = _matches(said, among)
    return max(matches, key=lambda match: match.share) if matches else None


def offered(said: Gist, among: Sequence[Candidate], *, most: int = 3) -> tuple[Match, ...]:
    """What says the same as a text that is written now, the likest first. A text that was only begun is found by what it holds already."""
    found = {match.key: match for match in _matches(said, among)}
    for each in among:
        if each.key not in found and (share := _held(said, each.gist)) >= BEGUN:
            found[each.key] = Match(each.key, "near", share)
    return tuple(sorted(found.values(), key=lambda match: -match.share)[:most])


def _matches(said: Gist, among: Iterable[Candidate]) -> list[Match]:
    return [Match(each.key, *alike) for each in among if (alike := likeness(said, each.gist))]


def _same_points(one: Gist, other: Gist) -> bool:
    return one.figures == other.figures and one.negations == other.negations


def _held(begun: Gist, whole: Gist) -> float:
    """The share of what was begun that the whole text holds; 0 where too little was written, or it says a figure that the whole does not."""
    written = begun.shingles.total()
    if written < LONG_ENOUGH or begun.figures - whole.figures or (begun.proposed and begun.proposed != whole.proposed):
        return 0.0
    return (begun.shingles & whole.shingles).total() / written
