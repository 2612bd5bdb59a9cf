"""Counts that add up, whatever is added."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from consult.core.tally import Tally, total
from consult.core.vocabulary import POSITIONS, STATES

counts = st.dictionaries(st.sampled_from(STATES), st.integers(0, 1000))
tallies = st.builds(
    Tally,
    states=counts,
    positions=st.dictionaries(st.sampled_from(POSITIONS), st.integers(0, 1000)),
    classes=st.dictionaries(st.sampled_from(["production", "civil_society"]), st.integers(0, 1000)),
    languages=st.dictionaries(st.sampled_from(["en", "fr", "zh", "es"]), st.integers(0, 1000)),
    proposals=st.integers(0, 1000),
)


@given(counts)
def test_received_is_the_sum_of_the_six_states(states: dict[str, int]) -> None:
    tally = Tally(states)
    assert tally.received == sum(states.values())
    assert tally.received == tally.states.get("pending", 0) + tally.states.get("cleared", 0) + tally.states.get(
        "held", 0
    ) + tally.states.get("withheld", 0) + tally.states.get("withdrawn", 0) + tally.states.get("erased", 0)


@given(st.lists(tallies))
def test_total_adds_every_count(parts: list[Tally]) -> None:
    whole = total(parts)
    assert whole.received == sum(part.received for part in parts)
    assert whole.proposals == sum(part.proposals for part in parts)
    for field in ("states", "positions", "classes", "languages"):
        summed: Counter[str] = Counter()
        for part in parts:
            summed.update(getattr(part, field))
        assert getattr(whole, field) == dict(summed)


def test_nothing_received_is_zero() -> None:
    assert Tally().received == total([]).received == 0
