"""Questions of a round on its pages: asked on the form, kept, told as counts; a comment that asks gets its answer."""

from typing import Any

from flask import Flask

from tests.support.comment_form import OWN, SAID, opened, parts, send, signed_of
from tests.support.demo import CONSULTATION, ROUND_2

FORM = f"{ROUND_2}/clauses/performance-standard/5.3/comment"
ELSEWHERE = f"{ROUND_2}/clauses/performance-standard/5.2/comment"


def asked(response: Any) -> list[str]:
    return [each.attributes["name"] for each in parts(response, "input") if each.attributes.get("name", "").startswith("asked-")]


def test_a_question_stands_on_the_form_of_its_clause_and_its_answer_on_the_receipt(demo_app: Flask, as_who: Any) -> None:
    visitor = as_who(demo_app)
    assert asked(visitor.get(f"/fr/{FORM}")) == ["asked-interim-targets"]
    assert asked(visitor.get(f"/fr/{ELSEWHERE}")) == []
    said = {"asked-interim-targets": "1", "answer-interim-targets": "5"}
    refused = send(visitor, address=FORM, consent=None, **said)
    assert [
        each.attributes["value"] for each in parts(refused, "input", name="answer-interim-targets") if "checked" in each.attributes
    ] == ["5"]
    receipt = visitor.get(send(visitor, signed_of(refused), FORM, **said).location)
    assert "How ready is your organisation" in receipt.text


def test_answers_are_kept_with_a_draft_and_changed_on_the_review_page(demo_app: Flask, as_who: Any) -> None:
    visitor = as_who(demo_app)
    kept = send(visitor, opened(visitor, FORM), FORM, act="keep", **{"asked-interim-targets": "1", "answer-interim-targets": "2"})
    assert kept.status_code == 303
    review = visitor.get("/en/my/review")
    assert asked(review) == ["asked-interim-targets", "asked-water-data", "asked-first-help"]
    assert [each.attributes["value"] for each in parts(review, "input", name="answer-interim-targets") if "checked" in each.attributes] == [
        "2"
    ]
    everything = {"asked-interim-targets": "1", "asked-first-help": "1", "answer-first-help": "x" * 2001, **SAID}
    long = visitor.post(
        "/en/my/review",
        data={**everything, "signed": parts(review, "input", name="signed")[-1].attributes["value"], "act": "submit"},
        headers=OWN,
    )
    assert (long.status_code, "x" * 2001 in long.text) == (422, True)


def test_the_public_sees_counts_and_the_committee_words_too(demo_reader: Flask, as_who: Any) -> None:
    overview = as_who(demo_reader).get(f"/en/consultations/{CONSULTATION}/").text
    room = as_who(demo_reader, "committee").get(f"/en/committee/{CONSULTATION}/rounds/2/questions").text
    words = "A worked example of a plan for a casthouse"
    assert ("What this round asks" in overview, words in overview, words in room) == (True, False, True)


def test_a_question_is_answered_from_moderation_and_the_answer_stands_under_it(demo_app: Flask, as_who: Any) -> None:
    visitor, staff = as_who(demo_app), as_who(demo_app, "secretariat")
    receipt = visitor.get(send(visitor, address=FORM, position="question", choice="named").location)
    reference = next(each.attributes["id"] for each in parts(receipt, "section") if each.attributes.get("id", "").startswith("PS3-2-"))
    address = f"/en/moderation/{CONSULTATION}/{reference}"
    page = staff.get(address)
    form = next(each for each in parts(page, "form") if each.attributes.get("action", "").endswith("/reply"))
    signed = next(each.attributes["value"] for each in form.find("input") if each.attributes["name"] == "signed")
    data = {"signed": signed, "reply-en": "Yes, from 2027.", "reply-fr": "", "reply-zh": ""}
    assert staff.post(f"{address}/reply", data=data, headers=OWN).status_code == 303
    stale = staff.post(f"{address}/reply", data={**data, "reply-en": "No."}, headers=OWN)
    assert (stale.status_code, "No." in stale.text) == (409, True)
    move = next(each for each in parts(page, "form") if each.attributes.get("action", "").split("?")[0] == address)
    token = next(each.attributes["value"] for each in move.find("input") if each.attributes["name"] == "signed")
    assert staff.post(address, data={"signed": token, "to": "cleared"}, headers=OWN).status_code == 303
    assert "Yes, from 2027." in as_who(demo_app).get(f"/zh/{ROUND_2}/comments/{reference}").text
