"""Subscribers are told what concerns them, once, in time, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from consult.extensions import db, writing
from consult.models import Outbox, Round, SubscriptionNotice, SubscriptionRequest
from consult.operations.correct import correct_clause
from consult.operations.extend import extend_round
from consult.operations.record import OPERATOR
from consult.operations.subscribe import end_subscriptions
from consult.queries.drafts import stored_draft, version_row
from consult.queries.parity import clause_sha256
from consult.queries.subscriptions import news
from tests import factories
from tests.factories import CONSULTATION, NOW, STANDARD
from tests.support.database import on_sqlite
from tests.support.news import asked, look, looked_from, outbox, subscribed
from tests.support.statements import counted_statements

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSES = NOW + 8 * DAY
"""Of the round that `round_of` makes."""


@pytest.fixture(autouse=True)
def world(in_app):
    factories.round_of()


def told(now):
    """What the mails in the outbox say now: (mail, kinds)."""
    found = [news(payload["mail"], now) for payload in outbox()]
    return [(each.mail, [one.kind for one in each.happenings]) for each in found if each]


def corrected(number="5.2", now=NOW):
    draft = stored_draft(version_row(STANDARD, "v3-draft-1"), "fr")
    clause = next(each for each in draft.numbered if each.number == number)
    correct_clause(
        standard=STANDARD, version="v3-draft-1", language="fr", number=number, title=clause.title, text=f"{clause.text} Bien.",
        seen_sha256=clause_sha256(clause), reason="A word was missing.", second_person=False, by=OPERATOR, now=now,
    )  # fmt: skip


def test_the_two_reminders_come_seven_days_and_two_days_before_closing():
    subscribed()
    looked_from(NOW)
    counts = {}
    for hours in range(1, 24 * 8):
        if made := look(NOW + hours * HOUR):
            counts[hours] = made
    assert counts == {24: 1, 24 * 6: 1}
    assert told(NOW + 6 * DAY) == [("anna@example.org", ["closing_soon"])] * 2


def test_an_opening_is_told_when_it_comes():
    factories.round_of(number=2, opens=10 * DAY, closes=40 * DAY)
    subscribed(kinds=("opening",))
    looked_from(NOW + 10 * DAY - HOUR)
    assert (look(NOW + 10 * DAY - timedelta(seconds=61)), look(NOW + 10 * DAY)) == (0, 1)
    assert told(NOW + 10 * DAY) == [("anna@example.org", ["opening"])]


def test_looking_again_and_two_workers_tell_nobody_twice():
    subscribed()
    looked_from(NOW)
    extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 5, 1, 12), by=OPERATOR, now=NOW + timedelta(seconds=30))
    assert [look(NOW + n * timedelta(minutes=1)) for n in (1, 1, 2, 3, 4)] == [1, 0, 0, 0, 0]
    assert told(NOW + HOUR) == [("anna@example.org", ["extension"])]


def test_who_follows_consultation_document_and_clause_gets_one_mail():
    for topic in (f"consultation:{CONSULTATION}", f"standard:{STANDARD}", f"clause:{STANDARD}:v3-draft-1:5.2"):
        subscribed(topic=topic)
    looked_from(NOW)
    corrected(now=NOW + timedelta(minutes=1))
    assert look(NOW + 2 * timedelta(minutes=1)) == 1
    assert told(NOW + HOUR) == [("anna@example.org", ["correction"])]


def test_a_correction_of_another_clause_does_not_concern_the_follower_of_one():
    subscribed(topic=f"clause:{STANDARD}:v3-draft-1:5.1")
    subscribed(mail="doc@example.org", topic=f"standard:{STANDARD}")
    looked_from(NOW)
    corrected("5.2", NOW + timedelta(minutes=1))
    look(NOW + HOUR)
    assert told(NOW + HOUR) == [("doc@example.org", ["correction"])]


def test_a_clause_is_followed_into_the_draft_that_it_became():
    factories.change(kinds=["modified"], old=["5.1"], new=["5.2"])
    subscribed(topic=f"clause:{STANDARD}:v2:5.1")
    looked_from(NOW)
    corrected("5.2", NOW + timedelta(minutes=1))
    look(NOW + HOUR)
    assert told(NOW + HOUR) == [("anna@example.org", ["correction"])]


def test_only_what_was_asked_for_is_told():
    subscribed(kinds=("opening", "draft"))
    looked_from(NOW)
    corrected(now=NOW + timedelta(minutes=1))
    extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 5, 1, 12), by=OPERATOR, now=NOW + timedelta(minutes=1))
    assert look(NOW + HOUR) == 0


def test_what_happened_before_somebody_subscribed_is_not_told():
    looked_from(NOW)
    corrected(now=NOW + timedelta(minutes=1))
    subscribed(NOW + timedelta(minutes=2))
    assert look(NOW + timedelta(minutes=3)) == 0


@pytest.mark.parametrize(
    ("frequency", "leaves"), [("daily", datetime(2026, 3, 25, 6, tzinfo=UTC)), ("weekly", datetime(2026, 3, 30, 5, tzinfo=UTC))]
)
def test_a_digest_waits_for_its_hour_and_holds_everything(frequency, leaves):
    subscribed(frequency=frequency, kinds=("correction", "extension"))
    looked_from(NOW)
    corrected(now=NOW + timedelta(minutes=1))
    extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 5, 1, 12), by=OPERATOR, now=NOW + timedelta(minutes=2))
    assert [look(at) for at in (NOW + HOUR, leaves - timedelta(minutes=2), leaves)] == [0, 0, 1]
    assert told(leaves) == [("anna@example.org", ["correction", "extension"])]


def test_a_reminder_does_not_wait_for_a_digest_after_the_closing():
    subscribed(frequency="weekly", kinds=("closing_soon",))
    looked_from(NOW + 6 * DAY)
    assert look(CLOSES - 2 * DAY) == 1  # a Monday's digest would come five days after


def test_after_a_standstill_one_reminder_is_enough_and_none_after_closing():
    subscribed()
    looked_from(NOW)
    assert look(CLOSES - DAY) == 1
    assert [key.split("/")[3] for key in db.session.scalars(select(SubscriptionNotice.happening))] == ["48"]
    assert told(CLOSES - DAY) == [("anna@example.org", ["closing_soon"])]
    assert told(CLOSES) == []  # the mail server was down until then


def test_a_round_that_is_called_off_sends_nothing_even_what_lay_in_the_outbox():
    subscribed()
    looked_from(NOW)
    assert look(NOW + DAY) == 1
    with writing() as session:
        session.execute(update(Round).values(state="cancelled"))
    assert told(NOW + DAY) == []
    assert look(NOW + 6 * DAY) == 0


def test_who_unsubscribed_gets_not_even_what_lay_in_the_outbox():
    token = subscribed()
    looked_from(NOW)
    assert look(NOW + DAY) == 1
    end_subscriptions(token=token, now=NOW + DAY)
    assert told(NOW + DAY) == []
    assert look(NOW + 6 * DAY) == 0


def test_an_extended_round_is_reminded_of_its_new_closing():
    subscribed(kinds=("closing_soon",))
    looked_from(NOW)
    assert look(NOW + DAY) == 1
    extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 4, 20, 12), by=OPERATOR, now=NOW + DAY)
    assert look(datetime(2026, 4, 13, 10, tzinfo=UTC)) == 1


def test_requests_that_nobody_confirmed_are_deleted():
    asked()
    looked_from(NOW)
    look(NOW + 47 * HOUR)
    assert len(db.session.scalars(select(SubscriptionRequest)).all()) == 1
    look(NOW + 48 * HOUR)
    assert db.session.scalars(select(SubscriptionRequest)).all() == []


def test_a_payload_names_rows_only():
    subscribed()
    looked_from(NOW)
    look(NOW + DAY)
    db.session.rollback()
    assert [sorted(row.payload) for row in db.session.scalars(select(Outbox))] == [["request", "template"], ["mail", "template"]]


@on_sqlite
def test_a_look_asks_the_database_as_often_for_forty_subscribers_as_for_one():
    counts = []
    looked_from(NOW)
    for day, more in ((1, 1), (2, 39)):
        for number in range(more):
            subscribed(mail=f"s{day}-{number}@example.org", address=f"10.{number}.0.1", kinds=("extension",))
        at = NOW + day * HOUR
        extend_round(consultation=CONSULTATION, number=1, closes=datetime(2026, 5, day, 12), by=OPERATOR, now=at)
        with counted_statements() as said:
            assert look(at) in (1, 40)
        counts.append(len(said))
    assert counts[0] == counts[1]
