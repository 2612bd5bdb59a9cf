"""Around the window, as a browser without scripts meets it: reminders, files of what was not submitted, late links, limits, a form that comes back at once."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from consult.core.limits import DOORS, Door, Limit
from consult.extensions import db
from consult.models import LateLink, Reminder, Submission
from consult.operations.late import issue_late_link, link_token
from consult.operations.record import OPERATOR
from consult.operations.remind import end_token
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.comment_form import CLAUSE, OWN, SAID, as_typed, notices, opened, parts, send, signed_of
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)
SECOND = timedelta(seconds=1)
PERSON = {name: SAID[name] for name in ("capacity", "organisation", "name", "mail", "stakeholder_class", "country", "choice", "consent")}
REVIEW = f"/en/my/review?round={CONSULTATION}/1"
FORM = f"/en/my/not-submitted.xlsx?round={CONSULTATION}/1"

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()


def keep(client, **changed):
    return send(client, act="keep", **changed)


def press(client, address, **fields):
    page = client.get("/en/my/comments")
    return client.post(f"/en{address}", data={"signed": signed_of(page), "round": f"{CONSULTATION}/1", **fields}, headers=OWN)


def review(client):
    page = client.get(REVIEW)
    signed = next(each for each in parts(page, "form") if each.attributes.get("id") == "review-form").find("input")[0].attributes["value"]
    return client.post(REVIEW, data={**PERSON, "signed": signed, "act": "submit"}, headers=OWN)


def words_in(data):
    from openpyxl import load_workbook

    return {str(cell) for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows(values_only=True) for cell in row if cell}


def stored(app, what):
    with app.app_context():
        return db.session.scalars(select(what)).all()


def late_link(app, now=CLOSES, **changed):
    with app.app_context():
        ends = (CLOSES + timedelta(days=3)).replace(tzinfo=None)
        given = {"whom": "A mine", "reason": "no_access", "ends": ends, "second_person": False, **changed}
        link = issue_late_link(consultation=CONSULTATION, round_number=1, by=OPERATOR, now=now, **given)
        return link_token(db.session.get_one(LateLink, link).key)


def test_reminders_are_asked_for_corrected_and_declined_in_the_basket(app, client):
    keep(client)
    wrong = press(client, "/my/reminders", act="ask", mail="anna@")
    assert (wrong.status_code, 'value="anna@"' in wrong.text, stored(app, Reminder.mail)) == (422, True, [])
    assert press(client, "/my/reminders", act="ask", mail=" anna@example.org ").status_code == 303
    assert "<bdi" in client.get("/en/my/comments").text
    assert press(client, "/my/reminders", act="decline").status_code == 303
    page = client.get("/en/my/comments").text
    assert (stored(app, Reminder.mail), "You get no reminders, as you asked." in page, "anna@example.org" in page) == ([None], True, False)


def test_a_mail_program_ends_reminders_with_one_click_and_a_scanner_does_not(app, client):
    keep(client)
    press(client, "/my/reminders", act="ask", mail="anna@example.org")
    with app.app_context():
        token = end_token(db.session.scalars(select(Reminder.key)).one())
    address = f"/en/my/reminders/end?token={token}"
    assert [client.get(address).status_code for _ in range(2)] == [200, 200]
    assert stored(app, Reminder.mail) == ["anna@example.org"]
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stored(app, Reminder.mail) == [None]


def test_a_basket_submitted_a_second_before_closing_counts_and_a_second_after_comes_back_as_a_form(app, client, at):
    keep(client)
    for moment in (CLOSES, CLOSES + SECOND):
        at(moment)
        refused = review(client)
        assert (refused.status_code, stored(app, Submission.id)) == (403, [])
        assert FORM.replace("&", "&amp;") in refused.text
    assert {"One\nthing.", SAID["proposed"], SAID["rationale"]} <= words_in(client.get(FORM).data)
    at(CLOSES - SECOND)
    assert (review(client).status_code, stored(app, Submission.late)) == (303, [False])


def test_after_closing_the_basket_gives_everything_back_with_the_day_it_is_deleted(client, at):
    keep(client)
    at(CLOSES)
    page = client.get("/en/my/comments")
    assert f'href="{FORM}"' in page.text
    assert "30\u00a0June 2026" in page.text  # 90 days after 1 April


def test_a_refused_form_can_be_saved_as_a_filled_form_and_nothing_is_stored(app, client, at):
    signed = opened(client)
    at(CLOSES + SECOND)
    refused = send(client, signed=signed)
    (form,) = (each for each in parts(refused, "form") if each.attributes.get("action", "").endswith("given-back.xlsx"))
    data = {each.attributes["name"]: each.attributes["value"] for each in form.find("input")}
    made = client.post("/en/my/given-back.xlsx", data=data, headers=OWN)
    assert (made.status_code, made.headers["Cache-Control"]) == (200, "no-store")
    assert {"One\nthing.", SAID["proposed"], SAID["rationale"], "Oppose", "Technical"} <= words_in(made.data)
    assert client.post("/en/my/given-back.xlsx", data={**data, "signed": "forged"}, headers=OWN).status_code == 400
    assert stored(app, Submission.id) == []


def test_a_late_link_leads_through_the_ordinary_forms_to_one_submission(app, client, at):
    at(CLOSES + SECOND)
    token = late_link(app)
    address = f"/en/my/late?token={token}"
    assert "no-store" in client.get(address).headers["Cache-Control"]
    assert client.get(f"/en/{CLAUSE}").text.count("<textarea") == 0
    entered = client.post(address, data={"signed": signed_of(client.get(address))}, headers=OWN)
    assert entered.status_code == 303
    places = client.get(entered.location)
    assert f'href="/en/{CLAUSE}"' in places.text
    assert "marked as late" in client.get(f"/en/{CLAUSE}").text
    assert keep(client).status_code == 303
    assert "1 comment not yet submitted" in client.get(f"/en/{CLAUSE}").text
    assert review(client).status_code == 303
    assert stored(app, Submission.late) == [True]
    refused = send(client, signed="", text="once more")
    assert refused.status_code == 403
    assert "has been used" in client.get(address).text
    assert client.get("/en/my/late?token=forged").status_code == 404


def test_a_late_link_lets_a_single_comment_in_without_a_basket_of_drafts(app, client, at):
    at(CLOSES + SECOND)
    address = f"/en/my/late?token={late_link(app)}"
    client.post(address, data={"signed": signed_of(client.get(address))}, headers=OWN)
    assert send(client).status_code == 303
    assert (stored(app, Submission.late), send(client, signed="", text="x").status_code) == ([True], 403)


OUTSIDE = {"REMOTE_ADDR": "203.0.113.7"}
"""What comes from the machine itself is not limited."""


def test_who_reaches_a_limit_keeps_the_text_and_gets_ways_on(app, client, monkeypatch):
    client.environ_base.update(OUTSIDE)
    monkeypatch.setitem(DOORS, "submit", Door(Limit(1, timedelta(hours=1))))
    monkeypatch.setitem(DOORS, "keep", Door(Limit(1, timedelta(hours=1))))
    assert send(client).status_code == 303
    for act in (None, "keep"):
        if act:
            keep(client, text="first")
        refused = send(client, text="second", act=act)
        assert (refused.status_code, as_typed(refused)["text"]) == (429, "second")
        (said,) = notices(refused)
        assert ("60 minutes" in said, app.config["BODY"].contact in said, "XLSX" in said) == (True, True, True)
    refused = review(client)
    assert (refused.status_code, "60 minutes" in refused.text) == (429, True)


@pytest.fixture
def settings(settings, request):
    return replace(settings, least_seconds=2) if "quick" in request.node.name else settings


def test_a_form_that_comes_back_too_quick_is_asked_once_more_with_one_button(app, client, at):
    client.environ_base.update(OUTSIDE)
    signed = opened(client)
    at(NOW + SECOND)
    asked = send(client, signed=signed)
    assert (asked.status_code, as_typed(asked)["text"], stored(app, Submission.id)) == (409, "One\nthing.", [])
    button = next(each for each in parts(asked, "button") if each.attributes.get("form") == "comment-form")
    assert button.text == "Submit this comment"
    at(NOW + 2 * SECOND)
    assert send(client, signed=signed_of(asked)).status_code == 303
    assert keep(client, text="another").status_code == 303
    page = client.get(REVIEW)
    signed = next(each for each in parts(page, "form") if each.attributes.get("id") == "review-form").find("input")[0].attributes["value"]
    said = {**PERSON, "signed": signed, "act": "submit"}
    assert client.post(REVIEW, data=said, headers=OWN).status_code == 409
    at(NOW + 4 * SECOND)
    assert client.post(REVIEW, data=said, headers=OWN).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 2
