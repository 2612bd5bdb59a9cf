"""A comment that asks is answered; the answer follows the comment, and the asker is told."""

import pytest
from flask import Flask
from sqlalchemy import select

from consult.core.problem import Refused
from consult.core.reply import nearest_reply, read_replies
from consult.extensions import db
from consult.jobs.deliver import BUILDERS
from consult.models import Event, Outbox, Reply
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from consult.operations.reply import reply
from consult.operations.withdraw import erase_comment
from consult.queries.comment_export import comment_export, exported_round
from consult.queries.comments import comment_seen
from consult.queries.loads import Load, loads
from consult.queries.moderation import Filter, facets, queue
from tests import factories
from tests.factories import CONSULTATION, NOW

BOTH = {"en": ("It does.", "official"), "fr": ("Oui.", "machine")}


@pytest.fixture
def reference(in_app: Flask) -> str:
    factories.round_of()
    return factories.comment("5.2", text="Est-ce obligatoire ?", language="fr", position="question").comments[0]


def answered(reference: str, texts: dict[str, tuple[str, str]], **seen: int) -> tuple[str, ...]:
    return reply(consultation=CONSULTATION, reference=reference, texts=texts, seen=seen, by=OPERATOR, now=NOW)


def mails() -> list[str]:
    return [row.payload["comment"] for row in db.session.scalars(select(Outbox)) if row.payload.get("template") == "reply"]


def test_an_answer_stands_under_the_comment_as_far_as_that_is_public_and_in_exports(reference: str) -> None:
    assert answered(reference, BOTH) == ("en", "fr")
    before = comment_seen(reference=reference, viewer="public", now=NOW)
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW, consultation=CONSULTATION)
    after = comment_seen(reference=reference, viewer="public", now=NOW)
    assert before
    assert after
    assert before.replies == ()
    assert [(each.language, each.text, each.state) for each in after.replies] == [("en", "It does.", "official"), ("fr", "Oui.", "machine")]
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of
    with comment_export(of=of, viewer="public", now=NOW) as export:
        assert [row.response for row in export.rows] == ["Oui."]


def asking() -> tuple[list[str], int]:
    """What the queue lists as unanswered, and the figure of whoever comes in."""
    wanted, load = Filter(state="unanswered"), loads(NOW).get(CONSULTATION, Load())
    found = [row.reference for row in queue(consultation=CONSULTATION, wanted=wanted, language="en").rows]
    assert facets(consultation=CONSULTATION, wanted=wanted).unanswered == load.unanswered
    return found, load.unanswered


def test_the_asker_is_mailed_in_her_language_and_again_only_when_something_changed(reference: str) -> None:
    answered(reference, BOTH)
    assert answered(reference, BOTH, en=1, fr=1) == ()
    assert answered(reference, {"en": ("It does not.", "official")}, en=1) == ("en",)
    assert mails() == [reference, reference]
    mail = BUILDERS["reply"]({"template": "reply", "comment": reference})
    assert mail
    assert (mail.to, "Oui." in mail.text) == ("anna@example.org", True)
    kinds = db.session.scalars(select(Event.kind)).all()
    assert kinds.count("comment_answered") == 2


def test_who_was_slower_overwrites_nothing(reference: str) -> None:
    answered(reference, BOTH)
    with pytest.raises(Refused) as refused:
        answered(reference, {"en": ("Another.", "official")})
    assert refused.value.problems[0].code == "stale_reply"


def test_an_emptied_language_is_taken_back_and_no_mail_tells_of_nothing(reference: str) -> None:
    assert asking() == ([reference], 1)
    answered(reference, {"en": ("It does.", "official")})
    assert asking() == ([], 0)
    assert answered(reference, {"en": ("", "official")}, en=1) == ("en",)
    assert asking() == ([reference], 1)
    assert BUILDERS["reply"]({"template": "reply", "comment": reference}) is None


def test_a_comment_that_asks_nothing_has_no_answer(reference: str) -> None:
    other = factories.comment("5.1", text="We support this.", position="support").comments[0]
    with pytest.raises(Refused) as refused:
        answered(other, BOTH)
    assert refused.value.problems[0].code == "not_a_question"


def test_erasing_the_question_erases_the_answer(reference: str) -> None:
    answered(reference, BOTH)
    erase_comment(reference=reference, by=OPERATOR, now=NOW)
    assert db.session.scalars(select(Reply.text)).all() == [None, None]
    assert BUILDERS["reply"]({"template": "reply", "comment": reference}) is None


def test_a_reader_gets_her_language_else_english_and_a_form_names_what_is_too_long(reference: str) -> None:
    answered(reference, BOTH)
    seen = comment_seen(reference=reference, viewer="secretariat", now=NOW)
    assert seen
    assert [(nearest_reply(seen.replies, code) or seen.replies[0]).language for code in ("fr", "zh")] == ["fr", "en"]
    texts, problems = read_replies({"reply-en": " \r\n", "reply-fr": "a" * 4001, "state-fr": "odd"}, ["en", "fr", "zh"])
    assert (texts, [each.code for each in problems]) == ({"en": ("", "official"), "fr": ("a" * 4001, "official")}, ["reply_long"])
