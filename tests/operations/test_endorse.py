"""Endorsing: who may, what counts once, what stands when the comment goes, and that every reader gets the same figures."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from consult.core.basket import Draft
from consult.core.endorsement import EndorsementForm
from consult.core.problem import Refused
from consult.extensions import db
from consult.jobs.endorsed import build_comment_gone
from consult.models import Endorsement, EndorsementStep, Event, Outbox, Party, Round
from consult.operations.basket import keep_comment
from consult.operations.endorse import endorse, withdraw_endorsement
from consult.operations.endorsements import move_endorsements
from consult.operations.moderate import move_comment
from consult.operations.my_data import erase_person
from consult.operations.record import OPERATOR, Actor
from consult.operations.withdraw import erase_comment, withdraw_comment
from consult.queries.baskets import baskets_of
from consult.queries.counts import counts_by_place, counts_of_comments, counts_of_round
from consult.queries.endorsements import endorsement_on_receipt, endorsements_of
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

STAFF = Actor("account", 1)
SAID = "A yearly review of the whole inventory is not possible for plants that run three shifts."
_keys = count(1)


@pytest.fixture(autouse=True)
def published(in_app):
    factories.round_of()
    return cleared(SAID)


def cleared(text, **more):
    """A comment that the public reads."""
    reference = factories.comment(text=text, **more).comments[0]
    move_comment(reference=reference, seen_state="pending", to="cleared", by=STAFF, now=NOW)
    return reference


def form(comment, *, key=None, by=None, **more):
    return EndorsementForm(
        key=key or f"endorse-{next(_keys)}", consultation=CONSULTATION, round=1, comment=comment, language="en",
        person=by or factories.person(mail=f"{next(_keys)}@example.org"), **more,
    )  # fmt: skip


def round_id():
    return db.session.scalars(select(Round.id)).one()


def counts(comment):
    return counts_of_comments(round_id=round_id(), references=[comment], viewer="public", now=NOW)[comment]


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [problem.code for problem in refused.value.problems]


def seen(comment, viewer="public"):
    return endorsements_of(round_id=round_id(), comment=comment, viewer=viewer, now=NOW)


def test_an_endorsement_has_a_receipt_counts_at_once_and_is_shown_when_cleared(published):
    sent = form(published, nuance="Two of our plants run four.", nuance_language="en")
    done = endorse(form=sent, now=NOW)
    assert endorse(form=sent, now=NOW + timedelta(hours=2)).receipt == done.receipt
    assert refusal(endorse, form=form(published, key=sent.key), now=NOW) == ["other_content"]
    assert (done.endorsement, counts(published).endorsements, counts(published).endorsed_by) == (f"{published}-E1", 1, {})
    assert [(each.stub, each.nuance, each.organisation) for each in seen(published)] == [("in_moderation", None, None)]
    key = db.session.scalars(select(Endorsement.id)).one()
    move_endorsements(seen={key: "pending"}, to="cleared", consultation=CONSULTATION, by=STAFF, now=NOW)
    assert [(each.stub, each.nuance, each.organisation) for each in seen(published)] == [(None, sent.nuance, sent.person.organisation)]
    assert counts(published).endorsed_by == {"production": 1}
    told = db.session.scalars(select(Event.kind).where(Event.subject.in_([done.receipt, done.endorsement])).order_by(Event.seq)).all()
    assert told == ["endorsement_received", "endorsement_moderated"]


def test_the_nuance_alone_can_be_withheld_with_its_reason(published):
    endorse(form=form(published, nuance="Ask my neighbour, 555 0100."), now=NOW)
    key = db.session.scalars(select(Endorsement.id)).one()
    act = {"seen": {key: "pending"}, "to": "cleared", "without_nuance": True, "consultation": CONSULTATION, "by": STAFF, "now": NOW}
    assert refusal(move_endorsements, **act) == ["reason_needed"]
    move_endorsements(**act, reason="third_party_data")
    assert [(each.nuance, each.nuance_reason, each.counts) for each in seen(published)] == [(None, "third_party_data", True)]
    assert [each.nuance for each in seen(published, "secretariat")] == ["Ask my neighbour, 555 0100."]
    stale = move_endorsements(seen={key: "pending"}, to="withheld", reason="spam", consultation=CONSULTATION, by=STAFF, now=NOW)
    assert (stale.moved, stale.stale) == ((), ((f"{published}-E1", "cleared"),))
    move_endorsements(seen={key: "cleared"}, to="withheld", reason="spam", consultation=CONSULTATION, by=STAFF, now=NOW)
    assert (counts(published).endorsements, counts(published).endorsements_in_all) == (0, 1)


@on_sqlite
def test_only_what_the_public_reads_can_be_endorsed_and_only_while_the_window_is_open(published):
    waiting = factories.comment(text="Waiting.").comments[0]
    confidential = cleared("Not for the public.", person=factories.person(choice="confidential"))
    assert [refusal(endorse, form=form(each), now=NOW) for each in (waiting, confidential, "PS3-1-9999")] == [
        ["not_published"], ["not_published"], ["comment_unknown"],
    ]  # fmt: skip
    closes = NOW + timedelta(days=8)
    assert refusal(endorse, form=form(published), now=closes) == ["window_closed"]
    assert endorse(form=form(published), now=closes - timedelta(seconds=1)).late is False


def test_a_mail_address_counts_once_and_again_when_its_first_is_gone(published):
    by = factories.person(mail="anna@example.org")
    first = endorse(form=form(published, by=by), now=NOW)
    endorse(form=form(published, by=factories.person(mail="ANNA@example.org", name="Anna K.")), now=NOW)
    endorse(form=form(published), now=NOW)
    assert (counts(published).endorsements, counts(published).endorsements_in_all) == (2, 3)
    withdraw_endorsement(submission=first.receipt, now=NOW)
    assert counts(published).endorsements == 2


def test_one_basket_endorses_once_and_its_own_draft_steps_aside(published):
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="draft", target=factories.target(), draft=Draft(SAID),
        seen=0, opened_at=NOW, address=None, now=NOW,
    )  # fmt: skip
    endorse(form=form(published), token=kept.token, draft="draft", now=NOW)
    assert refusal(endorse, form=form(published), token=kept.token, now=NOW) == ["already_endorsed"]
    basket = baskets_of(token_sha256=db.session.execute(select(db.metadata.tables["basket"].c.token_sha256)).scalar_one(), language="en")[0]
    assert ([each.key for each in basket.unsent], [each.draft.text for each in basket.removed]) == ([], [SAID])


@pytest.mark.parametrize("goes", ["withheld", "withdrawn", "erased"])
@on_sqlite
def test_when_the_comment_goes_its_endorsements_stand_and_their_authors_are_told(published, goes):
    done = endorse(form=form(published, nuance="Ours too."), now=NOW)
    endorse(form=form(published, by=factories.person(mail=None, name="No Mail")), now=NOW)
    keys = db.session.scalars(select(Endorsement.id)).all()
    move_endorsements(seen=dict.fromkeys(keys, "pending"), to="cleared", consultation=CONSULTATION, by=STAFF, now=NOW)
    if goes == "withheld":
        move_comment(reference=published, seen_state="cleared", to="withheld", reason="abuse", by=STAFF, now=NOW)
    else:
        {"withdrawn": withdraw_comment, "erased": erase_comment}[goes](reference=published, by=OPERATOR, now=NOW)
    for viewer in ("public", "committee"):
        assert [(each.stub, each.nuance, each.name) for each in seen(published, viewer)] == [("comment_hidden", None, None)] * 2
    assert counts(published).endorsements == 2
    mails = db.session.scalars(select(Outbox.payload).where(Outbox.kind == "mail")).all()
    assert [mail["endorsement"] for mail in mails if mail["template"] == "endorsed_comment_gone"] == keys[:1]
    sent = [mail for mail in mails if mail["template"] == "endorsed_comment_gone"]
    told = build_comment_gone(sent[0])
    assert ("Ours too." in told.text, done.receipt in told.text, SAID in told.text) == (True, True, False)
    own = endorsement_on_receipt(submission=done.receipt)
    assert (own.nuance, own.comment_stub, own.words) == ("Ours too.", goes, None)


def test_erasing_leaves_the_number_and_nobody(published):
    done = endorse(form=form(published, nuance="Our plant in Port Elm.", by=factories.person(mail="elm@example.org", name="Elm")), now=NOW)
    erase_person(submission=done.receipt, typed=done.receipt, words=True, now=NOW)
    assert [(each.stub, each.reference) for each in seen(published, "secretariat")] == [("erased", done.endorsement)]
    assert counts(published).endorsements == 0
    assert "Elm" not in [party.name for party in db.session.scalars(select(Party))]
    assert [step.after for step in db.session.scalars(select(EndorsementStep))] == ["erased"]


def test_copies_are_counted_beside_comments_and_never_by_another_position(published):
    cleared(f"Dear secretariat, {SAID}")
    cleared(SAID.upper(), person=factories.person(mail="b@example.org"))
    cleared(SAID, number="5.1")
    against = cleared("We say the same as in the first round.", position="oppose")
    cleared("We say the same as in the first round.", position="support")
    endorse(form=form(against), now=NOW)
    by_place = counts_by_place(round_id=round_id(), viewer="public", now=NOW)
    assert sorted((each.comments, each.copies, each.endorsements) for each in by_place.values()) == [(1, 0, 0), (5, 2, 1)]
    whole = counts_of_round(round_id=round_id(), viewer="public", now=NOW)
    assert (whole.comments, whole.copies, whole.distinct, whole.endorsements) == (6, 2, 4, 1)
