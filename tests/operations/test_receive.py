"""Files with comments: in time by their arrival, read once, their rows confirmed, a later copy told from a new form, and nothing doubled."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.core.basket import Draft
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.models import (
    BasketComment,
    Comment,
    CommentRevision,
    Event,
    FileReading,
    LateLink,
    Outbox,
    ReceivedFile,
    ReceivedRow,
    Submission,
)
from consult.operations.basket import keep_comment, remove_comment, submit_basket, token_sha256
from consult.operations.close import close_rounds
from consult.operations.enter_late import enter_late
from consult.operations.forget_received import forget_files_of_baskets
from consult.operations.late import issue_late_link, link_token
from consult.operations.my_data import erase_person
from consult.operations.place_rows import Said, decide_rows
from consult.operations.receive import read_received, receive_file, receive_for_somebody
from consult.operations.record import OPERATOR, Actor
from consult.operations.take_in_received import settle_file, take_in_received
from consult.operations.withdraw import erase_comment
from consult.queries.baskets import baskets_of
from consult.queries.loads import Load, loads
from consult.queries.received_files import files_of_round, found_file, gone_rows, origins, rows_of_file
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.staff import account
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)
LAST = CLOSES - timedelta(seconds=1)
NEXT_DAY = CLOSES + timedelta(days=1)
FORM = "Clause,Comment,Proposed change\n5.2,Too strict.,every third year\n77.7,Nowhere.,\n5.3,Fine.,\n"


@pytest.fixture
def open_round(in_app):
    factories.round_of(now=NOW)
    return in_app


def send(text=FORM, *, token=None, key="f1", now=NOW, name="form.csv", mail="", opened_at=None):
    data = text if isinstance(text, bytes) else text.encode()
    return receive_file(
        token=token, consultation=CONSULTATION, round_number=1, language="en", key=key, data=data, name=name, mail=mail, opened_at=opened_at,
        address="192.0.2.1", now=now,
    )  # fmt: skip


def read(received, app, now=NOW):
    read_received(reference=received.reference, languages=("en", "fr", "zh"), body=app.config["BODY"], now=now)
    return rows(received)


def rows(received):
    db.session.rollback()
    return rows_of_file(found_file(received.reference, "en"), "en")


def decide(received, said, *, gone=(), now=NOW, token=None):
    return decide_rows(token=token or received.token, reference=received.reference, said=said, gone=gone, language="en", now=now)


def as_read(found):
    """Every row where the reading put it."""
    return {each.id: Said("") for each in found}


def hand_in(token, *, now=NOW, key="s1"):
    return submit_basket(
        token=token, consultation=CONSULTATION, round_number=1, key=key, seen=mine(token).revision, person=factories.person(), language="en",
        now=now,
    )  # fmt: skip


def mine(token):
    db.session.rollback()
    return baskets_of(token_sha256=token_sha256(token), language="en")[0]


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.problems[0].code


def count(*models):
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(model)) for model in models]


def test_a_file_one_second_before_closing_and_its_rows_the_day_after_are_in_time(open_round):
    received = send(now=LAST, mail="anna@example.org")
    assert (received.arrived_at, received.late, received.started) == (LAST, False, True)
    close_rounds(now=CLOSES)  # the worker saw it closed: what came before stays in time
    found = read(received, open_round, NEXT_DAY)
    assert [(each.row.number, each.state, each.row.sheet, each.row.row) for each in found] == [
        ("5.2", "waiting", "", 2), (None, "waiting", "", 3), ("5.3", "waiting", "", 4),
    ]  # fmt: skip
    done = decide(received, {**as_read(found), found[1].id: Said("5.1")}, now=NEXT_DAY)
    assert (done.taken, done.problems) == (3, {})
    given = hand_in(received.token, now=NEXT_DAY)
    submission = db.session.scalars(select(Submission)).one()
    assert (given.left, submission.received_at, submission.late, submission.channel) == ((), LAST, False, "form")
    assert sorted(db.session.scalars(select(Outbox.payload).where(Outbox.kind == "mail")).all(), key=str)[0]["template"] == "file_received"


def test_after_closing_only_what_came_with_the_file_goes_and_only_for_a_while(open_round):
    token = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="k1", target=factories.target("5.2"), draft=Draft("By hand."),
        seen=0, opened_at=None, address=None, now=NOW,
    ).token  # fmt: skip
    received = send(token=token, now=LAST)
    found = read(received, open_round)
    decide(received, as_read(found), now=NEXT_DAY)
    over = CLOSES + timedelta(hours=72)
    assert refused(decide, received, as_read(found), now=over) == "confirm_over"
    assert refused(hand_in, token, now=over) == "window_closed"
    given = hand_in(token, now=NEXT_DAY)
    assert [each.key for each in mine(token).unsent] == ["k1"] == list(given.left)


def test_one_second_after_closing_nothing_is_stored(open_round):
    assert refused(send, now=CLOSES) == "window_closed"
    assert count(ReceivedFile, FileReading, Event, Outbox) == [0, 0, 0, 0]


@on_sqlite
def test_the_grace_lets_a_file_in_whose_form_was_opened_in_time_and_marks_it_late(in_app):
    factories.round_of(now=NOW, grace_minutes=30)
    received = send(now=CLOSES + timedelta(minutes=5), opened_at=LAST)
    decide(received, as_read(read(received, in_app)), now=NEXT_DAY)
    hand_in(received.token, now=NEXT_DAY)
    assert (received.late, db.session.scalars(select(Submission.late)).one()) == (True, True)


@on_sqlite
def test_a_late_link_lets_a_file_in_and_its_rows_count_as_late(open_round):
    link = issue_late_link(
        consultation=CONSULTATION, round_number=1, whom="Ms Diallo", reason="our_fault", ends=(CLOSES + timedelta(days=9)).replace(tzinfo=None), second_person=False,
        by=OPERATOR, now=NEXT_DAY,
    )  # fmt: skip
    token = enter_late(
        token=link_token(db.session.get_one(LateLink, link).key), basket=None, language="en", address=None, now=NEXT_DAY
    ).token
    received = send(token=token, now=NEXT_DAY)
    decide(received, as_read(read(received, open_round)), now=NEXT_DAY)
    assert (received.late, hand_in(token, now=NEXT_DAY).receipt.late) == (True, True)


def test_the_same_file_and_the_same_key_add_nothing(open_round):
    first = send()
    again, key = send(token=first.token, key="f2"), send(token=first.token)
    assert [each.reference for each in (again, key)] == [first.reference] * 2
    assert (again.again, key.again, count(ReceivedFile)) == (True, True, [1])
    decide(first, as_read(read(first, open_round)))
    decide(first, as_read(rows(first)))
    assert count(BasketComment) == [2]
    elsewhere = send(key="f3")
    hand_in(first.token)
    assert refused(decide, elsewhere, as_read(read(elsewhere, open_round))) == "file_handed_in"
    assert refused(send, key="f4") == "file_handed_in"


@on_sqlite
def test_a_place_is_typed_in_any_spelling_and_what_is_not_understood_waits(open_round):
    received = send()
    first, second, third = read(received, open_round)
    done = decide(received, {first.id: Said("Criterion 5.1 (b)"), second.id: Said("99.9"), third.id: Said("", leave_out=True)})
    assert (done.taken, done.left_out, done.problems[second.id].code) == (1, 1, "place_unknown")
    assert [each.state for each in rows(received)] == ["taken", "waiting", "left_out"]
    draft = mine(received.token).drafts[0]
    assert (draft.label, draft.draft.text, draft.draft.proposed) == ("5.1", "Too strict.", "every third year")
    assert origins(token_sha256=token_sha256(received.token))[draft.key].row == 2
    assert decide(received, {second.id: Said("new after 5.2"), third.id: Said("whole document")}).taken == 2
    assert [each.target.kind for each in mine(received.token).drafts] == ["document", "clause", "new"]


def test_of_a_later_copy_what_is_new_changed_and_gone_is_told_and_applied_once(open_round):
    first = send("Clause,Comment\n5.1,One.\n5.2,Two.\n5.3,Three.\nwhole document,Four.\n")
    decide(first, as_read(read(first, open_round)))
    second = send("Clause,Comment\n5.1,One.\n5.2,Two and a half.\nwhole document,Four.\n5.3,\nprocess,Five.\n", token=first.token, key="f2")
    found = read(second, open_round)
    assert [(each.row.comment, each.state, each.earlier.words[0][1] if each.earlier else None) for each in found] == [
        ("One.", "same", "One."), ("Two and a half.", "waiting", "Two."), ("Four.", "same", "Four."), ("Five.", "waiting", None),
    ]  # fmt: skip
    seen = found_file(second.reference, "en")
    gone = gone_rows(seen)
    assert (seen.earlier, [each.words[0][1] for each in gone]) == (first.reference, ["Three."])
    done = decide(second, as_read(found), gone=[each.id for each in gone])
    assert (done.taken, done.changed, done.removed) == (1, 1, 1)
    assert {each.draft.text for each in mine(first.token).unsent} == {"One.", "Two and a half.", "Four.", "Five."}
    assert gone_rows(found_file(second.reference, "en")) == ()


def test_what_changed_in_a_copy_of_what_is_handed_in_is_a_revision(open_round):
    first = send("Clause,Comment\n5.1,One.\n5.2,Two.\n")
    decide(first, as_read(read(first, open_round)))
    given = hand_in(first.token)
    second = send("Clause,Comment\n5.1,One.\n5.2,Two and a half.\n", token=first.token, key="f2", now=LAST)
    close_rounds(now=CLOSES)
    done = decide(second, as_read(read(second, open_round)), now=NEXT_DAY)
    assert (done.revised, done.taken, done.problems, count(Comment)) == (1, 0, {}, [2])
    last = db.session.scalars(select(CommentRevision).order_by(CommentRevision.id.desc())).first()
    assert (last.number, last.text, last.at) == (2, "Two and a half.", LAST)
    assert rows(second)[1].reference == given.receipt.comments[1]


@on_sqlite
def test_rows_of_a_copy_whose_earlier_one_was_not_decided_on_wait_in_the_newer_only(open_round):
    first = send("Clause,Comment\n5.1,One.\n5.2,Two.\n")
    read(first, open_round)
    second = send("Clause,Comment\n5.1,One.\n5.2,Two.\n5.3,Three.\n", token=first.token, key="f2")
    assert [each.state for each in read(second, open_round)] == ["waiting"] * 3
    assert [each.state for each in rows(first)] == ["same"] * 2


@on_sqlite
def test_a_draft_that_was_taken_out_is_not_brought_back_by_the_same_row(open_round):
    first = send("Clause,Comment\n5.1,One.\n5.2,Two.\n")
    decide(first, as_read(read(first, open_round)))
    remove_comment(token=first.token, key=mine(first.token).drafts[0].key, now=NOW)
    second = send("Clause,Comment\n5.1,One.\n5.2,Two.\n5.3,Three.\n", token=first.token, key="f2")
    decide(second, as_read(read(second, open_round)))
    assert [each.draft.text for each in mine(first.token).unsent] == ["Two.", "Three."]


@pytest.mark.parametrize(
    ("name", "data", "media", "code"),
    [("form.et", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "et", "unreadable_form"), ("form.pdf", b"%PDF-1.7 \0", "pdf", "unreadable_form"),
     ("form.xlsx", b"PK\x03\x04 and no more", "xlsx", "truncated"), ("../../photo.jpg", b"\xff\xd8\xff\xe0\0", "picture", "unreadable_form")],
)  # fmt: skip
@on_sqlite
def test_what_cannot_be_read_is_kept_and_typed_in(open_round, name, data, media, code):
    received = send(data, name=name)
    assert read(received, open_round) == ()
    seen = found_file(received.reference, "en")
    assert (seen.state, seen.media, [each.code for each in seen.problems], "/" in seen.name) == ("unreadable", media, [code], False)
    staff = Actor("account", account()[0])
    assert refused(settle_file, reference=seen.reference, typed_in_as=["PS3-1-0001"], by=staff, now=NOW) == "comment_unknown"
    comment = factories.comment("5.2", now=NOW).comments[0]
    settle_file(reference=seen.reference, typed_in_as=[comment], by=staff, now=NOW)
    assert (found_file(seen.reference).state, found_file(seen.reference).typed_in_as) == ("typed_in", (comment,))


def test_the_secretariat_takes_in_what_its_sender_did_not_confirm_as_it_arrived(open_round):
    received = send(now=LAST)
    close_rounds(now=CLOSES)
    found = read(received, open_round)
    decide(received, {found[0].id: Said("5.2"), found[2].id: Said("", leave_out=True)}, now=NEXT_DAY)
    staff = Actor("account", account()[0])
    take = {"reference": received.reference, "key": "t1", "said": {found[1].id: Said("5.1")}, "person": factories.person(), "by": staff}
    assert refused(take_in_received, **take, now=NEXT_DAY) == "still_with_sender"
    over = CLOSES + timedelta(hours=72)
    assert [loads(at).get(CONSULTATION, Load()).files for at in (NEXT_DAY, over)] == [0, 1]
    given = take_in_received(**take, now=over)
    assert (given.received_at, given.late, len(given.comments), given.again) == (LAST, False, 2, False)
    assert loads(over)[CONSULTATION].files == 0
    assert take_in_received(**take, now=over).comments == given.comments
    assert refused(take_in_received, **take | {"key": "t2"}, now=over) == "nothing_to_submit"
    assert [(each.state, each.reference) for each in rows(received)] == [
        ("taken", given.comments[0]), ("taken", given.comments[1]), ("left_out", None),
    ]  # fmt: skip
    assert mine(received.token).unsent == ()


@on_sqlite
def test_what_staff_bring_counts_from_the_day_it_reached_them(open_round):
    close_rounds(now=CLOSES)
    staff = Actor("account", account()[0])
    bring = {"consultation": CONSULTATION, "round_number": 1, "language": "en", "data": FORM.encode(), "name": "form.csv", "by": staff}
    assert refused(receive_for_somebody, **bring, key="a", arrived_at=CLOSES, now=NEXT_DAY) == "window_closed"
    assert refused(receive_for_somebody, **bring, key="a", arrived_at=NEXT_DAY, now=NOW) == "arrival_in_future"
    received = receive_for_somebody(**bring, key="a", arrived_at=LAST, now=NEXT_DAY)
    read(received, open_round)
    assert loads(NEXT_DAY)[CONSULTATION].files == 1
    given = take_in_received(reference=received.reference, key="t1", said={}, person=factories.person(), by=staff, now=NEXT_DAY)
    assert (given.received_at, given.late, len(given.comments)) == (LAST, False, 2)
    assert [
        (each.reference, each.submitted, each.waiting) for each in files_of_round(consultation=CONSULTATION, number=1, language="en")
    ] == [(received.reference, 2, 1)]


def test_an_erased_comment_leaves_no_word_in_the_file_and_its_rows(open_round):
    received = send()
    decide(received, as_read(read(received, open_round)))
    given = hand_in(received.token)
    assert db.session.scalars(select(Submission.channel)).one() == "form"
    storage, digest = open_round.config["STORAGE"], found_file(received.reference).digest
    assert storage.size(digest) == len(FORM)
    erase_comment(reference=given.receipt.comments[0], by=Actor("operator"), now=NOW)
    first, _, third = rows(received)
    assert (first.row.said, third.row.comment, storage.size(digest), found_file(received.reference).name) == (
        ("", "", ""),
        "Fine.",
        None,
        None,
    )


@pytest.mark.parametrize("words", [False, True])
@on_sqlite
def test_a_person_who_is_erased_leaves_no_name_in_the_file(open_round, words):
    received = send("Clause,Comment\n5.1,One.\n5.2,Two.\n77.7,Three.\nName,Anna\n", mail="anna@example.org")
    decide(received, as_read(read(received, open_round)))
    given = hand_in(received.token)
    erase_person(submission=given.receipt.reference, typed=given.receipt.reference, words=words, now=NOW)
    seen = found_file(received.reference)
    assert (open_round.config["STORAGE"].size(seen.digest), seen.name, seen.particulars, seen.sha256) == (None, None, {}, None)
    assert [each.row.comment for each in rows(received)][:3] == (["", "", ""] if words else ["One.", "Two.", "Three."])


@on_sqlite
def test_with_drafts_whose_time_is_over_their_files_go_but_none_that_nobody_could_read(open_round):
    received, photo = send(), send(b"\xff\xd8\xff\xe0\0", key="f2", name="photo.jpg")
    read(received, open_round)
    read(photo, open_round)
    storage = open_round.config["STORAGE"]
    owners = db.session.scalars(select(ReceivedFile.owner_id)).all()
    with writing() as session:
        forget_files_of_baskets(session, baskets=owners, now=NEXT_DAY)
    assert [storage.size(found_file(each.reference).digest) for each in (received, photo)] == [None, 5]
    assert db.session.scalars(select(ReceivedRow.comment)).all() == [None] * 3
