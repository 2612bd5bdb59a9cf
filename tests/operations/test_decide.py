"""The committee decides on comments: one decision answers many, nobody overwrites what she has not seen, and everything stays on record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consult.core.disposition import NewDecision
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.models import Account, Comment, Decision, Event
from consult.operations.decide import DecidedTogether, decide
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR, Actor
from consult.queries.committee import decided_by_place
from consult.queries.decisions import decisions_on, dispositions_of
from tests import factories
from tests.factories import CONSULTATION, NOW

LI_NA, OMAR = Actor("account", 1), Actor("account", 2)
NO = NewDecision("not_accepted", {"en": "Four years stay.", "fr": "Quatre ans restent."})
YES = NewDecision("accepted")

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def references(in_app: Flask) -> list[str]:
    """Two cleared comments on 5.2 and one that waits."""
    factories.round_of()
    found = [factories.comment("5.2", text=text).comments[0] for text in ("Too long.", "Far too long.", "Waits.")]
    for reference in found[:2]:
        move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    return found


def act(new: NewDecision, seen: dict[str, int], by: Actor = LI_NA, minutes: int = 0) -> DecidedTogether:
    return decide(consultation=CONSULTATION, round_number=1, new=new, seen=seen, by=by, now=NOW + timedelta(minutes=minutes))


def refusal(new: NewDecision, seen: dict[str, int], by: Actor = OMAR) -> str:
    with pytest.raises(Refused) as refused:
        act(new, seen, by)
    assert db.session.scalars(select(Decision)).all() == []
    return refused.value.problems[0].code


def test_one_decision_answers_many_comments_and_is_told_by_codes_alone(references: list[str]) -> None:
    one, two, _ = references
    assert act(NO, {one: 0, two: 0}) == DecidedTogether("PS3-1-D0001", (one, two), ())
    db.session.rollback()
    told = decisions_on([one, two])
    assert [(each.decision, each.disposition, dict(each.reasons), each.number) for each in told[two]] == [
        ("PS3-1-D0001", "not_accepted", dict(NO.reasons), 1)
    ]
    assert dispositions_of(round_id=1) == {"not_accepted": {"production": 2}}
    assert sum(decided_by_place(round_id=1).values()) == 2
    event = db.session.scalars(select(Event).where(Event.kind == "comments_decided")).one()
    assert (event.subject, event.codes) == (
        "PS3-1-D0001",
        {"disposition": "not_accepted", "comments": [one, two], "languages": ["en", "fr"]},
    )


def test_a_change_of_mind_is_a_further_decision_and_the_earlier_one_stays(references: list[str]) -> None:
    one, two, _ = references
    act(NO, {one: 0, two: 0})
    act(YES, {one: 1}, OMAR, 5)
    db.session.rollback()
    assert [(each.decision, each.disposition) for each in decisions_on([one])[one]] == [
        ("PS3-1-D0002", "accepted"),
        ("PS3-1-D0001", "not_accepted"),
    ]
    assert db.session.scalars(select(Comment.disposition).order_by(Comment.number)).all() == ["accepted", "not_accepted", None]


def test_what_somebody_else_decided_meanwhile_stands_and_the_same_act_twice_is_one(references: list[str]) -> None:
    one, two, _ = references
    act(NO, {one: 0})
    assert act(NO, {one: 0}) == DecidedTogether(None, (one,), ())
    assert act(NO, {one: 0}, OMAR) == DecidedTogether(None, (), (one,))
    assert act(YES, {one: 0, two: 0}) == DecidedTogether("PS3-1-D0002", (two,), (one,))
    assert act(NewDecision("duplicate", {}, one), {two: 1}).decision == "PS3-1-D0003"
    db.session.rollback()
    assert decisions_on([two])[two][0].duplicate_of == one


def test_two_members_at_once_never_both_win(in_app: Flask, references: list[str]) -> None:
    one = references[0]

    def go(by: Actor) -> DecidedTogether:
        with in_app.app_context():
            return act(YES if by is LI_NA else NO, {one: 0}, by)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(go, (LI_NA, OMAR)))
    assert sorted(len(each.decided) for each in done) == [0, 1]
    db.session.rollback()
    assert [each.number for each in decisions_on([one])[one]] == [1]


def test_what_may_not_be_decided_is_refused_as_a_whole(references: list[str]) -> None:
    one, _, waits = references
    with writing() as session:
        session.add(Account(mail="anna@example.org", name="Anna", language="en", password_hash="-", created_at=NOW))
    anna = Actor("account", db.session.scalars(select(Account.id).where(Account.mail == "anna@example.org")).one())
    own = factories.comment("5.2", text="Mine.", person=factories.person(mail="Anna@example.org")).comments[0]
    move_comment(reference=own, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    assert [
        refusal(YES, {}),
        refusal(YES, {one: 0, "PS3-1-9999": 0}),
        refusal(YES, {one: 0, waits: 0}),
        refusal(YES, {one: 0, own: 0}, anna),
        refusal(NewDecision("duplicate", {}, "PS3-1-9999"), {one: 0}),
        refusal(NewDecision("duplicate", {}, one), {one: 0}),
    ] == ["none_ticked", "comment_unknown", "not_cleared", "own_comment", "duplicate_of_unknown", "duplicate_of_itself"]
