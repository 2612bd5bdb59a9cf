"""Further links: what speaks for giving a clause that has a partner one more (a split or a merge), or for folding a lone clause into another's partner."""

import numpy as np
from numpy.typing import NDArray

from consult.core.align.context import Matched
from consult.core.align.features import Pairs, rivals
from consult.core.align.reading import Reading
from consult.core.align.vectors import Floats, Ints

_PART = 0.05
"""Share of an old clause's weight that its successor must lack, and the other clause hold, for the clause to have been split."""
EXTRA = (
    "one", "logit", "votes", "neighbours", "gain_old", "gain_new", "cover_old", "cover_new", "best_old", "best_new", "free_old", "free_new",
    "partner_old", "partner_new", "beside", "next", "under", "held_least", "held_most", "title", "number", "rival_row", "rival_col",
    "free_held", "free_gain", "length", "held_part",
)  # fmt: skip


def extras(pairs: Pairs, state: Matched, values: Floats, which: Ints, new: Reading, old: Reading) -> Floats:
    """Measures named in EXTRA for the unassigned pairs `which`; `values` are those of `context`.

    Gain is the idf mass of a clause that its present partner lacks and this candidate holds; cover is its share of all that is lacking.
    """
    if not len(which):
        return np.zeros((0, len(EXTRA)))
    left, right = pairs.left[which], pairs.right[which]
    at_old, at_new = state.of_old[left], state.of_new[right]
    mass = [np.maximum(np.array([float(pairs.idf[row].sum()) for row in rows.places]), 1e-9) for rows in pairs.words]
    gains, near = _gains(pairs, state, left, right, old, new)
    gain_old, gain_new = gains[:, 0] / mass[0][left], gains[:, 2] / mass[1][right]
    free_old, free_new = (at_old < 0).astype(float), (at_new < 0).astype(float)
    held_old, held_new = pairs.column("held_old")[which], pairs.column("held_new")[which]
    return np.stack(
        [
            np.ones(len(which)),
            values[which, 1],
            values[which, 4],
            values[which, 6],
            gain_old,
            gain_new,
            gains[:, 0] / np.maximum(gains[:, 1], 1e-9),
            gains[:, 2] / np.maximum(gains[:, 3], 1e-9),
            np.minimum(gain_old - rivals(gain_old, left, len(old)), 0.1),
            np.minimum(gain_new - rivals(gain_new, right, len(new)), 0.1),
            free_old,
            free_new,
            np.where(at_old >= 0, state.chance[at_old], 0.0),
            np.where(at_new >= 0, state.chance[at_new], 0.0),
            *near.T,
            np.minimum(held_old, held_new),
            np.maximum(held_old, held_new),
            pairs.column("title")[which],
            pairs.column("number")[which],
            values[which, 2],
            values[which, 3],
            free_old * held_old + free_new * held_new,
            free_old * gain_new + free_new * gain_old,
            pairs.column("length")[which],
            np.where(mass[0][left] < mass[1][right], held_old, held_new),
        ],
        axis=1,
    )


def parted(measures: Floats) -> NDArray[np.bool_]:
    """Which further pairs stand for something that moved. `measures` are those of `extras`.

    A clause without a link that is like an old one only in what its successor holds as well took nothing from it: it was written after
    its model, as the rule for guests after the rule for members. Two old clauses folded into one are often as like, and rightly linked.
    """
    free_new, gain_old = (measures[:, EXTRA.index(name)] for name in ("free_new", "gain_old"))
    return np.asarray((free_new == 0) | (gain_old >= _PART))


def _gains(pairs: Pairs, state: Matched, left: Ints, right: Ints, old: Reading, new: Reading) -> tuple[Floats, Floats]:
    """Per pair: mass gained and mass lacking for the old and for the new clause; and how the candidate lies to the present partner.

    The second holds three counts over both sides: same section, next to each other, one under the heading of the other.
    """
    words = [[frozenset(places.tolist()) for places in rows.places] for rows in pairs.words]
    idf = pairs.idf.tolist()
    gains, near = np.zeros((len(left), 4)), np.zeros((len(left), 3))
    for k, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        sides = (
            (0, words[0][i], words[1], j, new, state.of_old[i], pairs.right),
            (2, words[1][j], words[0], i, old, state.of_new[j], pairs.left),
        )
        for column, mine, others, candidate, reading, at, places in sides:
            if at < 0:
                continue
            partner = int(places[at])
            lacking = mine - others[partner]
            gains[k, column] = sum(idf[word] for word in sorted(lacking & others[candidate]))
            gains[k, column + 1] = sum(idf[word] for word in sorted(lacking))
            near[k] += (
                reading.section[partner] == reading.section[candidate],
                abs(partner - candidate) == 1,
                _under(reading, candidate, partner),
            )
    return gains, near


def _under(reading: Reading, below: int, above: int) -> bool:
    """Whether one clause stands under the heading of the other."""
    clause, head = reading.clauses[below], reading.clauses[above]
    return clause.parent == head.number or bool(head.title and clause.path and clause.path[-1].endswith(head.title))
