"""Moving comments between states, and placing them: legal moves, one log, nobody overwrites what she has not seen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult.core.moderation import may_move
from consult.core.problem import Refused
from consult.core.vocabulary import STATES, ModerationState
from consult.extensions import db, writing
from consult.models import ClauseRow, Comment, Event, ModerationStep, Placement, Version
from consult.operations.moderate import Moved, MovedTogether, move, move_comment, move_comments
from consult.operations.place import Placed, place_comment
from consult.operations.record import OPERATOR, Actor
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

LI_NA, OMAR = Actor("account", 1), Actor("account", 2)
LATER = NOW + timedelta(minutes=5)

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def reference(in_app: Flask) -> str:
    factories.round_of()
    return factories.comment("5.2").comments[0]


def clear(reference: str, seen: str = "pending", by: Actor = LI_NA) -> Moved:
    return move_comment(reference=reference, seen_state=seen, to="cleared", by=by, now=LATER)


def refusal(act: Callable[[], object]) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Refused) as refused:
        act()
    (problem,) = refused.value.problems
    return problem.code, problem.params


def state(reference: str) -> str:
    db.session.rollback()
    return db.session.scalars(select(Comment.state).where(Comment.reference == reference)).one()


def steps(reference: str) -> list[tuple[str, str, str | None, str | None, str, int | None]]:
    db.session.rollback()
    rows = db.session.scalars(
        select(ModerationStep).join(Comment, Comment.id == ModerationStep.comment_id).where(Comment.reference == reference).order_by(ModerationStep.id)
    )  # fmt: skip
    return [(row.before, row.after, row.reason, row.note, row.actor_kind, row.actor_id) for row in rows]


def told() -> list[tuple[int, str, str, dict[str, object]]]:
    rows = db.session.scalars(select(Event).where(Event.scope == CONSULTATION, Event.kind != "submission_received").order_by(Event.seq))
    return [(row.seq, row.kind, row.subject, row.codes) for row in rows]


def test_clearing_writes_state_step_and_event_together(reference: str) -> None:
    assert clear(reference) == Moved(reference, "pending", "cleared")
    assert state(reference) == "cleared"
    assert steps(reference) == [("pending", "cleared", None, None, "account", 1)]
    assert told() == [(2, "comment_moderated", reference, {"before": "pending", "after": "cleared"})]


def test_withholding_keeps_reason_for_all_and_note_for_staff(reference: str) -> None:
    note = "  Names M. Duval.\r\nTelephone too. "
    move_comment(reference=reference, seen_state="pending", to="withheld", reason="third_party_data", note=note, by=LI_NA, now=LATER)
    assert steps(reference) == [("pending", "withheld", "third_party_data", "Names M. Duval.\nTelephone too.", "account", 1)]
    assert told()[0][3] == {"before": "pending", "after": "withheld", "reason": "third_party_data"}


def test_reason_is_kept_only_where_it_says_something(reference: str) -> None:
    move_comment(reference=reference, seen_state="pending", to="held", reason="abuse", by=LI_NA, now=LATER)
    move_comment(reference=reference, seen_state="held", to="cleared", reason="abuse", by=LI_NA, now=LATER)
    assert [step[:3] for step in steps(reference)] == [("pending", "held", "abuse"), ("held", "cleared", None)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": "withheld"}, "reason_needed"),
        ({"to": "withheld", "reason": ""}, "reason_needed"),
        ({"to": "withheld", "reason": "bad mood"}, "reason_unknown"),
        ({"to": "published"}, "state_unknown"),
        ({"to": "cleared", "note": "x" * 2001}, "note_long"),
        ({"to": "withdrawn"}, "move_not_allowed"),
        ({"to": "erased"}, "move_not_allowed"),
        ({"to": "pending"}, "move_not_allowed"),
        ({"reference": "PS3-1-9999", "to": "cleared"}, "comment_unknown"),
        ({"consultation": "chain-of-custody-v2", "to": "cleared"}, "comment_unknown"),
    ],
)
def test_refused_act_changes_nothing(reference: str, given: dict[str, str], code: str) -> None:
    wanted = {"reference": reference, "seen_state": "pending"} | given
    assert refusal(lambda: move_comment(**wanted, by=LI_NA, now=LATER))[0] == code  # type: ignore[arg-type]
    assert (state(reference), steps(reference), told()) == ("pending", [], [])


def test_who_has_not_seen_the_newer_state_overwrites_nothing(reference: str) -> None:
    move_comment(reference=reference, seen_state="pending", to="held", by=OMAR, now=LATER)
    assert refusal(lambda: clear(reference)) == ("stale", {"reference": reference, "state": "held"})
    assert state(reference) == "held"
    assert len(steps(reference)) == len(told()) == 1


def test_same_state_by_another_hand_is_stale_too(reference: str) -> None:
    clear(reference, by=OMAR)
    assert refusal(lambda: clear(reference, by=LI_NA))[0] == "stale"


def test_double_click_is_one_act(reference: str) -> None:
    assert clear(reference) == clear(reference)
    assert len(steps(reference)) == len(told()) == 1


def test_undo_is_a_further_move_and_both_stay_on_the_log(reference: str) -> None:
    clear(reference)
    move_comment(reference=reference, seen_state="cleared", to="pending", by=LI_NA, now=LATER)
    assert state(reference) == "pending"
    assert [step[:2] for step in steps(reference)] == [("pending", "cleared"), ("cleared", "pending")]
    assert [row[0] for row in told()] == [2, 3]


@pytest.mark.parametrize("act", ["moderate", "withdraw", "erase"])
def test_every_pair_of_states_is_moved_or_refused_as_the_table_says(reference: str, act: str) -> None:
    for before, after in product(STATES, STATES):
        with writing() as session:
            comment = session.scalars(select(Comment).where(Comment.reference == reference)).one()
            comment.state = before
        done = _try(reference, after, act)
        assert done is may_move(before, after, act), (before, after)
        assert state(reference) == (after if done else before)


def _try(reference: str, after: ModerationState, act: str) -> bool:
    try:
        with writing() as session:
            comment = session.scalars(select(Comment).where(Comment.reference == reference)).one()
            move(session, comment, to=after, act=act, reason="spam" if after == "withheld" else None, by=OPERATOR, now=LATER)
    except Refused:
        return False
    return True


def test_two_at_once_one_wins_and_the_other_sees_the_newer_state(reference: str, in_app: Flask) -> None:
    def decide(by: Actor, to: str) -> str:
        with in_app.app_context():
            try:
                move_comment(reference=reference, seen_state="pending", to=to, reason="spam", by=by, now=LATER)
            except Refused as refused:
                return refused.problems[0].code
            return "done"

    acts = [(Actor("account", number), to) for number, to in enumerate(["cleared", "held", "withheld", "cleared", "held", "withheld"])]
    with ThreadPoolExecutor(len(acts)) as pool:
        answers = list(pool.map(lambda act: decide(*act), acts))
    assert sorted(answers) == ["done"] + ["stale"] * 5
    assert len(steps(reference)) == len(told()) == 1
    winner = acts[answers.index("done")]
    assert steps(reference)[0][1] == winner[1] == state(reference)
    assert steps(reference)[0][5] == winner[0].id


def test_ticked_comments_move_together_and_the_stale_ones_are_named(reference: str) -> None:
    others = [factories.comment("5.1", text=f"number {n}").comments[0] for n in range(3)]
    move_comment(reference=others[1], seen_state="pending", to="held", by=OMAR, now=LATER)
    seen = dict.fromkeys([reference, *others], "pending")
    done = move_comments(seen=seen, to="cleared", consultation=CONSULTATION, by=LI_NA, now=LATER)
    moved = [reference, others[0], others[2]]
    assert done == MovedTogether(tuple(Moved(each, "pending", "cleared") for each in moved), ((others[1], "held"),))
    assert [state(each) for each in [reference, *others]] == ["cleared", "cleared", "held", "cleared"]
    assert [row[2] for row in told()] == [others[1], *moved]
    again = move_comments(seen=seen, to="cleared", consultation=CONSULTATION, by=LI_NA, now=LATER)
    assert {each.reference for each in again.moved} == set(moved)
    assert len(told()) == 4


@pytest.mark.parametrize(
    ("references", "consultation", "code"),
    [
        ([], CONSULTATION, "none_ticked"),
        ([f"PS3-1-{n:04}" for n in range(1, 102)], CONSULTATION, "too_many"),
        (["PS3-1-0001", "PS3-1-9999"], CONSULTATION, "comment_unknown"),
        (["PS3-1-0001"], "chain-of-custody-v2", "comment_unknown"),
    ],
)
def test_ticks_that_cannot_be_are_refused_as_a_whole(reference: str, references: list[str], consultation: str, code: str) -> None:
    seen = dict.fromkeys(references, "pending")
    assert refusal(lambda: move_comments(seen=seen, to="cleared", consultation=consultation, by=LI_NA, now=LATER))[0] == code
    assert (state(reference), told()) == ("pending", [])


def clause(number: str, version: str = factories.DRAFT) -> int:
    query = (
        select(ClauseRow.id).join(Version, Version.id == ClauseRow.version_id).where(ClauseRow.number == number, Version.name == version)
    )
    return db.session.scalars(query).one()


def placements() -> list[tuple[int | None, str]]:
    db.session.rollback()
    return [(row.clause_id, row.actor_kind) for row in db.session.scalars(select(Placement).order_by(Placement.id))]


def test_placing_adds_a_row_and_the_authors_stays(reference: str) -> None:
    here, there = clause("5.2"), clause("5.3")
    assert place_comment(reference=reference, seen_clause=here, to=there, by=LI_NA, now=LATER) == Placed(reference, here, there)
    assert placements() == [(here, "party"), (there, "account")]
    assert told() == [(2, "comment_placed", reference, {"before": here, "after": there})]
    place_comment(reference=reference, seen_clause=there, to=here, by=LI_NA, now=LATER)
    assert placements() == [(here, "party"), (there, "account"), (here, "account")]


def test_placing_where_it_stands_changes_nothing(reference: str) -> None:
    here = clause("5.2")
    place_comment(reference=reference, seen_clause=here, to=here, by=LI_NA, now=LATER)
    assert (len(placements()), told()) == (1, [])


def test_placing_on_no_clause_leaves_it_with_the_document(reference: str) -> None:
    assert place_comment(reference=reference, seen_clause=clause("5.2"), to=None, by=LI_NA, now=LATER).after is None


@on_sqlite
def test_placing_refuses_other_rounds_groups_and_stale_looks(reference: str) -> None:
    here, old = clause("5.2"), clause("5.2", factories.BASELINE)
    assert refusal(lambda: place_comment(reference=reference, seen_clause=here, to=old, by=LI_NA, now=LATER))[0] == "clause_elsewhere"
    assert refusal(lambda: place_comment(reference=reference, seen_clause=old, to=clause("5.3"), by=LI_NA, now=LATER))[0] == "stale_place"
    assert refusal(lambda: place_comment(reference="PS3-1-9999", seen_clause=here, to=None, by=LI_NA, now=LATER))[0] == "comment_unknown"
    elsewhere = {"consultation": "chain-of-custody-v2"}
    assert (
        refusal(lambda: place_comment(reference=reference, seen_clause=here, to=None, **elsewhere, by=LI_NA, now=LATER))[0]
        == "comment_unknown"
    )
    assert len(placements()) == 1
    assert db.session.scalars(select(func.count()).select_from(Event).where(Event.kind == "comment_placed")).one() == 0
