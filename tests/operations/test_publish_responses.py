"""The response of a round is published once, when nothing is missing; from then on who commented, who follows and everybody hears what became of it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from consult.core.disposition import NewDecision
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.jobs.deliver import BUILDERS
from consult.models import Comment, Event, Outbox, Round, Submission
from consult.operations.record import OPERATOR
from consult.operations.withdraw import erase_comment
from consult.queries.comment_export import comment_export, exported_round
from consult.queries.comments import comment_seen, published_comments
from consult.queries.consultations import consultation
from consult.queries.feed import happenings
from consult.queries.my_data import my_data
from consult.queries.receipts import receipt_seen
from consult.queries.report import report
from consult.queries.subscriptions import news
from consult.queries.verified import verified
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.answered import CLOSED, NO, SECRETS, clear, decided_round, on, published, published_round, received_round
from tests.support.news import look, looked_from, outbox, subscribed
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
LATER = CLOSED + timedelta(days=2)


def refused(now=CLOSED):
    with pytest.raises(Refused) as found:
        published(now)
    assert db.session.scalars(select(Round.report_at)).all() == [None]
    assert outbox("responses") == []
    return [(each.code, each.params.get("count")) for each in found.value.problems]


def told(reference, viewer="public", now=CLOSED):
    db.session.rollback()
    return [(each.decision, each.disposition) for each in comment_seen(reference=reference, viewer=viewer, now=now).decided]


def mail_to(submission):
    return BUILDERS["responses"]({"template": "responses", "submission": submission})


def test_it_waits_for_the_closing_for_moderation_and_for_every_decision(in_app: Flask) -> None:
    found = received_round()
    waits = factories.comment("5.1", text="Read me.").comments[0]
    assert refused(NOW) == [("round_not_closed", None)]
    assert refused() == [("comments_wait", 1), ("comments_undecided", 3)]
    on(NO, *found.references)
    clear(waits, CLOSED)
    assert refused() == [("comments_undecided", 1)]
    on(NO, waits)
    assert published() == CLOSED


def test_once_more_changes_nothing_and_tells_nobody_again(in_app: Flask) -> None:
    published_round()
    assert published(LATER) == CLOSED
    event = db.session.scalars(select(Event).where(Event.kind == "responses_published")).one()
    assert (event.subject, event.codes) == (
        f"{CONSULTATION}/1", {"dispositions": {"duplicate": 1, "not_accepted": 1, "partially_accepted": 1}, "mails": 3},
    )  # fmt: skip
    assert len(outbox("responses")) == 3
    assert verified().sound


def test_before_it_nobody_outside_reads_a_decision_and_afterwards_only_on_what_they_may_read(in_app: Flask) -> None:
    found = decided_round()
    one, two, three = found.references
    assert [told(each) for each in found.references] == [[], [], []]
    assert published_comments(round_id=1, disposition="not_accepted", now=CLOSED).rows == ()
    published()
    assert [told(each) for each in found.references] == [[("PS3-1-D0001", "not_accepted")], [("PS3-1-D0002", "duplicate")], []]
    assert [each.reference for each in published_comments(round_id=1, disposition="not_accepted", now=CLOSED).rows] == [one]
    assert published_comments(round_id=1, disposition="partially_accepted", now=CLOSED).rows == ()
    assert comment_seen(reference=two, viewer="public", now=CLOSED).decided[0].duplicate_of == one
    erase_comment(reference=one, by=OPERATOR, now=LATER)
    assert told(one) == []
    assert told(three) == []


def test_a_change_of_mind_shows_with_its_date_beside_the_earlier_decision(in_app: Flask) -> None:
    one = published_round().references[0]
    on(NewDecision("accepted"), one, seen=1, now=LATER)
    assert told(one, now=LATER) == [("PS3-1-D0004", "accepted"), ("PS3-1-D0001", "not_accepted")]
    assert verified().sound
    with writing() as session:
        session.execute(update(Comment).where(Comment.reference == one).values(disposition="noted"))
    assert verified().miscounted == (one,)


@pytest.mark.parametrize(("viewer", "before", "after"), [("public", 0, 2), ("committee", 3, 3), ("secretariat", 3, 3)])
def test_exports_tell_it_to_staff_always_and_to_the_public_afterwards(in_app: Flask, viewer: str, before: int, after: int) -> None:
    def rows(language):
        db.session.rollback()
        of = exported_round(consultation=CONSULTATION, number=1)
        with comment_export(of=of, viewer=viewer, now=CLOSED, language=language) as made:
            return [(each.decision, each.disposition, each.reason) for each in made.rows]

    decided_round()
    assert [each for each in rows("en") if each != (None, None, None)][before:] == []
    published()
    assert len([each for each in rows("en") if each != (None, None, None)]) == after
    assert rows("fr")[0] == ("PS3-1-D0001", "not_accepted", NO.reasons["fr"])
    assert rows("zh")[0][2] == NO.reasons["en"]


def test_its_author_reads_it_on_the_receipt_of_a_confidential_comment_too_and_in_my_data(in_app: Flask) -> None:
    mine = decided_round().confidential

    def seen():
        db.session.rollback()
        return receipt_seen(language="fr", reference=mine.reference)

    assert seen().comments[0].decided == ()
    assert not [secret for secret in SECRETS if secret in repr(my_data(seen()))]
    published()
    assert [each.disposition for each in seen().comments[0].decided] == ["partially_accepted"]
    assert my_data(seen())["comments"][0]["decided"][0]["reasons"] == {"fr": "En partie : gardé-seul."}


def test_who_commented_gets_one_mail_in_her_language_without_a_code_and_who_is_not_hers_none(in_app: Flask) -> None:
    found = decided_round()
    with writing() as session:
        session.execute(update(Submission).where(Submission.reference == found.copy.reference).values(confirmation="disowned"))
    published()
    ids = {row.reference: row.id for row in db.session.scalars(select(Submission))}
    assert {each["submission"] for each in outbox("responses")} == {ids[found.public.reference], ids[found.confidential.reference]}
    assert {row.submission_id for row in db.session.scalars(select(Outbox)) if row.payload["template"] == "responses"} == {
        ids[found.public.reference], ids[found.confidential.reference],
    }  # fmt: skip
    mail = mail_to(ids[found.confidential.reference])
    assert (mail.to, mail.language, "gardé-seul" in mail.text, found.confidential.reference in mail.text) == (
        "chloe@example.org",
        "fr",
        True,
        True,
    )
    assert found.confidential.secret not in mail.text
    assert mail_to(ids[found.copy.reference]) is None
    erase_comment(reference=found.references[2], by=OPERATOR, now=LATER)
    db.session.rollback()
    assert mail_to(ids[found.confidential.reference]) is None


def test_feed_and_followers_hear_of_it_once(in_app: Flask) -> None:
    decided_round()
    subscribed(kinds=("responses",), language="fr", now=NOW)
    looked_from(CLOSED - timedelta(minutes=5))
    published()
    assert [look(CLOSED + timedelta(minutes=n)) for n in (1, 2, 3)] == [1, 0, 0]
    (payload,) = outbox()
    (happening,) = news(payload["mail"], LATER).happenings
    assert (happening.kind, happening.page) == ("responses", ("reading.report", {"consultation": CONSULTATION, "number_of_round": "1"}))
    assert [each.kind for each in happenings("en", since=CLOSED - timedelta(seconds=1), until=CLOSED)] == ["responses"]


def test_the_report_adds_up_and_tells_nothing_of_who_asked_for_confidentiality(in_app: Flask) -> None:
    found = published_round()
    round_ = consultation(CONSULTATION, "en").round(1)
    made = report(round=round_, language="en", part="", now=CLOSED)
    assert made.summary.dispositions == {"not_accepted": {"production": 1}, "duplicate": {"civil_society": 1}}
    assert (made.summary.tally.received, made.summary.told, made.summary.confidential) == (3, 2, 1)
    told_of = {each.clause.number: [(one.reference, one.stub, len(one.decided)) for one in each.comments] for each in made.places}
    one, two, three = found.references
    assert told_of == {"5.2": [(one, None, 1), (two, None, 1)], "5.3": [(three, "confidential", 0)]}


def test_a_long_report_comes_in_parts_and_takes_as_many_statements_as_a_short_one(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    published_round()
    round_ = consultation(CONSULTATION, "en").round(1)

    def made(part=""):
        db.session.rollback()
        with counted_statements() as seen:
            return report(round=round_, language="en", part=part, now=CLOSED), len(seen)

    whole, few = made()
    for number in range(6):
        clear(factories.comment("5.1", text=f"More {number}").comments[0])
    monkeypatch.setattr("consult.queries.report.WHOLE", 5)
    part, many = made("performance-standard/5")
    assert (whole.part, part.part, part.parts, many) == (None, "performance-standard/5", ("performance-standard/5",), few)
    assert sum(len(each.comments) for each in part.places) == part.summary.tally.received == 9
