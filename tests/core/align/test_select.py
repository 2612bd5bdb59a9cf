"""What is kept maximises the expected F1, and never a wild guess."""

import numpy as np

from consult.core.align.select import FLOOR, keep


def test_sure_pairs_are_kept_and_wild_guesses_are_not() -> None:
    assert keep(np.array([0.99, 0.1, 0.97, 0.05])).tolist() == [True, False, True, False]


def test_no_probability_below_the_floor_is_kept() -> None:
    assert not keep(np.array([0.9, FLOOR - 0.01]))[1]


def test_strangers_are_linked_only_when_more_likely_than_not() -> None:
    assert not keep(np.full(50, 0.22)).any()


def test_nothing_in_gives_nothing_out() -> None:
    assert keep(np.zeros(0)).tolist() == []
