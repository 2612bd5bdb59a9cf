"""Late links: one submission after closing, with a reason, confirmed by two, ended by use, by revoking and by the clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.core.basket import Draft
from consult.core.endorsement import EndorsementForm
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.models import Account, Event, LateLink, Submission
from consult.operations.basket import keep_comment, submit_basket, token_sha256
from consult.operations.close import close_rounds
from consult.operations.endorse import endorse
from consult.operations.enter_late import enter_late
from consult.operations.extend import extend_round
from consult.operations.late import confirm_late_link, issue_late_link, link_token, revoke_late_link
from consult.operations.moderate import move_comment
from consult.operations.organisation_room.members import NewMember, open_room
from consult.operations.receive import receive_file
from consult.operations.record import OPERATOR, Actor
from consult.operations.submit import submit
from consult.queries.baskets import baskets_of
from consult.queries.comment_export import comment_export, exported_round
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)
LATER = CLOSES + timedelta(days=2)
ENDS = datetime(2026, 4, 8, 23, 59)
END = datetime(2026, 4, 8, 21, 59, tzinfo=UTC)
OF = {"consultation": CONSULTATION, "round_number": 1}


@pytest.fixture
def open_round(in_app):
    factories.round_of()


def issued(*, second_person=False, now=LATER, by=OPERATOR, **changed):
    given = {"whom": "Ms Diallo, Boké", "reason": "our_fault", "ends": ENDS, **OF, **changed}
    link = issue_late_link(**given, second_person=second_person, by=by, now=now)
    db.session.rollback()
    return link, link_token(db.session.get_one(LateLink, link).key)


def entered(token, now=LATER, basket=None):
    return enter_late(token=token, basket=basket, language="en", address=None, now=now).token


def keep(basket, now, key="k1"):
    return keep_comment(
        token=basket, language="en", key=key, target=factories.target("5.2"), draft=Draft("After closing."), seen=0, opened_at=now, address=None,
        now=now, **OF,
    )  # fmt: skip


def hand_in(basket, now, key="s1"):
    db.session.rollback()
    (of,) = baskets_of(token_sha256=token_sha256(basket), language="en")
    return submit_basket(token=basket, key=key, seen=of.revision, person=factories.person(), language="en", now=now, **OF).receipt


def code(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.problems[0].code


def test_one_submission_comes_through_marked_late_with_its_reason(open_round):
    _, token = issued()
    basket = entered(token)
    keep(basket, LATER)
    receipt = hand_in(basket, LATER)
    assert (receipt.late, receipt.received_at) == (True, LATER)
    assert hand_in(basket, LATER + timedelta(days=90)) == replace(receipt, again=True)
    assert code(keep, basket, LATER, key="k2") == "window_closed"
    assert code(entered, token) == "late_link_over"
    kinds = [(event.kind, event.codes) for event in db.session.scalars(select(Event).order_by(Event.seq))]
    assert [kind for kind, _ in kinds] == ["late_link_issued", "submission_received"]
    assert kinds[0][1] == {"round": 1, "reason": "our_fault", "ends": END.isoformat()}
    assert kinds[1][1]["late_reason"] == "our_fault"
    of = exported_round(consultation=CONSULTATION, number=1)
    told = {}
    for viewer in ("public", "committee", "secretariat"):
        with comment_export(of=of, viewer=viewer, now=LATER) as export:
            told[viewer] = [(row.late, row.late_reason) for row in export.rows], export.summary.late
    assert told == {"public": ([(None, None)], 1), "committee": ([(None, None)], 1), "secretariat": ([(True, "our_fault")], 1)}


def test_what_waited_in_the_basket_can_be_submitted_and_others_stay_outside(open_round):
    before = keep(None, NOW).token
    assert code(hand_in, before, LATER) == "window_closed"
    assert entered(issued()[1], basket=before) == before
    other = keep(None, NOW, key="other").token
    assert hand_in(before, LATER).late
    assert code(hand_in, other, LATER, key="s2") == "window_closed"
    assert code(submit, form=factories.form(key="x", opened_at=NOW), now=LATER, basket=token_sha256(other)) == "window_closed"


@on_sqlite
def test_a_second_person_confirms_and_not_the_one_who_asked(open_round):
    with writing() as session:
        people = [Account(mail=f"{n}@example.org", name=n, language="en", password_hash="x", created_at=NOW) for n in ("one", "two")]
        session.add_all(people)
        session.flush()
        one, two = (Actor("account", each.id) for each in people)
    link, token = issued(second_person=True, by=one)
    assert code(entered, token) == "late_link_over"
    assert code(confirm_late_link, link=link, by=one, now=LATER) == "second_person_same"
    confirm_late_link(link=link, by=two, now=LATER)
    assert code(confirm_late_link, link=link, by=two, now=LATER) == "late_link_not_waiting"
    assert entered(token)
    assert [event.kind for event in db.session.scalars(select(Event).order_by(Event.seq))] == ["late_link_asked", "late_link_issued"]


@on_sqlite
@pytest.mark.parametrize("how", ["revoked", "ended", "forged", "the second before its end"])
def test_a_link_that_is_over_lets_nobody_in(open_round, how):
    link, token = issued()
    basket = entered(token)
    keep(basket, LATER)
    now = LATER
    if how == "revoked":
        revoke_late_link(link=link, by=OPERATOR, now=LATER)
        assert code(revoke_late_link, link=link, by=OPERATOR, now=LATER) == "late_link_not_waiting"
    elif how == "forged":
        assert code(entered, token[:-1] + ("0" if token[-1] != "0" else "1")) == "late_link_unknown"
        return
    else:
        now = END if how == "ended" else END - timedelta(seconds=1)
    if how == "the second before its end":
        assert hand_in(basket, now).late
    else:
        assert (code(entered, token, now), code(hand_in, basket, now)) == ("late_link_over", "window_closed")


@on_sqlite
@pytest.mark.parametrize(
    ("changed", "expected"),
    [({"whom": " "}, "whom_missing"), ({"reason": "friendship"}, "reason_unknown"), ({"ends": None}, "end_missing"),
     ({"ends": datetime(2026, 4, 1, 12)}, "end_past"), ({"round_number": 7}, "round_unknown")],
)  # fmt: skip
def test_a_link_needs_a_party_a_reason_and_an_end(open_round, changed, expected):
    with pytest.raises(Refused) as refused:
        issued(**changed)
    assert ([problem.code for problem in refused.value.problems], db.session.scalar(select(func.count()).select_from(LateLink))) == (
        [expected],
        0,
    )


@on_sqlite
def test_while_the_round_is_open_a_link_is_not_used_up(open_round):
    link, token = issued(now=NOW)
    basket = entered(token, NOW)
    keep(basket, NOW)
    assert not hand_in(basket, NOW).late
    assert db.session.get_one(LateLink, link).submission_id is None


def test_an_endorsement_comes_through_as_a_comment_does(open_round):
    said = factories.comment(text="Said in time.").comments[0]
    move_comment(reference=said, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    sent = EndorsementForm(
        key="e1", consultation=CONSULTATION, round=1, comment=said, language="en", person=factories.person(), opened_at=LATER
    )  # fmt: skip
    assert code(endorse, form=sent, now=LATER) == "window_closed"
    link, token = issued()
    basket = entered(token)
    assert endorse(form=sent, token=basket, now=LATER).late
    assert endorse(form=sent, token=basket, now=LATER).again
    assert db.session.get_one(LateLink, link).submission_id is not None
    assert code(endorse, form=replace(sent, key="e2", again=True), token=basket, now=LATER) == "window_closed"
    of = exported_round(consultation=CONSULTATION, number=1)
    for viewer, told in (("public", None), ("secretariat", "our_fault")):
        with comment_export(of=of, viewer=viewer, now=LATER) as export:
            assert [each.late_reason for each in export.endorsements] == [told]


def test_a_clock_put_back_opens_nothing_again(open_round):
    said = factories.comment(text="Said in time.").comments[0]
    move_comment(reference=said, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    assert close_rounds(now=CLOSES - timedelta(seconds=1)) == 0
    assert (close_rounds(now=CLOSES), close_rounds(now=CLOSES)) == (1, 0)
    back = CLOSES - timedelta(hours=1)
    assert code(keep, None, back) == "window_closed"
    assert code(submit, form=factories.form(key="x", opened_at=back), now=back) == "window_closed"
    sent = {"language": "en", "key": "f", "data": b"Clause,Comment\n5.2,Late.\n", "name": "a.csv", "opened_at": back, "address": None, **OF}
    assert code(receive_file, token=None, now=back, **sent) == "window_closed"
    endorsed = EndorsementForm(
        key="e", consultation=CONSULTATION, round=1, comment=said, language="en", person=factories.person(), opened_at=back
    )
    assert code(endorse, form=endorsed, now=back) == "window_closed"
    room = {"key": "r", "organisation": "A", "stakeholder_class": "producers", "country": "NO", "language": "en", "address": None, **OF}
    assert code(open_room, coordinator=NewMember("Anna", "anna@example.org"), now=back, **room) == "window_closed"
    assert (
        code(extend_round, consultation=CONSULTATION, number=1, closes=datetime(2026, 5, 30, 12), by=OPERATOR, now=back) == "round_closed"
    )
    (event,) = db.session.scalars(select(Event).where(Event.kind == "round_closed"))
    assert (event.subject, event.codes) == (f"{CONSULTATION}/1", {"closed": CLOSES.isoformat()})
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1
    basket = entered(issued(now=back)[1], back)
    keep(basket, back)
    assert hand_in(basket, back).late  # a personal link still lets in, and what comes is late
