"""News by mail on pages: without scripts, without an account, safe from scanners, and saying nothing of who is known."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.core.subscription import confirm_code, confirm_token
from consult.extensions import db
from consult.jobs.subscriptions import build_confirmation, build_news
from consult.mail.smtp import Connection
from consult.models import Subscriber, Subscription, SubscriptionRequest
from tests import factories
from tests.factories import NOW
from tests.support.database import on_sqlite
from tests.support.demo import stop_clock
from tests.support.html import Page
from tests.support.news import HERE, MAIL, SECRET, look, looked_from, outbox, subscribed

OWN = {"Sec-Fetch-Site": "same-origin"}
FORM = {"topic": HERE, "kinds": ["opening", "closing_soon"], "frequency": "daily", "mail": MAIL}


@pytest.fixture
def settings(settings):
    return replace(settings, public_address="https://consult.example")


@pytest.fixture(autouse=True)
def world(app, monkeypatch):
    stop_clock(monkeypatch, NOW)
    with app.app_context():
        factories.round_of()


def field(answer, number=0):
    inputs = [each for each in Page(answer.text).root.find("input") if each.attributes.get("name") == "signed"]
    return inputs[number].attributes["value"]


def post(client, address, signed, **data):
    return client.post(address, data={"signed": signed, **data}, headers=OWN)


def send(client, **changed):
    return post(client, "/en/subscribe", field(client.get("/en/subscribe")), **FORM | changed)


def stored(app):
    with app.app_context():
        return tuple(len(db.session.scalars(select(model)).all()) for model in (SubscriptionRequest, Subscriber, Subscription))


def newest_key(app):
    with app.app_context():
        return db.session.scalars(select(SubscriptionRequest.key).order_by(SubscriptionRequest.id.desc())).first()


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_form_offers_what_its_reader_came_from(client, language):
    answer = client.get(f"/{language}/subscribe?standard=performance-standard&version=v3-draft-1&number=5.2")
    chosen = [each.attributes["value"] for each in Page(answer.text).root.find("input") if "checked" in each.attributes]
    assert chosen[0] == "clause:performance-standard:v3-draft-1:5.2"
    assert (answer.status_code, answer.headers["Cache-Control"], "Set-Cookie" in answer.headers) == (200, "no-store", False)


def test_opening_the_link_twice_changes_nothing_and_pressing_twice_is_as_good_as_once(app, client):
    sent = send(client)
    assert (sent.status_code, client.get(sent.location).status_code) == (303, 200)
    link = f"/en/subscribe/confirm?token={confirm_token(SECRET, newest_key(app))}"
    scanned = [client.get(link) for _ in range(2)]
    assert stored(app) == (1, 0, 0)
    pressed = post(client, link, field(scanned[1]))
    assert (pressed.status_code, stored(app)) == (303, (1, 1, 1))
    reader = client.get(link)
    again = post(client, link, field(reader))
    assert (reader.status_code, again.status_code, stored(app)) == (200, 303, (1, 1, 1))
    assert MAIL in client.get(again.location).text


def test_the_typed_code_confirms_too(app, client):
    place = send(client).location
    code = confirm_code(SECRET, newest_key(app))
    wrong = post(client, place, field(client.get(place)), code="2222-2222")
    assert (wrong.status_code, stored(app)) == (422, (1, 0, 0))
    right = post(client, place, field(wrong), code=code.lower())
    assert (right.status_code, stored(app)) == (303, (1, 1, 1))


def test_known_and_unknown_addresses_are_answered_alike(app, client):
    with app.app_context():
        subscribed(mail="known@example.org")
    answers = [send(client, mail=mail) for mail in ("known@example.org", "unknown@example.org")]
    pages = [client.get(answer.location) for answer in answers]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({len(answer.location) for answer in answers}) == 1
    assert len({len(page.text) for page in pages}) == 1
    assert not [page for page in pages if "example.org" in page.text]


def test_whoever_trips_the_limit_keeps_the_form_and_gets_a_way_on(client):
    for _ in range(5):
        assert send(client).status_code == 303
    stopped = send(client, frequency="weekly")
    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "3600")
    root = Page(stopped.text).root
    assert {each.attributes["value"] for each in root.find("input") if "checked" in each.attributes} == {
        HERE, "opening", "closing_soon", "weekly",
    }  # fmt: skip
    assert MAIL in stopped.text
    assert {"/en/feed.atom", "/en/calendar.ics"} <= {each.attributes.get("href") for each in root.find("a")}


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(app, client):
    answer = send(client, mail="nobody", kinds=[])
    assert (answer.status_code, stored(app)) == (422, (0, 0, 0))
    links = {each.attributes.get("href") for each in Page(answer.text).root.find("a")}
    assert {"#mail", "#kinds"} <= links
    assert 'value="nobody"' in answer.text


def test_a_mail_program_ends_everything_with_one_post_and_opening_ends_nothing(app, client):
    with app.app_context():
        token = subscribed()
    address = f"/fr/subscription/end?token={token}"
    assert (client.get(address).status_code, stored(app)) == (200, (1, 1, 1))
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with app.app_context():
        assert db.session.scalars(select(Subscriber.mail)).all() == [None]
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.get(address).status_code == 200
    assert client.get(f"/fr/subscription?token={token}").status_code == 404


def test_frequency_and_language_are_changed_by_the_page(app, client):
    with app.app_context():
        token = subscribed()
    page = client.get(f"/en/subscription?token={token}")
    data = {
        each.attributes["name"]: each.attributes["value"]
        for each in Page(page.text).root.find("input")
        if each.attributes.get("name") != "signed"
    }
    (row,) = [name.partition("-")[2] for name in data if name.startswith("keep-")]
    unchanged = post(client, f"/en/subscription?token={token}", field(page), **data, language="en", **{f"frequency-{row}": "at_once"})
    assert (unchanged.status_code, stored(app)) == (303, (1, 1, 1))
    post(client, f"/en/subscription?token={token}", field(page), **data, language="zh", **{f"frequency-{row}": "weekly"})
    with app.app_context():
        assert [
            (s.language, f.frequency)
            for s, f in db.session.execute(select(Subscriber, Subscription).join(Subscription, Subscription.subscriber_id == Subscriber.id))
        ] == [("zh", "weekly")]


@on_sqlite
def test_mails_hold_link_code_and_the_headers_to_leave(app, client, monkeypatch):
    send(client)
    with app.app_context():
        key = newest_key(app)
        asked = build_confirmation(outbox("subscription_confirm")[0])
        assert asked.to == MAIL
        assert confirm_code(SECRET, key) in asked.subject
        assert f"https://consult.example/en/subscribe/confirm?token={confirm_token(SECRET, key)}\n" in asked.text
        assert asked.unsubscribe is None
        token = subscribed(language="fr")
        looked_from(NOW)
        assert look(NOW + timedelta(days=1)) == 1
        stop_clock(monkeypatch, NOW + timedelta(days=1))
        mail = build_news(outbox()[0])
    assert (mail.language, mail.to) == ("fr", MAIL)
    assert f"https://consult.example/fr/subscription?token={token}\n" in mail.text
    message = Connection("smtp://localhost", "us@example.org").message(mail, message_id="<1@example.org>", now=NOW)
    assert message["List-Unsubscribe"] == f"<https://consult.example/fr/subscription/end?token={token}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
