"""The receipt: opened again, corrected, saved as a file."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.models import Comment, ModerationStep
from tests import factories
from tests.factories import NOW
from tests.support.comment_form import OWN, SAID, notices, particulars, parts, send, signed_of
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()


def test_the_receipt_opens_again_with_reference_and_code_alone(client):
    first = particulars(client.get(send(client).location))
    signed = signed_of(client.get("/en/receipt"))
    code = first["Secret code"][:19]
    response = client.post("/en/receipt", data={"signed": signed, "reference": first["Reference"].lower(), "code": code}, headers=OWN)
    assert response.status_code == 303
    assert code not in response.location
    assert particulars(client.get(response.location)) == first


@on_sqlite
def test_a_ticket_is_for_one_receipt_and_one_hour(app, client, at):
    mine, other = send(client).location, send(client, text="other").location
    stolen = other.split("?")[0] + "?" + mine.split("?")[1]
    for address in (stolen, mine.split("?")[0], mine[:-2]):
        assert not parts(client.get(address), "dl")
    assert parts(client.get(mine), "dl")
    at(NOW + timedelta(hours=1))
    assert not parts(client.get(mine), "dl")


@on_sqlite
def test_wrong_codes_end_in_waiting(client):
    reference = particulars(client.get(send(client).location))["Reference"]
    signed = signed_of(client.get("/en/receipt"))
    answers = [client.post("/en/receipt", data={"signed": signed, "reference": reference, "code": "nope"}, headers=OWN) for _ in range(11)]
    assert [each.status_code for each in answers] == [422] * 10 + [429]
    assert (answers[-1].headers["Retry-After"], "Wait 15 minutes" in notices(answers[-1])[0]) == ("900", True)
    assert "nope" not in answers[0].text


def test_the_recognised_language_can_be_corrected_until_closing(app, client, at):
    page = client.get(send(client, text="OK", proposed="", rationale="").location)
    form = next(each for each in parts(page, "form") if each.attributes["action"].endswith("/language"))
    data = {each.attributes["name"]: each.attributes["value"] for each in form.find("input")}
    response = client.post(form.attributes["action"], data={**data, "language": "sus"}, headers=OWN)
    assert client.get(response.location).status_code == 200
    with app.app_context():
        assert db.session.scalars(select(Comment.language)).one() == "sus"
    assert client.post(form.attributes["action"], data={**data, "language": "no such tag"}, headers=OWN).status_code == 422
    assert client.post(form.attributes["action"], data={**data, "signed": "forged", "language": "fr"}, headers=OWN).status_code == 400
    at(CLOSES - timedelta(minutes=1))
    signed = signed_of(client.get("/en/receipt"))
    shown = particulars(page)
    again = client.post(
        "/en/receipt", data={"signed": signed, "reference": shown["Reference"], "code": shown["Secret code"][:19]}, headers=OWN
    )
    data["signed"] = signed_of(client.get(again.location))
    at(CLOSES)
    assert client.post(form.attributes["action"], data={**data, "language": "fr"}, headers=OWN).status_code == 409


@on_sqlite
@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_receipt_is_a_text_file_too(client, language):
    page = client.get(send(client, language=language).location)
    form = next(each for each in parts(page, "form") if each.attributes["action"].endswith("/file"))
    response = client.post(form.attributes["action"], data={"signed": form.find("input")[0].attributes["value"]}, headers=OWN)
    assert (response.mimetype, response.headers["Content-Disposition"][:30]) == ("text/plain", "attachment; filename=receipt_R")
    for piece in ("One\nthing.", SAID["proposed"], SAID["rationale"], factories.WORDS["5.2"][1][language], "PS3-1-0001", "Lake Foundries"):
        assert piece in response.text


@on_sqlite
def test_a_receipt_follows_what_became_of_a_comment(app, client):
    address = send(client).location
    with app.app_context(), factories.writing() as session:
        comment = session.scalars(select(Comment)).one()
        comment.state = "withheld"
        session.add(withheld(comment.id))
    assert "Withheld because it does not concern the consultation." in client.get(address).text


def withheld(comment):
    return ModerationStep(
        comment_id=comment,
        before="pending",
        after="withheld",
        reason="off_topic",
        note="staff only",
        actor_kind="account",
        actor_id=1,
        at=NOW,
    )
