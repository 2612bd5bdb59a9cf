"""Handing in: once, completely or not at all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult.core.problem import Refused
from consult.core.reference import code_sha256
from consult.core.submission import SubmittedForm
from consult.extensions import db
from consult.models import (
    Comment,
    CommentRevision,
    Event,
    Outbox,
    Party,
    Placement,
    Submission,
)
from consult.operations.receipts import WRONG_CODES, open_receipt
from consult.operations.record import Actor
from consult.operations.submit import correct_language, submit
from tests import factories
from tests.factories import NOW

STORED = (Party, Submission, Comment, CommentRevision, Placement, Event, Outbox)


def rows():
    counts = {model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) for model in STORED}
    db.session.rollback()
    return counts


NOTHING = dict.fromkeys((model.__tablename__ for model in STORED), 0)
ONE = dict.fromkeys((model.__tablename__ for model in STORED), 1)


def refused(form, now=NOW):
    with pytest.raises(Refused) as caught:
        submit(form=form, now=now)
    return caught.value.problems[0].code


@pytest.fixture
def open_round(in_app):
    return factories.round_of()


def test_a_submission_is_stored_with_all_that_belongs_to_it(open_round):
    said = factories.new_comment(
        "5.2", text=" two\nlines ", proposed="wording", rationale="why", type="technical", position="oppose", language="de"
    )
    receipt = submit(form=factories.form(said), now=NOW)
    assert (receipt.comments, receipt.received_at, receipt.late, receipt.again) == (("PS3-1-0001",), NOW, False, False)
    assert rows() == ONE
    comment = db.session.scalars(select(Comment)).one()
    assert (comment.target, comment.clause.number, comment.clause_text.language) == ("clause", "5.2", "en")
    assert (comment.type, comment.position, comment.language, comment.state) == ("technical", "oppose", "de", "pending")
    revision = comment.revisions[0]
    assert (revision.number, revision.text, revision.proposed, revision.rationale, revision.at) == (
        1,
        " two\nlines ",
        "wording",
        "why",
        NOW,
    )
    assert [(p.clause_id, p.actor_kind, p.actor_id) for p in comment.placements] == [
        (comment.clause_id, "party", comment.submission.party_id)
    ]
    submission = comment.submission
    assert (submission.reference, submission.confirmation, submission.country) == (receipt.reference, "unconfirmed", "CH")
    assert submission.secret_sha256 == code_sha256(receipt.secret)


def test_the_event_and_the_outbox_hold_codes_and_keys_only(open_round):
    receipt = factories.comment(text="a secret thought")
    event = db.session.scalars(select(Event)).one()
    assert (event.scope, event.seq, event.kind, event.subject) == ("performance-standard-v3", 1, "submission_received", receipt.reference)
    assert event.codes == {"round": 1, "channel": "web", "late": False, "comments": ["PS3-1-0001"]}
    outbox = db.session.scalars(select(Outbox)).one()
    submission = db.session.scalars(select(Submission.id)).one()
    assert (outbox.kind, outbox.payload) == ("mail", {"template": "receipt", "submission": submission})


def test_without_a_mail_address_nothing_waits_to_be_sent(open_round):
    factories.comment(person=factories.person(mail=None))
    assert rows() == ONE | {"outbox": 0}
    assert db.session.scalars(select(Submission.confirmation)).one() == "none"


def test_several_comments_of_one_submission_are_numbered_without_gaps(open_round):
    first = submit(form=factories.form(factories.new_comment("5.1"), factories.new_comment("5.2")), now=NOW)
    second = factories.comment("5.3")
    assert (first.comments, second.comments) == (("PS3-1-0001", "PS3-1-0002"), ("PS3-1-0003",))


def test_every_target_finds_its_rows(open_round):
    factories.change(kinds=["removed"], old=["5.3"])
    targets = [("process", None), ("document", None), ("new", ""), ("new", "5.1"), ("removed", "5.3"), ("clause", "5.3")]
    for kind, number in targets:
        factories.comment(number, kind=kind, now=NOW)
    found = db.session.scalars(select(Comment).order_by(Comment.number)).all()
    stands = [
        (c.target, c.version and c.version.name, c.clause and c.clause.number, c.clause and c.clause.version.name, bool(c.clause_text))
        for c in found
    ]
    assert stands == [
        ("process", None, None, None, False),
        ("document", "v3-draft-1", None, None, False),
        ("new", "v3-draft-1", None, None, False),
        ("new", "v3-draft-1", "5.1", "v3-draft-1", True),
        ("removed", "v3-draft-1", "5.3", "v2", True),
        ("clause", "v3-draft-1", "5.3", "v3-draft-1", True),
    ]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        (factories.new_comment("9.9"), "unknown_target"),
        (factories.new_comment("5.2", standard_slug="other"), "unknown_target"),
        (factories.new_comment("5.2", kind="removed"), "unknown_target"),
    ],
)
def test_what_the_round_does_not_have_is_refused(open_round, comment, code):
    assert refused(factories.form(factories.new_comment("5.1"), comment)) == code
    assert rows() == NOTHING


def test_a_text_of_another_clause_is_refused(open_round):
    factories.comment("5.1")
    text = db.session.scalars(select(Comment.clause_text_id)).one()
    target = factories.CommentTarget("clause", "performance-standard", "5.2", clause_text=text)
    assert refused(factories.form(factories.NewComment(target, "x", "en"))) == "unknown_target"


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (timedelta(seconds=-1), "window_coming"),
        (timedelta(), None),
        (timedelta(days=30, microseconds=-1), None),
        (timedelta(days=30), "window_closed"),
        (timedelta(days=30, seconds=1), "window_closed"),
    ],
)
def test_the_window_is_half_open(in_app, at, answer):
    factories.round_of(opens=timedelta(), closes=timedelta(days=30))
    form = factories.form()
    if answer:
        assert refused(form, NOW + at) == answer
        assert rows() == NOTHING
    else:
        assert not submit(form=form, now=NOW + at).late


def test_a_form_begun_in_time_counts_as_late_within_the_grace(in_app):
    factories.round_of(grace_minutes=10, closes=timedelta(hours=1))
    after = NOW + timedelta(hours=1, minutes=9)
    assert refused(factories.form(opened_at=NOW + timedelta(hours=1)), after) == "window_closed"
    assert submit(form=factories.form(opened_at=NOW), now=after).late
    assert refused(factories.form(opened_at=NOW), after + timedelta(minutes=1)) == "window_closed"


@pytest.mark.parametrize("state", ["cancelled", "voided"])
def test_a_cancelled_round_takes_nothing_in(in_app, state):
    factories.round_of(state=state)
    assert refused(factories.form()) == "round_cancelled"
    assert rows() == NOTHING


def test_an_unknown_round_is_refused(open_round):
    assert refused(factories.form(number=7)) == "unknown_round"


def test_the_same_form_twice_gives_the_same_receipt(open_round):
    form = factories.form(again=False)
    first, second = submit(form=form, now=NOW), submit(form=form, now=NOW + timedelta(days=20))
    assert (second.reference, second.secret, second.comments, second.received_at) == (first.reference, first.secret, first.comments, NOW)
    assert (first.again, second.again) == (False, True)
    assert rows() == ONE


def test_another_content_under_the_same_key_is_refused(open_round):
    submit(form=factories.form(key="one"), now=NOW)
    for other in (factories.form(factories.new_comment(text="other"), key="one"), factories.form(key="one", by=factories.person(name="B"))):
        assert refused(other) == "other_content"
    assert rows() == ONE


def test_a_key_of_another_round_is_refused(open_round):
    factories.round_of(number=2)
    submit(form=factories.form(key="one"), now=NOW)
    assert refused(factories.form(key="one", number=2)) == "other_content"
    assert rows() == ONE


def test_equal_content_under_another_key_is_asked_about_for_an_hour(open_round):
    submit(form=factories.form(again=False), now=NOW)
    assert refused(factories.form(again=False), NOW + timedelta(minutes=59)) == "equal_content"
    assert rows() == ONE
    submit(form=factories.form(again=True), now=NOW + timedelta(minutes=59))
    submit(form=factories.form(again=False), now=NOW + timedelta(hours=2))
    assert rows()["submission"] == 3


def test_a_form_that_staff_types_in_is_not_asked_about(open_round):
    factories.comment()
    account = Actor("account", 7)
    submit(form=factories.form(again=False, channel="staff"), now=NOW, by=account)
    event = db.session.scalars(select(Event).order_by(Event.seq.desc())).first()
    assert (event.actor_kind, event.actor_id, event.codes["channel"]) == ("account", 7, "staff")


def at_once(app: Flask, forms):
    """Submits each form in a thread of its own, all released together."""
    together = Barrier(len(forms))

    def one(form):
        with app.app_context():
            together.wait(10)
            try:
                return submit(form=form, now=NOW)
            except Refused as refused:
                return refused.problems[0].code

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(one, forms))


def test_equal_forms_sent_at_once_make_one_comment_and_one_receipt(app):
    with app.app_context():
        factories.round_of()
    form = factories.form(again=False)
    answers = at_once(app, [form] * 8)
    assert len({(each.reference, each.secret, each.comments) for each in answers}) == 1
    assert sorted(each.again for each in answers) == [False] + [True] * 7
    with app.app_context():
        assert rows() == ONE


def test_different_contents_of_one_key_sent_at_once_make_one_comment(app):
    with app.app_context():
        factories.round_of()
    answers = at_once(app, [factories.form(factories.new_comment(text=f"text {n}"), key="one") for n in range(6)])
    assert sorted(str(each) for each in answers if isinstance(each, str)) == ["other_content"] * 5
    with app.app_context():
        assert rows() == ONE


def test_different_people_at_once_get_numbers_without_gaps(app):
    with app.app_context():
        factories.round_of()
    answers = at_once(app, [factories.form(factories.new_comment(text=f"text {n}")) for n in range(8)])
    assert sorted(each.comments[0] for each in answers) == [f"PS3-1-{n:04}" for n in range(1, 9)]
    with app.app_context():
        assert [*db.session.scalars(select(Event.seq).order_by(Event.seq))] == list(range(1, 9))


def test_the_language_of_a_comment_can_be_corrected_until_closing(open_round):
    receipt = factories.comment(text="5.2 OK")
    named = {"submission": receipt.reference, "comment": receipt.comments[0], "language": "fr"}
    correct_language(**named, now=NOW)
    assert db.session.scalars(select(Comment.language)).one() == "fr"
    assert db.session.scalars(select(Event.codes).order_by(Event.seq.desc())).first() == {"before": "en", "after": "fr"}
    with pytest.raises(Refused, match="window_closed"):
        correct_language(**named, now=NOW + timedelta(days=8))


def test_nobody_corrects_the_language_of_another_submission(open_round):
    mine, other = factories.comment(), factories.comment(text="other")
    with pytest.raises(Refused, match="unknown_target"):
        correct_language(submission=mine.reference, comment=other.comments[0], language="fr", now=NOW)


def test_a_receipt_opens_with_its_code_however_it_is_typed(open_round):
    receipt = factories.comment()
    for typed in (receipt.secret, receipt.secret.lower().replace("-", " "), f"  {receipt.secret} "):
        open_receipt(reference=receipt.reference, code=typed, now=NOW)


def test_wrong_codes_are_counted_and_then_even_the_right_one_waits(open_round):
    receipt, other = factories.comment(), factories.comment(text="other")
    for _ in range(WRONG_CODES.tries):
        with pytest.raises(Refused, match="no_such_receipt"):
            open_receipt(reference=receipt.reference, code=other.secret, now=NOW)
    with pytest.raises(Refused, match="too_many_attempts"):
        open_receipt(reference=receipt.reference, code=receipt.secret, now=NOW)
    open_receipt(reference=other.reference, code=other.secret, now=NOW)
    open_receipt(reference=receipt.reference, code=receipt.secret, now=NOW + WRONG_CODES.period)


def test_an_unknown_reference_is_answered_like_a_wrong_code(in_app):
    with pytest.raises(Refused, match="no_such_receipt"):
        open_receipt(reference="R-2222-2222", code="", now=NOW)


def test_the_hash_of_a_hand_in_stays_what_it_was():
    form = SubmittedForm("k", "c", 1, "en", factories.person(), (factories.new_comment("5.2"),))
    assert form.content_sha256 == "c5f338d0ec3b8ebb2a80d4c355f8f9b0b480868fc985124e4538c8d334ea9051"
    assert replace(form, comments=(factories.new_comment("5.3"),)).content_sha256 != form.content_sha256
