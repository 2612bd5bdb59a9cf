"""Selected words, edited text, links and further clauses on the pages, as a browser without scripts meets them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.models import Comment, CommentRevision
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from tests import factories
from tests.factories import NOW
from tests.staff import signed_in
from tests.support.comment_form import BASE, CLAUSE, EDITABLE, OWN, SAID, opened, parts, send, signed_of, stored, typed
from tests.support.database import on_sqlite

pytestmark = on_sqlite
EDITED = EDITABLE.replace("every year", "every two years")
KEEP = {"act": "keep", "proposed": ""}
PERSON = {name: SAID[name] for name in ("capacity", "organisation", "name", "mail", "stakeholder_class", "country", "choice", "consent")}


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()


def marked(response):
    return [each.text for each in parts(response, "mark")]


def errors(response):
    return [each.text for each in parts(response, "p") if each.attributes.get("id", "").endswith("-error")]


def folded(response):
    closed = [each for each in parts(response, "details") if "open" not in each.attributes]
    return {control.attributes.get("name") for fold in closed for tag in ("input", "textarea", "select") for control in fold.find(tag)}


def redlined(response, tag):
    return [each.text for box in parts(response, "div") if "clause" in each_class(box) for each in box.find(tag)]


def each_class(element):
    return element.attributes.get("class", "").split()


def test_words_selected_on_the_page_of_the_clause_fill_the_form_and_store_nothing(app, client):
    page = client.get(f"/en/{CLAUSE}?words=every+year&before=review+it+")
    assert (page.status_code, typed(page)["quote"], marked(page)) == (200, "every year", ["every year", "every year"])
    assert (page.headers.get("Set-Cookie"), stored(app)) == (None, [0, 0, 0])
    assert typed(client.get(f"/en/{BASE}/documents/performance-standard/comment?words=x")).get("quote") is None


def test_the_page_of_a_clause_offers_its_words_to_a_script_only(client):
    page = client.get(f"/en/{CLAUSE.removesuffix('/comment')}")
    [text] = [each for each in parts(page, "div") if each.attributes.get("data-module") == "words_link"]
    assert (text.attributes["data-form"], parts(page, "form", method="post")) == (f"/en/{CLAUSE}", [])


def test_words_in_several_places_are_asked_about_with_all_that_was_typed(app, client):
    answer = send(client, quote="a", proposed="")  # the label a), and the word in "set a target"
    assert answer.status_code == 422
    places = [each.attributes["value"] for each in parts(answer, "input", type="radio", name="quote_place")]
    assert len(places) == 2
    assert errors(answer) == ["These words stand in the text more than once. Choose which are meant."]
    assert typed(answer)["text"].replace("\r\n", "\n") == "One\nthing."
    done = send(client, signed_of(answer), quote="a", quote_place=places[1], proposed="")
    assert done.status_code == 303
    assert "About these words" in client.get(done.location).text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("quote", "no such words", "These words do not stand in the text above. Copy them from there, or leave the field empty and name the place in your comment."),
        ("evidence", "https://a.example\nwww.b.example", "Line 2 is not a link. A link begins with https:// and has no spaces."),
        ("further", "5.1, 5.9", "There is no clause 5.9 in this document. The nearest are: 5.3, 5.1, 5."),
        ("edited", EDITED, "You edited the text of the clause and also proposed other words. Keep one of the two: empty the other field, or put the text back as it was."),
    ],
)  # fmt: skip
def test_a_detail_that_is_wrong_is_named_beside_its_field_and_nothing_is_lost(app, client, field, value, sentence):
    answer = send(client, **{field: value})
    assert (answer.status_code, errors(answer), stored(app)) == (422, [sentence], [0, 0, 0])
    assert typed(answer)[field].replace("\r\n", "\n") == value
    assert parts(answer, "a", href=f"#{field}")
    assert field not in folded(answer)


def test_what_supports_a_comment_is_folded_until_something_in_it_is_filled(client):
    fresh = client.get(f"/en/{CLAUSE}")
    assert folded(fresh) >= {"quote", "edited", "rationale", "evidence", "further", "files", "type", "comment_language"}
    assert folded(fresh).isdisjoint({"position", "text", "proposed", "consent"})
    assert "quote" not in folded(client.get(f"/en/{CLAUSE}?words=every+year"))
    bare = {"rationale": "", "type": "", "comment_language": "", "text": "", "proposed": ""}
    assert "rationale" in folded(send(client, **bare))
    for name, value in {
        "rationale": "We tried.",
        "evidence": "https://a.example",
        "further": "5.1",
        "type": "technical",
        "comment_language": "fr",
    }.items():
        assert {"rationale", "evidence", "further", "files"}.isdisjoint(folded(send(client, **(bare | {name: value})))), name


def test_the_changes_are_shown_before_anything_is_stored(app, client):
    signed = opened(client)
    answer = client.post(f"/en/{CLAUSE}", data={**SAID, "proposed": "", "edited": EDITED, "act": "preview", "signed": signed}, headers=OWN)
    assert (answer.status_code, signed_of(answer), stored(app)) == (200, signed, [0, 0, 0])
    assert typed(answer)["edited"].replace("\r\n", "\n") == EDITED
    assert [each.text for each in parts(answer, "ins")] == ["added: two years end of addition"]
    accepts = {**OWN, "Accept": "application/json"}
    drawn = client.post(f"/en/{CLAUSE}", data={"edited": EDITED, "act": "preview", "signed": signed}, headers=accepts).json
    same = client.post(f"/en/{CLAUSE}", data={"edited": EDITABLE, "act": "preview", "signed": signed}, headers=accepts).json
    assert ("<ins>" in drawn["html"], same) == (True, {"html": "", "unchanged": "Nothing is changed yet."})


def test_an_edit_is_a_redline_wherever_the_comment_is_read(app, client):
    sent = send(client, text="", proposed="", edited=EDITED, quote="every year", evidence="https://a.example/1", further="5.1")
    receipt = client.get(sent.location)
    with app.app_context():
        move_comment(
            reference="PS3-1-0001", seen_state="pending", to="cleared", reason=None, note="", consultation="performance-standard-v3",
            by=OPERATOR, now=NOW,
        )  # fmt: skip
    public = client.get(f"/en/{BASE}/comments/PS3-1-0001")
    elsewhere = client.get(f"/en/{BASE}/clauses/performance-standard/5.1")
    staff = signed_in(app).client
    moderation = staff.get("/en/moderation/performance-standard-v3/PS3-1-0001")
    committee = staff.get("/en/committee/performance-standard-v3/rounds/1/performance-standard/5.1")
    for page in (receipt, public, elsewhere, moderation, committee):
        assert page.status_code == 200
        assert "added: two years end of addition" in [each.text for each in parts(page, "ins")]
        assert "every year" in [each.text for each in parts(page, "q")]
        assert [each.attributes["href"] for each in parts(page, "a") if each.text == "https://a.example/1"] == ["https://a.example/1"]
    for page in (elsewhere, committee):
        assert "Written on 5.2; it also applies here and counts there." in [each.text for each in parts(page, "p")]
    assert marked(moderation) == ["every year"]


def review_fields(page):
    """What a browser sends of the review form, with what stands beside each comment."""
    found = {}
    for each in [*parts(page, "input"), *parts(page, "textarea"), *parts(page, "select")]:
        name, kind = each.attributes.get("name"), each.attributes.get("type")
        if name and (kind not in ("radio", "checkbox") or "checked" in each.attributes):
            chosen = [option.attributes["value"] for option in each.find("option") if "selected" in option.attributes]
            found[name] = chosen[0] if chosen else each.attributes.get("value", each.text)
    return found


def test_the_optional_fields_beside_a_comment_are_stored_by_every_button_of_the_review(app, client, at):
    client.post(f"/en/{CLAUSE}", data={**SAID, **KEEP, "quote": "every year", "edited": EDITED, "signed": opened(client)}, headers=OWN)
    at(NOW + timedelta(minutes=1))
    page = client.get("/en/my/review")
    fields = review_fields(page)
    [key] = [name.partition(".")[2] for name in fields if name.startswith("revision.")]
    beside = {
        f"evidence.{key}": "https://a.example",
        f"position.{key}": "support",
        f"further.{key}": "5.1",
        f"comment_choice.{key}": "confidential",
    }
    answer = client.post("/en/my/review", data={**fields, **beside, "act": f"beside.{key}"}, headers=OWN)
    assert (answer.status_code, answer.location) == (303, f"/en/my/review?round=performance-standard-v3/1#{key}")
    now = typed(client.get(f"/en/my/comments/{key}"))
    assert (now["text"], now["quote"], now["edited"], now["evidence"], now["position"], now["further"]) == (
        "One\nthing.", "every year", EDITED, "https://a.example", "support", "5.1",
    )  # fmt: skip
    stale = client.post("/en/my/review", data={**fields, **PERSON, f"rationale.{key}": "Another tab.", "act": "submit"}, headers=OWN)
    assert stale.status_code == 409
    assert "Another tab." in stale.text
    again = client.post(
        "/en/my/review", data={**review_fields(stale), **PERSON, f"rationale.{key}": "Last words.", "act": "keep"}, headers=OWN
    )
    assert again.status_code == 200
    fields = {**review_fields(stale), **PERSON, **again.json, f"rationale.{key}": "The very last.", "act": "submit"}
    assert client.post("/en/my/review", data=fields, headers=OWN).status_code == 303
    with app.app_context():
        [comment] = db.session.scalars(select(Comment))
        assert (comment.position, comment.publication_choice) == ("support", "confidential")
        assert [each.rationale for each in db.session.scalars(select(CommentRevision))] == ["The very last."]


def test_everything_typed_is_given_back_after_closing(app, client, at):
    signed = opened(client)
    at(NOW + timedelta(days=9))
    answer = send(client, signed, quote="every year", edited=EDITED, proposed="", evidence="www.a.example", further="77")
    assert answer.status_code == 403
    back = {each.attributes["id"]: "".join(c for c in each.children if isinstance(c, str)).strip() for each in parts(answer, "textarea")}
    assert {name: back[f"back-{name}"].replace("\r\n", "\n") for name in ("quote", "edited", "evidence", "further")} == {
        "quote": "every year", "edited": EDITED, "evidence": "www.a.example", "further": "77",
    }  # fmt: skip
