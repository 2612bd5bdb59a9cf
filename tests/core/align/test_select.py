"""What is kept maximises the expected F1, and never a wild guess."""

import numpy as np

from consult.core.align.select import FLOOR, keep


def test_sure_pairs_are_kept_and_wild_guesses_are_not() -> None:
    assert keep(np.array([0.99, 0.1, 0.97, 0.05]))[0].tolist() == [True, False, True, False]


def test_no_probability_below_the_floor_is_kept() -> None:
    assert not keep(np.array([0.9, FLOOR - 0.01]))[0][1]


def test_strangers_are_linked_only_when_more_likely_than_not() -> None:
    assert not keep(np.full(50, 0.22))[0].any()


def test_nothing_in_gives_nothing_out() -> None:
    chosen, expected = keep(np.zeros(0))
    assert (chosen.tolist(), expected) == ([], 1.0)


def test_the_f1_to_expect_is_that_of_the_pairs_kept() -> None:
    assert keep(np.array([1.0, 1.0, 0.5]))[1] == 0.909  # 2 x 2.5 / (3 + 2.5)
    assert keep(np.array([0.3, 0.3]), certain=2)[1] == 0.821  # 2 x 2.3 / (3 + 2.6); with both it would be 0.788
