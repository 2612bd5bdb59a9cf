"""The moves between moderation states, over all pairs."""

from itertools import product
from typing import get_args

import pytest

from consult.core.moderation import MOVES, may_move, moves_from, needs_reason, takes_reason
from consult.core.vocabulary import STATES, ModerationState

ACTS = ("moderate", "withdraw", "erase")
ALLOWED = {
    # from: what the secretariat may make of it, what its author may, what a request on the law's grounds may
    "pending": ({"cleared", "held", "withheld"}, {"withdrawn"}, {"erased"}),
    "cleared": ({"pending", "held", "withheld"}, {"withdrawn"}, {"erased"}),
    "held": ({"pending", "cleared", "withheld"}, {"withdrawn"}, {"erased"}),
    "withheld": ({"pending", "cleared", "held"}, {"withdrawn"}, {"erased"}),
    "withdrawn": (set(), set(), {"erased"}),
    "erased": (set(), set(), set()),
}


def test_states_of_the_table_are_the_closed_list() -> None:
    assert set(ALLOWED) == set(STATES) == set(get_args(ModerationState))


@pytest.mark.parametrize(("before", "after"), list(product(STATES, STATES)))
def test_every_pair_of_states_is_allowed_or_refused_as_the_table_says(before: ModerationState, after: ModerationState) -> None:
    assert {act for act in ACTS if may_move(before, after, act)} == {
        act for act, targets in zip(ACTS, ALLOWED[before], strict=True) if after in targets
    }


@pytest.mark.parametrize("before", STATES)
def test_moves_from_a_state_are_those_that_may_be_made(before: ModerationState) -> None:
    for act in ACTS:
        assert set(moves_from(before, act)) == {after for after in STATES if may_move(before, after, act)}


def test_no_move_leads_back_to_itself_or_out_of_erased() -> None:
    assert [pair for pair in MOVES if pair[0] == pair[1] or pair[0] == "erased"] == []


def test_whatever_staff_did_staff_can_undo() -> None:
    """Undo is a further move: every move of moderation has its way back."""
    moves = {pair for pair, act in MOVES.items() if act == "moderate"}
    assert {(after, before) for before, after in moves} == moves


def test_unknown_act_moves_nothing() -> None:
    assert [pair for pair in product(STATES, STATES) if may_move(*pair, "observe")] == []


def test_only_withholding_needs_a_reason() -> None:
    assert [state for state in STATES if needs_reason(state)] == ["withheld"]
    assert [state for state in STATES if takes_reason(state)] == ["held", "withheld"]
