"""Passages written anew: where hardly a word of a line stays, the line is replaced whole instead of being cut around chance words."""

from collections.abc import Sequence

from consult.core.diff.script import Block, gap, merge
from consult.core.diff.tidy import swallow
from consult.core.words import content_word, tokens

_STAYING = 6
"""A line is written anew when less than one in so many of its words stays (of the shorter side). Two sentences on one subject share about
as many by chance: "the Entity", "under article 5"."""
_PIECES = 2
"""Kept pieces between changes from which on they scatter. One is a phrase that stays, and worth showing."""


def rewritten(part: list[Block], old: Sequence[str], new: Sequence[str], language: str) -> list[Block]:
    """The blocks of one window as they are, or one replacement between its common ends. Rows of tables keep their cells."""
    if len(part) <= 2 * _PIECES:
        return part
    whole = (part[0].a0, part[-1].a1, part[0].b0, part[-1].b1)
    left, right = old[whole[0] : whole[1]], new[whole[2] : whole[3]]
    if "|" in left or "|" in right:
        return part
    tidied = swallow(merge(part), old, new, language)
    staying = [_words(old[block.a0 : block.a1]) if block.kept else 0 for block in tidied]
    if sum(words > 0 for words in staying[1:-1]) < _PIECES or sum(staying) * _STAYING >= min(_words(left), _words(right)):
        return part
    return gap(old, new, whole)


def _words(run: Sequence[str]) -> int:
    return sum(content_word(token) for token in tokens("".join(run)))
