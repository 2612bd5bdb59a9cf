"""Questions of a round on its pages: asked on the form, kept, told as counts; a comment that asks gets its answer."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.support.comment_form import OWN, SAID, notices, opened, parts, send, signed_of, typed
from tests.support.demo import CONSULTATION, NOW, ROUND_1, ROUND_2

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


def test_answers_whose_comment_was_taken_out_still_wait_and_cannot_be_overlooked(demo_app: Flask, as_who: Any) -> None:
    visitor = as_who(demo_app)
    send(visitor, opened(visitor, FORM), FORM, act="keep", **{"asked-interim-targets": "1", "answer-interim-targets": "2"})
    key = visitor.get("/en/my/comments.json").get_json()[0]["comments"]
    assert len(key) == 1
    basket = visitor.get("/en/my/comments")
    [remove] = [each.attributes["action"] for each in parts(basket, "form") if each.attributes.get("action", "").endswith("/remove")]
    visitor.post(remove, data={"signed": parts(basket, "input", name="signed")[0].attributes["value"]}, headers=OWN)
    basket, elsewhere = visitor.get("/en/my/comments"), visitor.get(f"/en/{ELSEWHERE}")
    assert ("How ready is your organisation" in basket.text, "/en/my/review" in basket.text) == (True, True)
    assert "1 answer not yet submitted" in elsewhere.text
    assert "2 / 5" in visitor.get("/en/my/comments.txt").text
    assert visitor.get("/en/my/comments.json").get_json()[0]["answers"] == [{"question": "interim-targets", "answer": ["2 / 5"]}]


ALONE = f"{ROUND_2}/questions"
NO_COMMENT: dict[str, Any] = dict.fromkeys(
    ("text", "proposed", "rationale", "quote", "evidence", "further", "position", "type", "comment_language")
)


def test_answers_go_in_without_a_comment_and_are_read_before_the_committee_gets_their_words(demo_app: Flask, as_who: Any) -> None:
    visitor, staff, member = as_who(demo_app), as_who(demo_app, "secretariat"), as_who(demo_app, "committee")
    page = visitor.get(f"/en/{ALONE}")
    shown = dict.fromkeys(asked(page), "1")
    nothing = send(visitor, signed_of(page), ALONE, **NO_COMMENT, **shown)
    assert (nothing.status_code, notices(nothing)[0].split(".")[0]) == (422, "No question is answered yet, so nothing was submitted")
    words: dict[str, Any] = {"answer-first-help": "A template of a plan."}
    unfinished = send(visitor, signed_of(nothing), ALONE, **NO_COMMENT, **shown, **words, consent=None)
    assert (unfinished.status_code, typed(unfinished)["answer-first-help"]) == (422, "A template of a plan.")
    answer = send(visitor, signed_of(unfinished), ALONE, **NO_COMMENT, **shown, **words)
    receipt = visitor.get(answer.location)
    assert (answer.status_code, "Your answers PS3-2-A0003" in receipt.text, "Revise" in receipt.text) == (303, True, False)
    assert (
        send(visitor, signed_of(unfinished), ALONE, **NO_COMMENT, **shown, **words).location.split("?")[0] == answer.location.split("?")[0]
    )
    overview = visitor.get(f"/en/consultations/{CONSULTATION}/").text
    assert ("3 submissions hold answers to the questions only." in overview, "A template of a plan." in overview) == (True, False)

    desk = f"/en/moderation/{CONSULTATION}/answers"
    queue, room = staff.get(desk), f"/en/committee/{CONSULTATION}/rounds/2/questions"
    assert ("A template of a plan." in queue.text, "A template of a plan." in member.get(room).text) == (True, False)
    data = {
        "signed": parts(queue, "input", name="signed")[-1].attributes["value"],
        "tick": parts(queue, "input", name="tick")[-1].attributes["value"],
        "act": "cleared",
    }
    assert staff.post(desk, data={**data, "act": "withheld"}, headers=OWN).status_code == 422
    assert staff.post(desk, data=data, headers=OWN).status_code == 303
    assert staff.post(desk, data=data, headers=OWN).status_code == 409
    assert "A template of a plan." in member.get(room).text

    back = next(each for each in parts(receipt, "form") if each.attributes["action"].endswith("/answers/withdraw"))
    token = {"signed": back.find("input")[0].attributes["value"]}
    done = visitor.post(back.attributes["action"], data=token, headers=OWN)
    gone = visitor.get(done.location)
    assert ("taken back" in notices(gone)[0], "A template of a plan." in gone.text) == (True, True)
    assert "A template of a plan." not in member.get(room).text


def test_a_closed_round_gives_answers_back_and_one_without_questions_has_no_page(
    demo_app: Flask, as_who: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = as_who(demo_app)
    assert visitor.get(f"/en/{ROUND_1}/questions").status_code == 404
    signed = opened(visitor, ALONE)
    monkeypatch.setattr("consult.clock.now", lambda: NOW + timedelta(days=30))
    late = send(visitor, signed, ALONE, **{**NO_COMMENT, "asked-first-help": "1", "answer-first-help": "Kept."})
    assert (late.status_code, typed(late)["answer-first-help"]) == (403, "Kept.")


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
