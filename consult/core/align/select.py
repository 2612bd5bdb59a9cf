"""Which pairs to keep: those that make the expected F1 greatest. No threshold is fitted, because none carries over to another standard."""

import numpy as np
from numpy.typing import NDArray

from consult.core.align.vectors import Floats

FLOOR = 0.2
"""A pair less probable than this is never linked by the program."""
STRANGERS = 0.4
"""Below this expected F1 the drafts hardly belong together: only pairs more likely right than wrong are kept."""


def keep(chance: Floats, missed: float = 0.0) -> NDArray[np.bool_]:
    """Returns which pairs to keep, given the probability of each; `missed` is the expected number of links that are no candidate."""
    total = float(chance.sum()) + missed
    order = np.argsort(-chance, kind="stable")
    kept_sum = np.cumsum(chance[order])
    expected = 2 * kept_sum / (np.arange(1, len(order) + 1) + max(total, 1e-9))
    if not len(order):
        return np.zeros(0, dtype=bool)
    count = int(np.argmax(np.round(expected, 12))) + 1
    least = 0.5 if expected[count - 1] < STRANGERS else FLOOR
    chosen = np.zeros(len(chance), dtype=bool)
    chosen[order[:count]] = True
    return np.asarray(chosen & (chance >= least))
