"""A later copy of what was handed in: applied on one confirmation or not at all, and nothing twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Comment, CommentRevision, ReceivedFile, Submission
from consult.operations.later_copy import apply_later_copy, receive_later_copy
from consult.operations.place_rows import Said, decide_rows
from consult.operations.receive import read_received
from consult.operations.revise import Words, revise_comment
from consult.queries.later_copies import later_copy
from consult.queries.received_files import found_file, rows_of_file
from tests import factories
from tests.factories import NOW
from tests.operations.test_receive import CLOSES, LAST, NEXT_DAY, decide, hand_in, read, rows, send
from tests.support.database import on_sqlite

FORM = "Clause,Comment\n5.1,One.\n5.2,Twice a year is short.\n77.7,Nowhere.\n5.3,Three.\n"
LATER = "Clause,Comment\n5.3,Three.\n5.2,Twice a year is too short.\n77.7,Nowhere.\n5.2,Something quite new here.\n88.8,Lost.\n"


@pytest.fixture
def handed_in(in_app):
    """Four comments by a file, one of them placed by hand."""
    factories.round_of(now=NOW)
    first = send(FORM)
    found = read(first, in_app)
    decide(first, {each.id: Said("" if each.row.placed else "5.1") for each in found})
    return hand_in(first.token).receipt


def later(handed_in, app, text=LATER, *, key="l1", now=NOW, token=None):
    data = text.encode()
    received = receive_later_copy(
        submission=handed_in.reference, token=token, language="fr", key=key, data=data, name="form.csv", opened_at=None, address=None, now=now,
    )  # fmt: skip
    read_received(reference=received.reference, languages=("en", "fr", "zh"), body=app.config["BODY"], now=now)
    return received


def seen(received):
    db.session.rollback()
    file = found_file(received.reference)
    of = db.session.scalar(select(Submission.id).where(Submission.reference == file.submission))
    return later_copy(file=file.id, submission=of)


def kinds(received):
    return [match.kind for match in seen(received).comparison.matches]


def confirm(handed_in, received, *, key="c1", places=None, now=NOW, shown=None, **more):
    copy = seen(received)
    said = {
        row.id: (places or {}).get(row.row.comment, Said(""))
        for row, match in zip(copy.rows, copy.comparison.matches, strict=True)
        if match.asks
    }
    return apply_later_copy(
        submission=handed_in.reference, file=received.reference, shown=shown or copy.fingerprint, said=said, key=key, now=now, **more,
    )  # fmt: skip


def comments():
    db.session.rollback()
    rows = db.session.execute(
        select(Comment.reference, Comment.state, CommentRevision.text)
        .join(CommentRevision, (CommentRevision.comment_id == Comment.id) & (CommentRevision.number == Comment.newest_revision))
        .order_by(Comment.number)
    )
    return [(text, state) for _, state, text in rows]


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return [each.code for each in caught.value.problems]


def test_new_changed_and_gone_are_told_and_applied_in_one(handed_in, in_app):
    copy = later(handed_in, in_app)
    assert kinds(copy) == ["same", "changed", "same", "new", "new"]
    assert [(each.row.number, each.state) for each in rows(copy)] == [
        ("5.3", "same"), ("5.2", "waiting"), (None, "same"), ("5.2", "waiting"), (None, "waiting"),
    ]  # fmt: skip
    gone = [seen(copy).standing[at].reference for at in seen(copy).comparison.gone]
    assert gone == [handed_in.comments[0]]
    bad = {"Lost.": Said("99.9")}
    assert refused(confirm, handed_in, copy, places=bad) == ["place_unknown"]
    assert comments() == [("One.", "pending"), ("Nowhere.", "pending"), ("Twice a year is short.", "pending"), ("Three.", "pending")]
    done = confirm(handed_in, copy, gone=gone)
    assert (len(done.added.comments), done.revised, done.withdrawn) == (1, (handed_in.comments[2],), tuple(gone))
    assert comments() == [
        ("One.", "withdrawn"), ("Nowhere.", "pending"), ("Twice a year is too short.", "pending"), ("Three.", "pending"),
        ("Something quite new here.", "pending"),
    ]  # fmt: skip
    first, added = db.session.scalars(select(Submission).order_by(Submission.id))
    assert (added.added_to_id, added.channel, added.party.name) == (first.id, "form", first.party.name)
    assert [each.state for each in rows(copy)] == ["same", "taken", "same", "taken", "waiting"]
    assert confirm(handed_in, copy, key="c2", places={"Lost.": Said("5.1")}).added.comments


@on_sqlite
def test_the_same_file_and_the_same_confirmation_twice_add_nothing(handed_in, in_app):
    again = later(handed_in, in_app, FORM)
    assert kinds(again) == ["same"] * 4
    assert refused(confirm, handed_in, again) == ["nothing_to_apply"]
    copy = later(handed_in, in_app, key="l2")
    assert later(handed_in, in_app, key="l3").reference == copy.reference
    shown = seen(copy).fingerprint
    said = {row.id: Said("") for row in seen(copy).rows if row.state == "waiting" and row.row.placed}
    one = {"submission": handed_in.reference, "file": copy.reference, "shown": shown, "said": said, "key": "c1", "now": NOW}
    assert (apply_later_copy(**one).again, apply_later_copy(**one).again) == (False, True)
    third = later(handed_in, in_app, LATER.replace("Lost.", "Lost!"), key="l4")
    assert kinds(third) == ["same", "same", "same", "same", "new"]
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 5


def test_of_two_copies_in_two_tabs_the_second_is_shown_once_more(handed_in, in_app):
    one, other = later(handed_in, in_app), later(handed_in, in_app, LATER + "5.1,And this.\n", key="l2")
    shown = seen(other).fingerprint
    confirm(handed_in, one)
    assert refused(confirm, handed_in, other, key="c2", shown=shown) == ["copy_changed"]
    assert kinds(other) == ["same", "same", "same", "same", "new", "new"]
    before = db.session.scalar(select(func.count()).select_from(Comment))
    done = confirm(handed_in, other, key="c2")
    assert (len(done.added.comments), done.revised, before) == (1, (), 5)


@on_sqlite
def test_what_was_revised_on_the_page_since_stays(handed_in, in_app):
    revise_comment(
        submission=handed_in.reference, comment=handed_in.comments[2], words=Words("On the page."), seen=1, opened_at=None, now=NOW
    )
    copy = later(handed_in, in_app, FORM)
    assert kinds(copy) == ["same", "older", "same", "same"]


@on_sqlite
def test_a_file_of_the_last_second_counts_by_its_arrival_and_takes_nothing_back_after_closing(handed_in, in_app):
    copy = later(handed_in, in_app, now=LAST)
    assert refused(confirm, handed_in, copy, now=NEXT_DAY, gone=[handed_in.comments[0]]) == ["window_closed"]
    done = confirm(handed_in, copy, now=NEXT_DAY)
    added = db.session.scalars(select(Submission).order_by(Submission.id.desc())).first()
    revision = db.session.scalars(select(CommentRevision).where(CommentRevision.number == 2)).one()
    assert (done.added.late, added.received_at, revision.at) == (False, LAST, LAST)
    assert refused(confirm, handed_in, copy, key="c2", now=CLOSES + timedelta(days=3)) == ["confirm_over"]
    assert refused(later, handed_in, in_app, key="l2", now=CLOSES) == ["window_closed"]
    assert db.session.scalar(select(func.count()).select_from(ReceivedFile)) == 2


@on_sqlite
def test_only_its_own_receipt_opens_it_and_the_basket_makes_no_drafts_of_it(handed_in, in_app):
    copy = later(handed_in, in_app)
    other = factories.comment("5.2", now=NOW)
    assert refused(apply_later_copy, submission=other.reference, file=copy.reference, shown="", said={}, key="c1", now=NOW) == [
        "file_unknown"
    ]
    said = {each.id: Said("") for each in rows_of_file(found_file(copy.reference), "en")}
    asked = {"reference": copy.reference, "said": said, "language": "en", "now": NOW}
    assert refused(decide_rows, token=copy.token, **asked) == ["file_unknown"]
    added = confirm(handed_in, copy).added
    assert refused(later, added, in_app, key="l9") == ["added_elsewhere"]
