"""Endorsing as a browser without scripts meets it: the form, what is offered instead of a copy, the receipt, the rules; one figure everywhere."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from consult.extensions import db
from consult.models import Attempt, Endorsement, Outbox
from consult.operations.moderate import move_comment
from consult.operations.record import Actor
from tests import factories
from tests.factories import NOW
from tests.staff import signed_in
from tests.support.comment_form import BASE, CLAUSE, OWN, notices, parts, signed_of
from tests.support.database import on_sqlite
from tests.support.html import Page

SAID = "A yearly review of the whole inventory is not possible for plants that run three shifts, since nobody may stop them."
WHO = {
    "capacity": "organisation", "organisation": "Harbour Casting", "name": "Anna", "mail": "anna@example.org", "stakeholder_class": "production",
    "country": "CH", "choice": "named", "consent": "1",
}  # fmt: skip
MOMENT = timedelta(minutes=1)

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def comment(app, at):
    """A comment that the public reads; the form is filled in a minute later."""
    at(NOW)
    with app.app_context():
        factories.round_of()
        reference = factories.comment(text=SAID).comments[0]
        move_comment(reference=reference, seen_state="pending", to="cleared", by=Actor("account", 1), now=NOW)
    return reference


def address(comment, language="en"):
    return f"/{language}/{BASE}/comments/{comment}/endorse"


def endorse(client, at, comment, language="en", **changed):
    at(NOW)
    signed = signed_of(client.get(address(comment, language)))
    at(NOW + MOMENT)
    return client.post(address(comment, language), data={**WHO, "nuance": "", **changed, "signed": signed}, headers=OWN)


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_an_endorsement_leads_to_its_receipt(client, at, comment, language):
    page = client.get(endorse(client, at, comment, language, nuance="  Two of our plants run four.").location)
    assert f"{comment}-E1" in page.text
    assert "  Two of our plants run four." in page.text


def test_the_public_reads_number_at_once_and_names_when_cleared(app, client, at, comment):
    endorse(client, at, comment, nuance="Two of ours too.")
    public = f"/en/{BASE}/comments/{comment}"
    before = client.get(public)
    assert ("1 endorsement" in before.text, "Harbour Casting" in before.text, "Two of ours too." in before.text) == (True, False, False)
    staff = signed_in(app, "secretariat").client
    desk = "/en/moderation/performance-standard-v3/endorsements"
    listed = staff.get(desk)
    ticked = parts(listed, "input", name="tick")[0].attributes["value"]
    signed = parts(listed, "main")[0].find("form")[0].find("input")[0].attributes["value"]
    assert "Two of ours too." in listed.text
    refused = staff.post(desk, data={"signed": signed, "tick": ticked, "act": "without_nuance"}, headers=OWN)
    assert (refused.status_code, "Choose the reason" in refused.text) == (422, True)
    staff.post(desk, data={"signed": signed, "tick": ticked, "act": "cleared"}, headers=OWN)
    after = client.get(public)
    assert ("Harbour Casting" in after.text, "Two of ours too." in after.text, "anna@example.org" in after.text) == (True, True, False)


def test_whatever_is_refused_comes_back(client, at, comment):
    nothing = endorse(client, at, comment, nuance="x" * 1001, consent="")
    assert (nothing.status_code, "x" * 1001 in nothing.text, [each.attributes["href"] for each in parts(nothing, "a") if each.attributes.get("href") in ("#nuance", "#consent")]) == (422, True, ["#nuance", "#consent"])  # fmt: skip
    forged = client.post(address(comment), data={**WHO, "nuance": "kept", "signed": "forged"}, headers=OWN)
    assert (forged.status_code, "kept" in forged.text) == (400, True)
    at(NOW + timedelta(days=1))
    signed = signed_of(client.get(address(comment)))
    at(NOW + timedelta(days=8))
    late = client.post(address(comment), data={**WHO, "nuance": "kept too", "signed": signed}, headers=OWN)
    assert (late.status_code, "kept too" in late.text) == (403, True)


def test_a_comment_that_went_meanwhile_cannot_be_endorsed_and_nothing_typed_is_lost(app, client, at, comment):
    signed = signed_of(client.get(address(comment)))
    with app.app_context():
        move_comment(reference=comment, seen_state="cleared", to="withheld", reason="abuse", by=Actor("account", 1), now=NOW)
    at(NOW + MOMENT)
    answer = client.post(address(comment), data={**WHO, "nuance": "Our own words.", "signed": signed}, headers=OWN)
    assert (answer.status_code, "Our own words." in answer.text, "is not public" in notices(answer)[0]) == (409, True, True)


def test_the_author_takes_it_back_from_the_receipt_and_it_counts_no_more(client, at, comment):
    page = client.get(endorse(client, at, comment).location)
    form = next(each for each in parts(page, "form") if each.attributes.get("action", "").endswith("/endorsement/withdraw"))
    answer = client.post(form.attributes["action"], data={"signed": form.find("input")[0].attributes["value"]}, headers=OWN)
    assert "taken back" in client.get(answer.location).text
    assert "0 endorsements" in client.get(f"/en/{BASE}/comments/{comment}").text


def test_what_was_said_already_is_offered_while_typing_and_beside_a_draft(app, client, at, comment):
    field = parts(client.get(f"/en/{CLAUSE}"), "div", **{"data-module": "alike"})[0].attributes
    with app.app_context():
        before = db.session.scalars(select(Attempt.id)).all()
    typed = client.post(field["data-address"], data={"signed": field["data-signed"], "text": f"Dear all, {SAID}"}, headers=OWN)
    other = client.post(
        field["data-address"], data={"signed": field["data-signed"], "text": "Something else about this clause."}, headers=OWN
    )
    assert (comment in typed.text, other.text.strip()) == (True, "")
    with app.app_context():
        assert db.session.scalars(select(Attempt.id)).all() == before
    at(NOW)
    signed = signed_of(client.get(f"/en/{CLAUSE}"))
    at(NOW + MOMENT)
    client.post(f"/en/{CLAUSE}", data={"signed": signed, "text": SAID, "act": "keep"}, headers=OWN)
    for page in ("/en/my/comments", "/en/my/review"):
        offer = next(each for each in parts(client.get(page), "a") if "/endorse?draft=" in each.attributes.get("href", ""))
    form = client.get(offer.attributes["href"])
    at(NOW + 2 * MOMENT)
    given = {each.attributes["name"]: each.attributes.get("value", "") for each in parts(form, "input", type="hidden")}
    receipt = client.post(offer.attributes["href"], data={**WHO, **given}, headers=OWN)
    assert receipt.status_code == 303
    basket = client.get("/en/my/comments")
    assert ("Put back" in basket.text, "/endorse?draft=" in basket.text) == (True, False)
    again = endorse(client, at, comment)
    assert (again.status_code, f"{comment}-E1" in notices(again)[0]) == (409, True)


def test_every_page_and_file_carries_the_same_figures(app, client, at, comment):
    with app.app_context():
        copy = factories.comment(text=f"Good morning. {SAID}").comments[0]
        move_comment(reference=copy, seen_state="pending", to="cleared", by=Actor("account", 1), now=NOW)
    endorse(client, at, comment)
    endorse(client, at, comment, mail="b@example.org", name="B")
    endorse(client, at, copy, mail="c@example.org", name="C")
    pages = {
        name: figures(client.get(f"/en/{path}"))
        for name, path in {"list": f"{BASE}/comments", "clause": f"{BASE}/clauses/performance-standard/5.2"}.items()
    }
    assert pages == {name: {"Different texts": "1", "Copies": "1", "Endorsements": "3"} for name in pages}
    row = parts(client.get("/en/consultations/performance-standard-v3/counting"), "tbody")[0].find("tr")[0]
    assert [each.text for each in row.find("td")] == ["2", "1", "1", "0", "3"]
    data = client.get(f"/en/{BASE}/comments.json").json
    assert [data["summary"][key] for key in ("received", "copies", "distinct_texts", "signatories", "endorsements")] == [2, 1, 1, 0, 3]
    assert [(each["reference"], each["cluster"], each["endorsements"]) for each in data["comments"]] == [
        (comment, comment, 2),
        (copy, comment, 1),
    ]
    assert [(each["endorsed_comment"], each["moderation_state"], each["counted"], each["name"]) for each in data["endorsements"]] == [
        (comment, "pending", True, None), (comment, "pending", True, None), (copy, "pending", True, None),
    ]  # fmt: skip
    book = load_workbook(BytesIO(client.get(f"/en/{BASE}/comments.xlsx").data))
    assert [row[0].value for row in book["Endorsements"].iter_rows(min_row=3)] == [f"{comment}-E1", f"{comment}-E2", f"{copy}-E1"]
    overview = client.get("/en/consultations/performance-standard-v3/").text
    assert re.search(r"1 different text among the comments · 1 copy · 3 endorsements", re.sub(r"\s+", " ", overview))
    member = signed_in(app, "committee", consultation="performance-standard-v3").client
    room = member.get("/en/committee/performance-standard-v3/rounds/1/performance-standard/5.2")
    aside = parts(room, "aside")[-1].find("table")[1]
    assert {each.find("th")[0].text: each.find("td")[0].text for each in aside.find("tr")} == {
        "Copies among them": "1", "Different texts": "1", "Endorsements": "3",
    }  # fmt: skip
    table = Page(member.get("/en/committee/performance-standard-v3/rounds/1/").text).root.find("table")[0]
    sums = [each.text for each in table.find("tfoot")[0].find("th", "td")]
    grid = {head.text: sum_ for head, sum_ in zip(table.find("thead")[0].find("th"), sums, strict=True)}
    assert [grid[head] for head in ("Received", "of these, copies", "Endorsements")] == ["2", "1", "3"]


def figures(response):
    return {
        each.find("dt")[0].text: each.find("dd")[0].text
        for each in next(one for one in parts(response, "dl") if "four-figures" in one.attributes.get("class", "")).find("div")
    }


def test_a_mail_that_endorsed_before_is_not_told_on_the_page(app, client, at, comment):
    first = endorse(client, at, comment)
    second = endorse(client, at, comment, name="Somebody else")
    assert (first.status_code, second.status_code) == (303, 303)
    with app.app_context():
        assert len(db.session.scalars(select(Endorsement.id)).all()) == 2
        assert len([mail for mail in db.session.scalars(select(Outbox.payload)) if mail["template"] == "receipt"]) >= 2
    assert "1 endorsement" in client.get(f"/en/{BASE}/comments/{comment}").text


def test_a_row_of_a_file_that_says_it_again_is_offered_and_left_out_once_it_is_endorsed(client, at, comment):
    upload = f"/en/{BASE}/upload"
    data = f"Clause,Comment\n5.2,{SAID.replace(', ', ' ')}\n5.3,{SAID.replace(', ', ' ')}\n".encode()
    sent = client.post(upload, data={"signed": signed_of(client.get(upload)), "file": (BytesIO(data), "form.csv")}, headers=OWN)
    offers = [each.attributes["href"] for each in parts(client.get(sent.location), "a") if each.text == f"Endorse {comment}"]
    assert len(offers) == 1  # not at 5.3
    page = client.get(offers[0])
    assert "The row of your file that says this is left out." in page.text
    draft = parts(page, "input", name="draft")[0].attributes["value"]
    assert endorse(client, at, comment, draft=draft).status_code == 303
    page = client.get(sent.location)
    assert [each.text for each in parts(page, "h2")] == ["Placed (1)", "Left out (1)"]
