"""Clauses that are the same in both versions: in order by the longest common sequence, then unique ones that moved."""

from collections import Counter
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from consult.core.align.reading import Reading

_WEIGHT = 4
"""Words a clause must have to be recognised out of order; "General" without text stands in many places."""


class Pair(NamedTuple):
    """Places of an old and a new clause among the numbered clauses of their drafts."""

    old: int
    new: int


def identical(old: Reading, new: Reading) -> list[Pair]:
    """Returns pairs of clauses with the same title and text (folded), each clause in one pair at most, by old place.

    A text that stands in several places of a draft pairs only in order and with a witness: the same headings above it, or both neighbours
    paired alike. What is left is for the general comparison to settle.
    """
    count_old, count_new = Counter(old.key), Counter(new.key)
    in_order = _in_order(old, new)
    known = set(in_order)
    pairs = [
        pair
        for pair in in_order
        if (count_old[old.key[pair.old]] == count_new[new.key[pair.new]] == 1 and len(old.words[pair.old]) >= _WEIGHT)
        or old.path[pair.old] == new.path[pair.new]
        or {(pair.old - 1, pair.new - 1), (pair.old + 1, pair.new + 1)} <= known
    ]
    used = {pair.old for pair in pairs}
    once = {key: at for at, key in enumerate(new.key) if count_new[key] == 1}
    pairs.extend(
        Pair(at, once[key])
        for at, key in enumerate(old.key)
        if at not in used and count_old[key] == 1 and key in once and len(old.words[at]) >= _WEIGHT
    )
    return sorted(pairs)


def _in_order(old: Reading, new: Reading) -> list[Pair]:
    return [
        Pair(step.src_start + k, step.dest_start + k)
        for step in LCSseq.opcodes(old.key, new.key)
        if step.tag == "equal"
        for k in range(step.src_end - step.src_start)
    ]
