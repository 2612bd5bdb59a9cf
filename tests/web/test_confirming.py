"""The mail's link and code, as scanners and readers use them: opened twice, a button pressed once, then the reader comes."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.jobs.deliver import BUILDERS
from consult.models import Comment, Submission
from tests import factories
from tests.factories import NOW
from tests.support.comment_form import OWN, notices, opened, parts, send
from tests.support.database import on_sqlite

SITE = "https://consult.example"
DAY_AFTER = NOW + timedelta(days=6)


@pytest.fixture
def settings(settings, request):
    return replace(settings, public_address=getattr(request, "param", SITE))


@pytest.fixture
def mail(app, client, at):
    """The text of the mail that somebody's comment brings, sent five days before closing."""
    at(NOW - timedelta(minutes=1))
    with app.app_context():
        factories.round_of(closes=timedelta(days=5))
    signed = opened(client)
    at(NOW)
    assert send(client, signed).status_code == 303
    return mail_now(app)


def mail_now(app):
    with app.app_context():
        submission = db.session.scalars(select(Submission.id)).one()
        return BUILDERS["receipt"]({"template": "receipt", "submission": submission}).text


def links(mail):
    return [f"{urlsplit(each).path}?{urlsplit(each).query}" for each in re.findall(r"https://\S+", mail)]


def link(mail):
    return next(each for each in links(mail) if "token=" in each)


def code(mail):
    return re.search(r"onfirmation code(?: there)?: (\S+)", mail).group(1)


def press(client, page, act, **typed):
    """Presses a button of the page's form, as whoever sees it would."""
    (form,) = [each for each in parts(page, "form") if each.attributes["action"].endswith("/confirm")]
    assert act in [each.attributes.get("value") for each in form.find("button")]
    fields = {each.attributes["name"]: each.attributes.get("value", "") for each in form.find("input")}
    return client.post(form.attributes["action"], data={**fields, **typed, "act": act}, headers=OWN)


def marks(app):
    with app.app_context():
        row = db.session.execute(select(Submission.confirmation, Submission.late)).one()
        return row.confirmation, row.late, db.session.scalars(select(Comment.state)).one()


def scan(client, mail):
    """Every link twice; nothing may come of it."""
    for each in links(mail) * 2:
        assert client.get(each).status_code == 200


@pytest.mark.parametrize("button", ["confirm", "not_me"])
def test_the_reader_confirms_after_a_scanner_opened_all_twice_and_pressed_a_button(app, client, at, mail, button):
    scan(client, mail)
    assert marks(app) == ("unconfirmed", False, "pending")
    press(client, client.get(link(mail)), button)
    at(DAY_AFTER)
    page = client.get(link(mail))
    if button == "confirm":
        assert "This was confirmed already." in notices(page)[0]
    else:
        page = client.get(press(client, page, "confirm").location)
        assert "Confirmed." in notices(page)[0]
    assert marks(app) == ("confirmed", False, "pending")


@pytest.mark.parametrize("button", ["confirm", "not_me"])
def test_the_reader_disowns_after_a_scanner_opened_all_twice_and_pressed_a_button(app, client, mail, button):
    scan(client, mail)
    press(client, client.get(link(mail)), button)
    assert marks(app)[2] == "pending"
    second = press(client, client.get(link(mail)), "not_me")
    assert second.status_code == 200
    wrong = press(client, second, "disown", code="2222-2222")
    assert (wrong.status_code, marks(app)[2]) == (422, "pending")
    done = press(client, wrong, "disown", code=code(mail))
    assert "These comments are withheld." in notices(client.get(done.location))[0]
    assert marks(app) == ("disowned", False, "withheld")
    assert parts(client.get(link(mail)), "form", action="/en/confirm") == []


@on_sqlite
@pytest.mark.parametrize("settings", [""], indirect=True)
def test_without_an_address_of_its_own_the_mail_says_where_to_type_what(app, client, mail):
    assert "https://" not in mail.partition("----")[0]
    assert re.search(r"page /en/receipt on the site of .* reference", mail)
    assert re.search(r"page /en/confirm on the site of .* type the reference and this code", mail)
    reference = re.search(r"Reference: (\S+)", mail).group(1)
    page = client.get("/en/confirm")
    done = press(client, page, "confirm", reference=reference.lower(), code=code(mail).replace("-", ""))
    assert (done.status_code, marks(app)[0]) == (303, "confirmed")
    assert "Confirmed." in notices(client.get(done.location))[0]


@on_sqlite
def test_a_link_that_is_over_says_so_and_stores_nothing(app, client, at, mail):
    page = client.get(link(mail))
    at(NOW + timedelta(days=7))
    assert "This link counts no more." in notices(client.get(link(mail)))[0]
    assert press(client, page, "confirm").status_code == 422
    assert marks(app)[0] == "unconfirmed"
    forged = client.get("/en/confirm?token=forged")
    assert "This link counts no more." in notices(forged)[0]
