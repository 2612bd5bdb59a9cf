"""Word-level differences of two texts, exact to the byte, bounded by size and never by the clock."""

from consult.core.change import Spans
from consult.core.diff.rewritten import rewritten
from consult.core.diff.script import Block, compare_tokens
from consult.core.diff.tidy import tidy
from consult.core.diff.units import pair_lines
from consult.core.words import tokens

__all__ = ["diff"]


def diff(old: str, new: str, language: str) -> tuple[Spans, bool]:
    """Returns the spans from `old` to `new`, and whether a part was too large to compare word by word.

    Kept and removed spans joined are `old`, kept and added ones `new`, byte for byte. Where words were replaced the removed span
    stands before the added one; neighbouring spans differ in mark; there are no empty spans. Lines (list items, table rows, paragraphs)
    are compared before words. `language` ("en", "fr", "zh", …) decides how small kept islands are read.
    """
    if old == new:
        return ((("=", old),) if old else ()), False
    if not old or not new:
        return ((("-", old),) if old else (("+", new),)), False
    left, right = [token.text for token in tokens(old)], [token.text for token in tokens(new)]
    windows = list(pair_lines(left, right))
    blocks: list[Block] = []
    bounded = False
    for window in windows:
        part, cut = compare_tokens(left, right, window)
        blocks.extend(rewritten(part, left, right, language[:2]))
        bounded = bounded or cut
    apart = {(a0, b0) for a0, _, b0, _ in windows}
    return tidy(blocks, left, right, language[:2], apart), bounded
