"""The assignment is the best there is, whatever the worths."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from consult.core.align.assign import assign
from tests.support.examples import examples

WORTHS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([-1.0, 0.5, 1.0, 1.0001, 2.0, 3.5]), max_size=18)


def best(worth: dict[tuple[int, int], float]) -> float:
    return max(sum(max(worth.get((old, new), 0.0), 0.0) for old, new in enumerate(order)) for order in permutations(range(5)))


@given(WORTHS)
@examples(200)
def test_no_other_assignment_is_worth_more(worth: dict[tuple[int, int], float]) -> None:
    pairs = sorted(worth)
    chosen = [pairs[at] for at in assign(pairs, [worth[pair] for pair in pairs])]
    assert len({old for old, _ in chosen}) == len(chosen) == len({new for _, new in chosen})
    assert abs(sum(worth[pair] for pair in chosen) - best(worth)) < 1e-9


def test_pairs_without_worth_stay_alone() -> None:
    assert assign([(0, 0), (1, 1)], [0.0, -2.0]) == []
