"""Probabilities of candidate pairs, in three steps: alone, in context of a first assignment, and as a further link of a clause that has one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from consult.core.align import weights
from consult.core.align.assign import assign
from consult.core.align.context import Matched, context, matched
from consult.core.align.features import Pairs
from consult.core.align.further import extras, parted
from consult.core.align.reading import Reading
from consult.core.align.vectors import Floats, Ints

CERTAIN = 0.999
ROUNDS = 2
MODELLED = 0.19
"""What a clause written after the model of another is worth at most as a part of it: a person may confirm it, the program never links it."""
_LEAST = 0.02  # pairs less probable than this are not assigned


@dataclass(frozen=True, slots=True)
class Chances:
    """Places of assigned pairs and of possible further links among the candidates; `every` is the probability of each candidate."""

    assigned: Ints
    further: Ints
    every: Floats


def logistic(values: Floats, constants: Mapping[str, float]) -> Floats:
    """The probability under one model; the columns of `values` are in the order of its constants."""
    weighed = (values * np.array(list(constants.values()))).sum(axis=1)
    return np.asarray(np.round(1 / (1 + np.exp(-np.clip(weighed, -30, 30))), 9))


def first_chance(pairs: Pairs, fixed: Floats) -> Floats:
    return np.where(fixed > 0, CERTAIN, logistic(pairs.values, weights.FIRST))


def best_assignment(pairs: Pairs, chance: Floats, old_count: int, new_count: int) -> Matched:
    worth = np.log(np.clip(chance, 1e-9, 1 - 1e-9) / _LEAST * (1 - _LEAST) / (1 - np.clip(chance, 1e-9, 1 - 1e-9)))
    chosen = assign(list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)), np.round(worth, 9).tolist())
    return matched(pairs, chosen, chance, old_count, new_count)


def further_places(pairs: Pairs, state: Matched, fixed: Floats, chance: Floats) -> Ints:
    """Unassigned pairs that could be one more link of a clause; identical clauses get none."""
    sure_old = np.zeros(len(state.of_old), dtype=bool)
    sure_new = np.zeros(len(state.of_new), dtype=bool)
    sure_old[pairs.left[fixed > 0]] = True
    sure_new[pairs.right[fixed > 0]] = True
    here = np.arange(len(chance))
    free = (state.of_old[pairs.left] != here) & ~sure_old[pairs.left] & ~sure_new[pairs.right]
    return np.flatnonzero(free)


def chances(pairs: Pairs, fixed: Floats, old: Reading, new: Reading) -> Chances:
    """`fixed[k]` is 1 where pair k is identical: certain, and closed to further links."""
    if not len(pairs.left):
        return Chances(pairs.left, pairs.left, np.zeros(0))
    chance = first_chance(pairs, fixed)
    state = best_assignment(pairs, chance, len(old), len(new))
    for _ in range(ROUNDS):
        values = context(pairs, state, old, new)
        values[:, 1] = context_logit(first_chance(pairs, fixed))
        chance = np.where(fixed > 0, CERTAIN, logistic(values, weights.CONTEXT))
        state = best_assignment(pairs, chance, len(old), len(new))
    assigned = np.sort(state.of_old[state.of_old >= 0])
    values = context(pairs, state, old, new)
    further = further_places(pairs, state, fixed, chance)
    measures = extras(pairs, state, values, further, new, old)
    further_chance = logistic(measures, weights.EXTRA)
    further_chance = np.where(parted(measures), further_chance, np.minimum(further_chance, MODELLED))
    every = np.zeros(len(chance))
    every[assigned], every[further] = chance[assigned], further_chance
    return Chances(assigned, further, every)


def context_logit(chance: Floats) -> Floats:
    clipped = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped / (1 - clipped)))
