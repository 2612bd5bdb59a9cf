"""Which pairs to keep: those that make the expected F1 greatest. No threshold is fitted, because none carries over to another standard."""

import numpy as np
from numpy.typing import NDArray

from consult.core.align.vectors import Floats

FLOOR = 0.2
"""A pair less probable than this is never linked by the program."""
STRANGERS = 0.4
"""Below this expected F1 the drafts hardly belong together: only pairs more likely right than wrong are kept."""


def keep(chance: Floats, *, certain: int = 0) -> tuple[NDArray[np.bool_], float]:
    """Returns which pairs to keep, given the probability of each, and the F1 to expect of those kept with `certain` further sure ones.

    Where there is nothing to find, nothing can be missed: 1.
    """
    if not len(chance):
        return np.zeros(0, dtype=bool), 1.0
    total = float(chance.sum()) + certain
    order = np.argsort(-chance, kind="stable")
    expected = 2 * (np.cumsum(chance[order]) + certain) / (np.arange(1, len(order) + 1) + certain + max(total, 1e-9))
    count = int(np.argmax(np.round(expected, 12))) + 1
    least = 0.5 if expected[count - 1] < STRANGERS else FLOOR
    chosen = np.zeros(len(chance), dtype=bool)
    chosen[order[:count]] = True
    return np.asarray(chosen & (chance >= least)), round(float(expected[count - 1]), 3)
