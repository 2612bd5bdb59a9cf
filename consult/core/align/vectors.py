"""Bags of words as sparse rows, with inverse document frequencies over both versions; dots are summed in a fixed order, so results repeat."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHUNK = 1024
"""Columns compared at once: bounds memory by words x 1,024 numbers, whatever the size of the drafts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One sparse row per clause: places in the vocabulary, and a weight for each. `size` is that of the vocabulary."""

    places: list[Ints]
    weights: list[Floats]
    size: int

    def __len__(self) -> int:
        return len(self.places)


def weigh(old: Sequence[Sequence[int]], new: Sequence[Sequence[int]], size: int) -> tuple[Rows, Rows, Floats]:
    """Turns lists of word codes into rows of length one, weighted tf-idf; also returns the idf of each word."""
    bags = [[np.unique(np.asarray(words, dtype=np.int64), return_counts=True) for words in side] for side in (old, new)]
    df = np.zeros(size)
    for side in bags:
        for places, _ in side:
            df[places] += 1
    idf = np.log((len(old) + len(new) + 1) / (df + 0.5))
    return _rows(bags[0], idf, size), _rows(bags[1], idf, size), idf


def _rows(bags: Sequence[tuple[Ints, Ints]], idf: Floats, size: int) -> Rows:
    weights = []
    for places, counts in bags:
        row = (1 + np.log(counts)) * idf[places] if len(places) else np.zeros(0)
        length = float(np.sqrt(row @ row)) if len(row) else 0.0
        weights.append(row / length if length else row)
    return Rows([places for places, _ in bags], weights, size)


def encode(*groups: Sequence[Sequence[str]]) -> tuple[list[list[list[int]]], int]:
    """Numbers the words of several groups of bags alike; returns the coded groups and the size of the vocabulary."""
    codes: dict[str, int] = {}
    coded = [[[codes.setdefault(word, len(codes)) for word in bag] for bag in group] for group in groups]
    return coded, max(len(codes), 1)


def sets_of(rows: Rows, idf: Floats | None = None) -> Rows:
    """The same words, each once, weighing its idf (or one): for shares of the mass that two clauses hold in common."""
    return Rows(rows.places, [idf[places] if idf is not None else np.ones(len(places)) for places in rows.places], rows.size)


def nearest(old: Rows, new: Rows, open_old: Sequence[int], open_new: Sequence[int], count: int) -> set[tuple[int, int]]:
    """Pairs of open rows where one is among the `count` rows most like the other, in either direction; ties go to the earlier row."""
    found: set[tuple[int, int]] = set()
    best: dict[int, list[tuple[float, int]]] = {row: [] for row in open_old}
    if not open_old:
        return found
    for start in range(0, len(open_new), CHUNK):
        columns = open_new[start : start + CHUNK]
        dense = np.zeros((old.size, len(columns)))
        for at, column in enumerate(columns):
            dense[new.places[column], at] = new.weights[column]
        block = np.round(np.stack([old.weights[row] @ dense[old.places[row]] for row in open_old]), 9)
        for at, column in enumerate(columns):
            found.update((open_old[place], column) for place in _top(block[:, at], count))
        for place, row in enumerate(open_old):
            best[row].extend((-float(block[place, at]), columns[at]) for at in _top(block[place], count))
    for row, scored in best.items():
        found.update((row, column) for _, column in sorted(scored)[:count])
    return found


def _top(scores: NDArray[np.floating], count: int) -> Ints:
    """Places of the highest positive scores, at most `count`, the earlier first among equals."""
    order = np.argsort(-scores, kind="stable")[:count]
    return order[scores[order] > 0]


def dots(old: Rows, new: Rows, left: Ints, right: Ints) -> Floats:
    """The dot product of old[left[k]] and new[right[k]] for every k; `left` must be sorted."""
    out = np.zeros(len(left))
    spread = np.zeros(old.size)
    bounds = np.searchsorted(left, np.arange(len(old) + 1))
    for row in range(len(old)):
        first, last = int(bounds[row]), int(bounds[row + 1])
        if first == last or not len(old.places[row]):
            continue
        wanted = [k for k in range(first, last) if len(new.places[right[k]])]
        if not wanted:
            continue
        columns = [int(right[k]) for k in wanted]
        spread[old.places[row]] = old.weights[row]
        starts = np.cumsum([0, *(len(new.places[column]) for column in columns[:-1])])
        shared = spread[np.concatenate([new.places[column] for column in columns])]
        out[wanted] = np.add.reduceat(shared * np.concatenate([new.weights[column] for column in columns]), starts)
        spread[old.places[row]] = 0
    return np.round(out, 9)
