"""A change between two versions: which clauses correspond, how, and how sure the program is (design, section 6)."""

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal["unchanged", "modified", "added", "removed", "renumbered", "moved", "split", "merged"]
KINDS: tuple[ChangeKind, ...] = ("unchanged", "modified", "added", "removed", "renumbered", "moved", "split", "merged")

Mark = Literal["=", "-", "+"]
Span = tuple[Mark, str]
Spans = tuple[Span, ...]
"""Runs of text: kept, removed, added. Kept + removed is the old text byte for byte, kept + added the new one."""

JOINT = "\n\n"
"""Between the texts of several clauses on one side of a change (split, merged), in document order."""


@dataclass(frozen=True, slots=True)
class Link:
    """Clauses that correspond: numbers of either side in document order; an empty side means added or removed.

    `score` 0..1 is the probability that the link is right; `reason` a code (identical, recorded, content, number, split, merged, none);
    `unsure` asks for a person's look. Split: one old, several new. Merged: the reverse.
    """

    kinds: tuple[ChangeKind, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    score: float
    reason: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A link with the words that changed, in one language. `bounded` says that a text was too large to compare word by word."""

    link: Link
    title: Spans
    text: Spans
    bounded: bool = False
