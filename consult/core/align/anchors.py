"""Clauses that are the same in both versions: in order by the longest common sequence, then unique ones that moved."""

from collections import Counter
from collections.abc import Sequence
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
    """Returns pairs of clauses with the same title and text (folded), each clause in one pair at most, by old place."""
    pairs = _in_order(old, new)
    used_old, used_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    rest_old = [at for at in range(len(old)) if at not in used_old and len(old.words[at]) >= _WEIGHT]
    rest_new = [at for at in range(len(new)) if at not in used_new and len(new.words[at]) >= _WEIGHT]
    once_old, once_new = _once(old, rest_old), _once(new, rest_new)
    pairs.extend(Pair(at, once_new[key]) for key, at in once_old.items() if key in once_new)
    return sorted(pairs)


def _in_order(old: Reading, new: Reading) -> list[Pair]:
    """The longest common sequence; a clause of few words needs an equal number or an identical neighbour to count."""
    pairs = [
        Pair(step.src_start + k, step.dest_start + k)
        for step in LCSseq.opcodes(old.key, new.key)
        if step.tag == "equal"
        for k in range(step.src_end - step.src_start)
    ]
    known = set(pairs)
    return [
        pair
        for pair in pairs
        if len(old.words[pair.old]) >= _WEIGHT
        or old.clauses[pair.old].number == new.clauses[pair.new].number
        or ((pair.old - 1, pair.new - 1) in known and (pair.old + 1, pair.new + 1) in known)
    ]


def _once(reading: Reading, places: Sequence[int]) -> dict[tuple[str, str], int]:
    count = Counter(reading.key[at] for at in places)
    return {reading.key[at]: at for at in places if count[reading.key[at]] == 1}
