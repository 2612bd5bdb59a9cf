"""Who subscribes agrees twice, is told the same whether known or not, and is forgotten when she leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from consult.core.problem import Refused
from consult.core.subscription import CODE_TRIES, VALID_FOR, confirm_code, confirm_token
from consult.extensions import db
from consult.models import Attempt, Event, Outbox, Subscriber, Subscription, SubscriptionRequest
from consult.operations.subscribe import change_subscriptions, confirm_by_code, confirm_by_link, end_subscriptions
from consult.queries.subscriptions import managed
from tests import factories
from tests.factories import NOW, STANDARD
from tests.support.news import HERE, MAIL, SECRET, asked, looked_from, outbox, subscribed


@pytest.fixture(autouse=True)
def world(in_app):
    factories.round_of()


def refused(act, *given, **more):
    with pytest.raises(Refused) as error:
        act(*given, **more)
    return [problem.code for problem in error.value.problems]


def rows(model):
    db.session.rollback()
    return db.session.scalars(select(model)).all()


def test_nobody_is_subscribed_before_she_confirms():
    asked()
    assert (rows(Subscriber), rows(Subscription), len(outbox("subscription_confirm"))) == ([], [], 1)


def test_link_and_code_each_confirm():
    for number, confirm in enumerate(
        (
            lambda key: confirm_by_link(token=confirm_token(SECRET, key), now=NOW),
            lambda key: confirm_by_code(key=key, code=confirm_code(SECRET, key).lower().replace("-", " "), now=NOW),
        )
    ):
        done = confirm(asked(mail=f"person-{number}@example.org"))
        assert done.before is False
        assert managed(done.token, SECRET, "en").mail == f"person-{number}@example.org"


def test_a_scanner_that_pressed_the_button_first_does_not_matter():
    key = asked()
    first = confirm_by_link(token=confirm_token(SECRET, key), now=NOW)
    again = confirm_by_link(token=confirm_token(SECRET, key), now=NOW + timedelta(hours=5))
    by_code = confirm_by_code(key=key, code=confirm_code(SECRET, key), now=NOW + timedelta(hours=6))
    assert (first.before, again.before, by_code.before) == (False, True, True)
    assert first.token == again.token == by_code.token
    assert (len(rows(Subscriber)), len(rows(Subscription))) == (1, 1)


def test_a_link_is_worth_nothing_when_its_time_is_over():
    key = asked()
    assert refused(confirm_by_link, token=confirm_token(SECRET, key), now=NOW + VALID_FOR) == ["subscription_link_old"]
    assert refused(confirm_by_code, key=key, code=confirm_code(SECRET, key), now=NOW + VALID_FOR) == ["subscription_link_old"]
    assert rows(Subscriber) == []


@pytest.mark.parametrize("token", ["", ".", "x.y", "é.ü"])
def test_a_forged_link_is_worth_nothing(token):
    key = asked()
    forged = token or f"{key}.{'A' * 32}"
    assert refused(confirm_by_link, token=forged, now=NOW) == ["subscription_link_old"]


def test_wrong_codes_are_counted_until_the_right_one_is_worth_nothing():
    key = asked()
    said = [refused(confirm_by_code, key=key, code="2222-2222", now=NOW) for _ in range(CODE_TRIES)]
    assert said == [["code_wrong"]] * CODE_TRIES
    assert refused(confirm_by_code, key=key, code=confirm_code(SECRET, key), now=NOW) == ["subscription_link_old"]
    assert confirm_by_link(token=confirm_token(SECRET, key), now=NOW).before is False  # the owner of the mailbox is not shut out


def test_a_known_address_gets_the_very_same_answer_and_mail():
    subscribed()
    before = len(outbox("subscription_confirm"))
    keys = [asked(), asked(mail="new@example.org")]
    assert len(outbox("subscription_confirm")) == before + 2
    assert {len(key) for key in keys} == {24}
    assert {(row.tries, row.subscriber_id) for row in rows(SubscriptionRequest) if row.key in keys} == {(0, None)}


def test_one_address_follows_several_things_and_none_twice():
    first = subscribed()
    topics = (HERE, f"standard:{STANDARD}", f"clause:{STANDARD}:v3-draft-1:5.2")
    tokens = {subscribed(mail="Anna@Example.org", topic=topic, frequency="weekly") for topic in topics}
    assert tokens == {first}
    found = managed(first, SECRET, "fr").followed
    assert [(each.topic.topic.value, each.frequency) for each in found] == [(topic, "weekly") for topic in topics]
    assert (found[2].topic.label, found[2].topic.clause) == ("5.2", "Plan de réduction")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"mail": "nobody"}, "mail_invalid"),
        ({"mail": "a@b.example\r\nBcc: c@d.example"}, "mail_invalid"),
        ({"mail": "a@b.example, c@d.example"}, "mail_invalid"),
        ({"topic": ""}, "topic_missing"),
        ({"topic": "consultation:no-such"}, "topic_unknown"),
        ({"topic": f"clause:{STANDARD}:v3-draft-1:99"}, "topic_unknown"),
        ({"kinds": ()}, "kinds_missing"),
        ({"kinds": ("opening", "everything")}, "kinds_missing"),
        ({"frequency": "hourly"}, "frequency_unknown"),
    ],
)
def test_what_is_not_understood_is_refused_and_not_stored(form, code):
    assert refused(asked, **form) == [code]
    assert (rows(SubscriptionRequest), rows(Outbox)) == ([], [])


def test_one_address_gets_five_mails_an_hour_and_then_has_to_wait():
    for minute in range(5):
        asked(NOW + timedelta(minutes=minute), address=f"198.51.{minute}.1")
    assert refused(asked, NOW + timedelta(minutes=5), address="203.0.113.1") == ["too_many_attempts"]
    asked(NOW + timedelta(minutes=5), mail="other@example.org")
    asked(NOW + timedelta(minutes=61))


def test_thirty_people_behind_one_address_are_not_refused_and_a_flood_is():
    for number in range(60):
        asked(mail=f"p{number}@example.org", address=f"192.0.2.{number}")
    assert refused(asked, mail="last@example.org", address="192.0.2.99") == ["too_many_attempts"]
    asked(mail="last@example.org", address="192.0.3.1")


def test_how_often_can_be_changed_and_a_strangers_subscription_cannot():
    token, stranger = subscribed(), subscribed(mail="other@example.org")
    (own,), (other,) = (managed(each, SECRET, "en").followed for each in (token, stranger))
    stays = change_subscriptions(
        token=token, language="zh", frequencies={own.id: "weekly", other.id: "weekly"}, kept=[own.id, other.id], now=NOW
    )
    assert stays is True
    assert [(each.language, each.followed[0].frequency) for each in (managed(t, SECRET, "en") for t in (token, stranger))] == [
        ("zh", "weekly"), ("en", "at_once"),
    ]  # fmt: skip
    assert refused(change_subscriptions, token=token, language="en", frequencies={own.id: "x"}, kept=[], now=NOW) == ["frequency_unknown"]


@pytest.mark.parametrize("how", ["end", "keep nothing"])
def test_leaving_erases_the_address_everywhere(how):
    token = subscribed()
    asked()  # a further request of hers waits
    looked_from(NOW)
    if how == "end":
        end_subscriptions(token=token, now=NOW)
        end_subscriptions(token=token, now=NOW)
    else:
        assert change_subscriptions(token=token, language="en", frequencies={}, kept=[], now=NOW) is False
    assert managed(token, SECRET, "en") is None
    assert (rows(Subscription), rows(SubscriptionRequest)) == ([], [])
    assert [(row.mail, row.key, row.ended_at) for row in rows(Subscriber)] == [(None, None, NOW)]
    tables = [table for table in db.metadata.sorted_tables if not table.name.startswith("search")]
    everything = repr([db.session.execute(select(table)).all() for table in tables])
    assert MAIL not in everything
    assert refused(change_subscriptions, token=token, language="en", frequencies={}, kept=[], now=NOW) == ["subscription_link_old"]


def test_an_old_token_opens_nothing_for_who_comes_back():
    token = subscribed()
    end_subscriptions(token=token, now=NOW)
    again = subscribed()
    assert again != token
    assert (managed(token, SECRET, "en"), managed(again, SECRET, "en").mail) == (None, MAIL)


def test_events_outbox_and_attempts_hold_no_address():
    token = subscribed()
    end_subscriptions(token=token, now=NOW)
    for model in (Event, Outbox, Attempt):
        found = [[getattr(row, column.key) for column in model.__table__.columns] for row in rows(model)]
        assert found
        assert "example.org" not in repr(found)
    kinds = db.session.execute(text("select kind, subject from event where kind like 'subscription%' order by id")).all()
    assert [tuple(row) for row in kinds] == [("subscription_confirmed", "subscriber:1"), ("subscription_ended", "subscriber:1")]
