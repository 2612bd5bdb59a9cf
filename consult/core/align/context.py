"""What the rest of the drafts says about a pair, once a first assignment is known: its section, its neighbours, its rivals, and what its partner lacks."""

from dataclasses import dataclass

import numpy as np

from consult.core.align.features import Pairs, rivals
from consult.core.align.reading import Reading
from consult.core.align.vectors import Floats, Ints

CONTEXT = (
    "one", "logit", "rival_row", "rival_col", "votes", "children", "neighbours", "number", "path",
    "held_least", "alike", "near", "run", "left_row", "left_col", "near_left_row", "near_left_col", "same_title", "section",
)  # fmt: skip
_REACH = (-2, -1, 1, 2)


@dataclass(frozen=True, slots=True)
class Matched:
    """An assignment: for every old (new) clause the place of its pair among the candidates, or -1, and the probability of each pair."""

    of_old: Ints
    of_new: Ints
    chance: Floats


def matched(pairs: Pairs, chosen: list[int], chance: Floats, old_count: int, new_count: int) -> Matched:
    of_old, of_new = np.full(old_count, -1), np.full(new_count, -1)
    for at in chosen:
        of_old[pairs.left[at]], of_new[pairs.right[at]] = at, at
    return Matched(of_old, of_new, chance)


def context(pairs: Pairs, state: Matched, old: Reading, new: Reading) -> Floats:
    """Measures named in CONTEXT for every pair; a pair's own share in the votes is taken out."""
    chance = state.chance
    logit = np.log(np.clip(chance, 1e-4, 1 - 1e-4) / (1 - np.clip(chance, 1e-4, 1 - 1e-4)))
    alike = pairs.column("alike")
    best_row, best_col = _left(pairs, state, alike, len(old), len(new))
    left_row, left_col = alike - best_row, alike - best_col
    return np.stack(
        [
            np.ones(len(chance)),
            logit,
            rivals(chance, pairs.left, len(old)),
            rivals(chance, pairs.right, len(new)),
            _votes(pairs, state, np.array(old.section, dtype=np.int64), np.array(new.section, dtype=np.int64)),
            _children(pairs, state, old, new),
            _neighbours(pairs, state, len(old), len(new)),
            *(pairs.column(name) for name in ("number", "path", "held_least", "alike", "near", "run")),
            left_row,
            left_col,
            pairs.column("near") + np.log(1.05 - np.clip(alike - left_row, 0, 1)),
            pairs.column("near") + np.log(1.05 - np.clip(alike - left_col, 0, 1)),
            *(pairs.column(name) for name in ("same_title", "section")),
        ],
        axis=1,
    )


def _left(pairs: Pairs, state: Matched, alike: Floats, old_count: int, new_count: int) -> tuple[Floats, Floats]:
    """The likeness of the best rival in row and column, each rival discounted by the chance that it belongs to another clause."""
    taken_new = np.where(state.of_new >= 0, state.chance[state.of_new], 0.0)
    taken_old = np.where(state.of_old >= 0, state.chance[state.of_old], 0.0)
    here = np.arange(len(alike))
    free_new = alike * (1 - np.where(state.of_new[pairs.right] == here, 0.0, taken_new[pairs.right]))
    free_old = alike * (1 - np.where(state.of_old[pairs.left] == here, 0.0, taken_old[pairs.left]))
    return rivals(free_new, pairs.left, old_count), rivals(free_old, pairs.right, new_count)


def _votes(pairs: Pairs, state: Matched, section_old: Ints, section_new: Ints) -> Floats:
    """The share of the two sections' clauses that are assigned to each other, mean of both views."""
    if not len(pairs.left):
        return np.zeros(0)
    table = np.zeros((int(section_old.max()) + 1, int(section_new.max()) + 1))
    for at in state.of_old[state.of_old >= 0]:
        table[section_old[pairs.left[at]], section_new[pairs.right[at]]] += state.chance[at]
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    s, t = section_old[pairs.left], section_new[pairs.right]
    own = np.zeros(len(s))
    mine = state.of_old[pairs.left]
    own_row = np.where(mine >= 0, state.chance[mine], 0.0)
    theirs = state.of_new[pairs.right]
    own_col = np.where(theirs >= 0, state.chance[theirs], 0.0)
    own[mine == np.arange(len(s))] = own_row[mine == np.arange(len(s))]
    share_row = (table[s, t] - own) / np.maximum(rows[s] - own_row + 0.5, 0.5)
    share_col = (table[s, t] - own) / np.maximum(columns[t] - own_col + 0.5, 0.5)
    return np.asarray((share_row + share_col) / 2)


def _children(pairs: Pairs, state: Matched, old: Reading, new: Reading) -> Floats:
    """The share of the clauses below the two that are assigned to each other; 0 where either has none below it."""
    below_old, below_new = _counts(old), _counts(new)
    shared: dict[tuple[str, str], float] = {}
    for at in state.of_old[state.of_old >= 0]:
        above = (old.clauses[pairs.left[at]].parent, new.clauses[pairs.right[at]].parent)
        if above[0] and above[1]:
            shared[above[0], above[1]] = shared.get((above[0], above[1]), 0.0) + float(state.chance[at])
    out = np.zeros(len(pairs.left))
    for k, (i, j) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        a, b = old.clauses[i].number, new.clauses[j].number
        if (a, b) in shared:
            out[k] = 2 * shared[a, b] / (below_old[a] + below_new[b])
    return out


def _counts(reading: Reading) -> dict[str, int]:
    below: dict[str, int] = {}
    for clause in reading.clauses:
        if clause.parent:
            below[clause.parent] = below.get(clause.parent, 0) + 1
    return below


def _neighbours(pairs: Pairs, state: Matched, old_count: int, new_count: int) -> Floats:
    """How well the neighbours of the old clause lie around the new one: 1 when the two before and after are in step."""
    out = np.zeros(len(pairs.left))
    for step in _REACH:
        beside = pairs.left + step
        inside = (beside >= 0) & (beside < old_count)
        at = np.where(inside, state.of_old[np.clip(beside, 0, max(old_count - 1, 0))], -1)
        off = np.abs(pairs.right[at] - pairs.right - step)
        worth = np.where(off <= 1, 1.0, np.where(off <= 3, 0.5, 0.0)) * state.chance[at]
        out += np.where(at >= 0, worth, 0.0) / len(_REACH)
    return out
