"""My comments: kept from a form, edited, read through, submitted together; without scripts, as a browser meets it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.models import BasketComment, Comment
from consult.web import baskets
from consult.web.rendering import public_page
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.comment_form import BASE, CLAUSE, OWN, SAID, as_typed, notices, opened, parts, send, signed_of, stored
from tests.support.database import on_sqlite
from tests.support.html import Page
from tests.support.pages import faults_of

CLOSES = NOW + timedelta(days=8)
JSON = {**OWN, "Accept": "application/json"}
WORDS = {name: SAID[name] for name in ("text", "proposed", "rationale", "position", "type", "comment_language")}
PERSON = {name: SAID[name] for name in ("capacity", "organisation", "name", "mail", "stakeholder_class", "country", "choice", "consent")}
REVIEW = f"/en/my/review?round={CONSULTATION}/1"

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()


def keep(client, address=CLAUSE, headers=OWN, signed=None, **changed):
    return send(client, signed=signed, address=address, headers=headers, act="keep", **changed)


def keys(app):
    with app.app_context():
        return [*db.session.scalars(select(BasketComment.key).order_by(BasketComment.id))]


def texts(app):
    with app.app_context():
        return [*db.session.scalars(select(BasketComment.text).order_by(BasketComment.id))]


def edit(client, key, headers=OWN, **changed):
    page = client.get(f"/en/my/comments/{key}")
    revision = parts(page, "input", name="revision")[0].attributes["value"]
    data = {**WORDS, "signed": signed_of(page), "revision": revision, **changed}
    return client.post(f"/en/my/comments/{key}", data=data, headers=headers)


def review(client, act="submit", **changed):
    page = client.get(REVIEW)
    data = {**PERSON, "signed": parts(page, "input", name="signed")[-1].attributes["value"], "act": act, **changed}
    return client.post(REVIEW, data={k: v for k, v in data.items() if v is not None}, headers=OWN)


def press(client, address, **more):
    """Presses a button of the basket."""
    page = client.get("/en/my/comments")
    return client.post(f"/en{address}", data={"signed": signed_of(page), **more}, headers=OWN)


def headings(response, tag="h3"):
    return [each.text for each in Page(response.text).root.find(tag)]


def test_a_form_is_kept_with_an_opaque_cookie_and_nothing_is_submitted(app, client):
    answer = keep(client)
    assert (answer.status_code, answer.location) == (303, "/en/my/comments")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("consult_basket=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    page = client.get(answer.location)
    assert page.headers["Cache-Control"] == "no-store"
    assert "One\nthing." in page.text
    assert "We tried." in page.text
    assert stored(app) == [0, 0, 0]
    assert "Set-Cookie" not in keep(client, address=f"{BASE}/process/comment").headers


def test_the_person_of_a_kept_form_is_not_needed_yet_and_an_incomplete_draft_says_what_it_lacks(app, client):
    empty = dict.fromkeys(PERSON)
    keep(client, text="", proposed="", **empty)
    page = client.get("/en/my/comments")
    assert [each.text for each in parts(page, "li") if "error" in each.attributes.get("class", "")] == [
        "Write a comment or propose a wording: one of the two is needed."
    ]


def test_a_public_page_that_reads_the_basket_is_a_mistake(app):
    with app.test_request_context("/en/"):
        baskets.token()
        with pytest.raises(RuntimeError, match="public page"):
            public_page("mine/given_back.html", why="no_basket", typed=[])


def test_public_pages_are_the_same_bytes_with_a_basket(client):
    before = client.get("/en/").data
    keep(client)
    assert client.get("/en/").data == before


def test_forms_and_receipts_say_what_waits_and_public_pages_do_not(client):
    keep(client)
    for address, said in ((f"/en/{CLAUSE}", True), ("/en/receipt", True), ("/en/", False), (f"/en/consultations/{CONSULTATION}/", False)):
        assert ("1 comment not yet submitted" in " ".join(Page(client.get(address).text).root.text.split()), address) == (said, address)


def test_an_edit_shows_the_clause_and_all_that_was_typed(app, client):
    keep(client)
    page = client.get(f"/en/my/comments/{keys(app)[0]}")
    assert {name: as_typed(page).get(name) for name in WORDS} == {**WORDS, "text": "One\nthing."}
    assert parts(page, "section", **{"aria-label": "The text you comment on"})
    assert edit(client, keys(app)[0], text="Another").status_code == 303
    assert texts(app) == ["Another"]


def test_a_stale_edit_is_shown_with_both_texts_and_saved_from_there_it_replaces(app, client):
    keep(client)
    key = keys(app)[0]
    edit(client, key, text="One other thing.")
    answer = edit(client, key, text="One quite different thing.", revision="1")
    assert answer.status_code == 409
    assert [*faults_of(answer.text, "/en/")] == []
    assert as_typed(answer)["text"] == "One quite different thing."
    assert [("quite different" in each.text, "other" in each.text) for each in parts(answer, "ins", "del")] == [
        (False, True),
        (True, False),
    ]
    assert texts(app) == ["One other thing."]
    assert edit(client, key, text="One quite different thing.").status_code == 303


def test_the_same_goes_for_the_form_it_was_begun_with(app, client):
    signed = opened(client)
    keep(client, signed=signed)
    assert keep(client, signed=signed).status_code == 303
    answer = keep(client, signed=signed, text="Typed after Back.")
    assert (answer.status_code, as_typed(answer)["text"], texts(app)) == (409, "Typed after Back.", ["One\nthing."])
    revision = parts(answer, "input", name="revision")[0].attributes["value"]
    assert keep(client, signed=signed_of(answer), text="Typed after Back.", revision=revision).status_code == 303
    assert texts(app) == ["Typed after Back."]


def test_a_script_saves_and_hears_what_became_of_it(app, client, at):
    signed = opened(client)
    first = keep(client, signed=signed, headers=JSON)
    assert (first.status_code, first.json["revision"]) == (200, 1)
    second = keep(client, signed=signed, headers=JSON, text="more", revision="1")
    assert second.json["revision"] == 2
    stale = keep(client, signed=signed, headers=JSON, text="other tab", revision="1")
    assert (stale.status_code, stale.json) == (409, {"trouble": "stale_draft"})
    key = keys(app)[0]
    assert edit(client, key, headers=JSON, text="edited").json == {"revision": 3, "key": key}
    assert texts(app) == ["edited"]
    field = signed_of(client.get(f"/en/my/comments/{key}"))
    at(CLOSES)
    closed = client.post(f"/en/my/comments/{key}", data={"signed": field, "text": "late"}, headers=JSON)
    assert (closed.status_code, closed.json) == (403, {"trouble": "window_closed"})


def test_removing_can_be_undone(app, client):
    keep(client)
    key = keys(app)[0]
    assert press(client, f"/my/comments/{key}/remove").status_code == 303
    page = client.get("/en/my/comments")
    assert "Nothing waits to be submitted." in page.text
    assert press(client, f"/my/comments/{key}/restore").status_code == 303
    assert client.get("/en/my/comments").text.count("<li id=") == 1
    assert press(client, "/my/comments/unknown/remove").status_code == 409


def test_all_is_submitted_at_once_and_what_lacks_something_stays(app, client):
    keep(client, text="first")
    keep(client, address=f"{BASE}/process/comment", text="second")
    keep(client, text="", proposed="")
    page = client.get(REVIEW)
    assert "2 comments will be submitted" in page.text
    assert "One stays here" in page.text
    answer = review(client)
    assert answer.status_code == 303
    receipt = client.get(answer.location)
    assert receipt.status_code == 200
    assert "1 comment not yet submitted" in " ".join(Page(receipt.text).root.text.split())
    with app.app_context():
        comments = db.session.scalars(select(Comment).order_by(Comment.number)).all()
        assert [(each.target, each.revisions[0].text) for each in comments] == [("process", "second"), ("clause", "first")]
    assert stored(app) == [1, 1, 2]
    assert "receipt R-" in client.get("/en/my/comments").text


def test_the_same_review_sent_twice_gives_one_receipt(app, client):
    keep(client)
    field = parts(client.get(REVIEW), "input", name="signed")[-1].attributes["value"]
    both = [client.post(REVIEW, data={**PERSON, "signed": field}, headers=OWN) for _ in range(2)]
    assert [each.status_code for each in both] == [303, 303]
    assert len({each.location.split("?")[0] for each in both}) == 1
    assert stored(app) == [1, 1, 1]


def test_errors_come_back_with_all_that_was_typed_and_it_is_kept_for_the_next_visit(app, client):
    keep(client)
    answer = review(client, country="", consent=None, mail="no address")
    assert answer.status_code == 422
    assert [each for each in faults_of(answer.text, "/en/") if not each.startswith("title 'Error:")] == []
    links = [each.attributes["href"] for each in parts(answer, "a") if each.attributes.get("href") in ("#country", "#mail", "#consent")]
    assert sorted(links) == ["#consent", "#country", "#mail"]
    again = as_typed(client.get(REVIEW))
    assert {name: again.get(name, "") for name in ("name", "mail", "country", "choice", "capacity")} == {
        "name": "Anna", "mail": "no address", "country": "", "choice": "named", "capacity": "organisation",
    }  # fmt: skip
    assert stored(app) == [0, 0, 0]


def test_a_review_overtaken_by_another_tab_is_shown_again(app, client):
    keep(client)
    field = parts(client.get(REVIEW), "input", name="signed")[-1].attributes["value"]
    keep(client, address=f"{BASE}/process/comment", text="second")
    answer = client.post(REVIEW, data={**PERSON, "signed": field}, headers=OWN)
    assert (answer.status_code, stored(app)) == (409, [0, 0, 0])
    assert "changed after this page was opened" in " ".join(notices(answer))


def test_the_table_shows_what_others_will_see_of_this_very_person(client):
    keep(client)
    answer = review(client, act="show", choice="organisation")
    assert [each.attributes["id"] for each in parts(answer, "input", name="consent") if "checked" in each.attributes] == ["consent"]
    own = {each.find("dt")[0].text: each.find("dd")[0].text for each in parts(answer, "dl")[0].find("div")}
    assert "Lake Foundries" in own["The public will see"]
    assert "Anna" not in own["The public will see"]
    assert "anna@example.org" in own["The secretariat will see"]


def test_a_comment_may_show_less_than_the_submission(app, client):
    keep(client)
    edit(client, keys(app)[0], comment_choice="confidential")
    review(client)
    with app.app_context():
        assert db.session.scalars(select(Comment.publication_choice)).one() == "confidential"


def test_a_basket_goes_on_on_another_device_with_its_code(app, client):
    keep(client)
    code = parts(client.get("/en/my/comments"), "span", **{"class": "reference-large"})[0].text
    other = app.test_client()
    page = other.get("/en/my/resume")
    wrong = other.post("/en/my/resume", data={"signed": signed_of(page), "code": "2222-2222-2222-2222"}, headers=OWN)
    assert (wrong.status_code, "Set-Cookie" in wrong.headers) == (422, False)
    assert other.post("/en/my/resume", data={"signed": signed_of(page), "code": code.lower()}, headers=OWN).status_code == 303
    assert "One\nthing." in other.get("/en/my/comments").text
    assert "One\nthing." in client.get("/en/my/comments").text


def test_a_device_is_cleared_after_a_question(client):
    keep(client)
    page = client.get("/en/my/finish")
    assert "One comment is not yet submitted." in page.text
    answer = client.post("/en/my/finish", data={"signed": signed_of(page)}, headers=OWN)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"storage"')
    assert "No comments are kept on this device." in client.get("/en/my/comments").text


def test_an_edit_without_its_cookie_gives_the_text_back(app, client):
    keep(client)
    key = keys(app)[0]
    field = signed_of(client.get(f"/en/my/comments/{key}"))
    client.delete_cookie("consult_basket")
    answer = client.post(f"/en/my/comments/{key}", data={"signed": field, "text": "typed for an hour"}, headers=OWN)
    assert answer.status_code == 409
    assert [*faults_of(answer.text, "/en/")] == []
    assert "typed for an hour" in answer.text
    assert "Go on with your comments" in client.get(f"/en/my/comments/{key}").text


def test_an_edit_whose_field_fails_comes_back_with_all_that_was_typed(app, client):
    keep(client)
    answer = client.post(f"/en/my/comments/{keys(app)[0]}", data={"signed": "forged", "text": "typed", "revision": "1"}, headers=OWN)
    assert (answer.status_code, as_typed(answer)["text"]) == (400, "typed")
    assert texts(app) == ["One\nthing."]


def test_after_closing_everything_is_given_back_as_page_text_and_json(app, client, at):
    keep(client)
    key = keys(app)[0]
    field = parts(client.get(REVIEW), "input", name="signed")[-1].attributes["value"]
    edit_field = signed_of(client.get(f"/en/my/comments/{key}"))
    at(CLOSES)
    refused = client.post(REVIEW, data={**PERSON, "signed": field}, headers=OWN)
    late = client.post(f"/en/my/comments/{key}", data={"signed": edit_field, "text": "too late", "revision": "1"}, headers=OWN)
    assert (refused.status_code, late.status_code, "too late" in late.text, stored(app)) == (403, 403, True, [0, 0, 0])
    page = client.get("/en/my/comments")
    assert "What is listed here was not submitted." in page.text
    assert "One\nthing." in page.text
    text = client.get("/en/my/comments.txt")
    assert ("One\nthing." in text.text, "The Entity shall not." in text.text, text.headers["Cache-Control"]) == (True, True, "no-store")
    data = json.loads(client.get("/en/my/comments.json").text)
    assert [(each["text"], each["number"]) for each in data[0]["comments"]] == [("One\nthing.", "5.2")]
    assert client.get(f"/en/my/comments/{key}").status_code == 303


def test_a_form_kept_and_then_submitted_by_itself_leaves_the_basket(app, client):
    signed = opened(client)
    keep(client, signed=signed)
    assert send(client, signed=signed, revision="1").status_code == 303
    assert "Nothing waits to be submitted." in client.get("/en/my/comments").text
    assert stored(app) == [1, 1, 1]
    again = keep(client, signed=signed, text="once more", revision="1")
    assert (again.status_code, as_typed(again)["text"], stored(app)) == (409, "once more", [1, 1, 1])


def test_a_form_submitted_with_the_basket_is_not_submitted_by_itself(app, client):
    signed = opened(client)
    keep(client, signed=signed)
    review(client)
    answer = send(client, signed=signed, text="typed after Back")
    assert (answer.status_code, as_typed(answer)["text"], stored(app)) == (409, "typed after Back", [1, 1, 1])


@pytest.mark.parametrize("address", ["comments", "comments/unknown", "comments.txt", "comments.json", "review", "resume", "finish"])
def test_without_a_basket_every_page_says_how_to_go_on(client, address):
    assert client.get(f"/en/my/{address}").status_code == 200


def test_nothing_changes_without_a_signed_field_or_from_a_foreign_page(app, client):
    keep(client)
    key = keys(app)[0]
    for headers in (OWN, {"Sec-Fetch-Site": "cross-site"}):
        for address in (f"comments/{key}", f"comments/{key}/remove", f"comments/{key}/restore", "review", "resume", "finish"):
            assert (client.post(f"/en/my/{address}", data={}, headers=headers).status_code, address) == (400, address)
    assert texts(app) == ["One\nthing."]


def test_a_facilitator_says_on_the_review_page_whose_input_she_brings(app, client):
    keep(client)
    page = client.get(REVIEW)
    assert [each.attributes["value"] for each in parts(page, "input", name="capacity")] == ["individual", "organisation", "facilitator"]
    assert parts(client.get(f"/en/{CLAUSE}"), "input", name="group_people") == []
    group = {"capacity": "facilitator", "group_people": "few", "group_given": "In the school.\nIn March.", "group_language": "Susu"}
    refused = review(client, **group)
    assert (refused.status_code, notices(refused)[0].startswith("2 things to correct Say how the group agreed")) == (422, True)
    assert as_typed(client.get(REVIEW))["group_given"] == "In the school.\nIn March."
    group |= {"group_people": "about 40", "group_consent": "By a show of hands."}
    own = {each.attributes["id"]: each.text for each in parts(review(client, act="show", **group), "dl") if "id" in each.attributes}["own"]
    assert own.count("Spoken input of a group of about 40 people") == 3
    receipt = client.get(review(client, **group).location)
    assert "Spoken input of a group of about 40 people" in receipt.text
    assert "By a show of hands." in receipt.text
