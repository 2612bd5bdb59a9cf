"""Rooms of organisations: three people, one submission; nobody from outside, nothing lost, everything told that shall be told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.core.basket import Draft
from consult.core.organisation_room import view_name
from consult.core.submission import VIEWERS
from consult.extensions import db, writing
from consult.models import (
    BasketComment,
    Comment,
    CommentMembers,
    CommentRevision,
    MinorityView,
    Outbox,
    RoomAnswer,
    RoomComment,
    RoomMember,
    RoomRow,
    Submission,
    SubmissionMembers,
)
from consult.operations.basket import token_sha256
from consult.operations.my_data import erase_person
from consult.operations.organisation_room import drafts, forms, hand_in, members, merge
from consult.operations.organisation_room.drafts import Said
from consult.operations.organisation_room.found import invite_token, member_link
from consult.operations.organisation_room.members import NewMember
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.comments import comment_seen
from consult.queries.organisation_rooms import room_seen
from consult.queries.room_lists import invited_to, rooms_of
from tests import factories
from tests.factories import NOW
from tests.support.database import on_sqlite
from tests.support.form_world import reading, table
from tests.support.room_acts import WRITTEN, given, joined, opened, refusal, seen, submitted, three

CLOSES = NOW + timedelta(days=8)


@pytest.fixture
def room(in_app):
    return three()


def told_to(reference, state, choice="named"):
    """Viewer -> names of members and number of minority views, of a comment in a state under a choice."""
    with writing() as session:
        comment = session.scalars(select(Comment).where(Comment.reference == reference)).one()
        comment.state, comment.publication_choice = state, choice
    found = {viewer: comment_seen(reference=reference, viewer=viewer, now=NOW).members for viewer in VIEWERS}
    return {viewer: told and ([*told.names], len(told.minority)) for viewer, told in found.items()}


def words(address, token):
    return [(each.draft.key, each.draft.draft.text, each.voice) for each in seen(address, token).given]


def test_members_give_and_the_coordinator_submits_once(room):
    address, anna, bo, chen = room
    given(address, bo, key="k1")
    given(address, chen, "5.3", key="k2", text="Eleven tonnes are too many.")
    given(address, anna, "5.1", key="k3", text="Publish every second year.")
    drafts.mark(tokens=[anna], address=address, key="k3", included=False, now=NOW)
    assert words(address, bo) == [
        ("k3", "Publish every second year.", "Anna Keller"), ("k1", WRITTEN, "Lind Foundry"), ("k2", "Eleven tonnes are too many.", "Wei Castings"),
    ]  # fmt: skip
    done = submitted(address, anna)
    assert submitted(address, anna, revision=0) == type(done)(done.receipt.__class__(**_fields(done.receipt, again=True)), ())
    assert len(done.receipt.comments) == 2
    assert [*db.session.scalars(select(CommentRevision.text).order_by(CommentRevision.id))] == [WRITTEN, "Eleven tonnes are too many."]
    stated = db.session.scalars(select(SubmissionMembers)).one()
    assert (stated.statement, stated.members, stated.names) == ("counted", 2, [])
    after = seen(address, chen)
    assert [(each.draft.key, each.draft.submission) for each in after.handed_in] == [
        ("k1", done.receipt.reference), ("k2", done.receipt.reference),
    ]  # fmt: skip
    assert [each.draft.key for each in after.out] == ["k3"]


def _fields(receipt, **changed):
    return {name: getattr(receipt, name) for name in receipt.__slots__} | changed


@on_sqlite
def test_only_the_coordinator_reviews_and_submits(room):
    address, anna, bo, chen = room
    given(address, bo, key="k1")
    common = {"tokens": [bo], "address": address, "now": NOW}
    assert refusal(drafts.mark, key="k1", included=False, **common) == "coordinator_only"
    assert refusal(submitted, address=address, token=bo) == "coordinator_only"
    assert refusal(drafts.keep, key="k1", draft=Draft(text="Mine."), seen=1, **(common | {"tokens": [chen]})) == "not_yours"
    assert refusal(members.renew_invite, **common) == "coordinator_only"
    assert seen(address, bo).invite is None
    assert words(address, anna) == [("k1", WRITTEN, "Lind Foundry")]


@on_sqlite
def test_nobody_from_outside_comes_in(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    other = opened("o2", NewMember("Eve", None))
    strangers = ([], ["no such token"], [other.token], [member_link("x")])
    for tokens in strangers:
        assert room_seen(token_sha256s=[token_sha256(each) for each in tokens], address=address, language="en") is None
        for act, more in (
            (drafts.keep, {"key": "k1", "draft": Draft(text="x"), "seen": 1}), (drafts.mark, {"key": "k1", "included": False}),
            (drafts.give, {"basket_token": "x", "keys": ["k1"]}), (members.end_invite, {}), (merge.take_apart, {"key": "k1"}),
        ):  # fmt: skip
            assert refusal(act, tokens=tokens, address=address, now=NOW, **more) == "room_unknown"
    foreign = {"tokens": [other.token], "address": other.address, "now": NOW}
    assert refusal(drafts.keep, key="k1", draft=Draft(text="x"), seen=1, **foreign) == "draft_unknown"
    assert refusal(members.pass_on, to=seen(address, bo).me.id, **foreign) == "member_unknown"
    assert words(address, anna) == [("k1", WRITTEN, "Lind Foundry")]


@on_sqlite
def test_an_invitation_can_be_renewed_and_ended(room):
    address, anna, bo, _ = room
    first = invite_token(seen(address, anna).invite)
    assert joined(first, "j9", NewMember("Bo again"), tokens=[bo]).token == bo
    members.renew_invite(tokens=[anna], address=address, now=NOW)
    second = invite_token(seen(address, anna).invite)
    assert refusal(joined, invite=first, key="j3", who=NewMember("Late")) == "invite_over"
    assert invited_to(invite=first, language="en") is None
    assert invited_to(invite=second, language="en").organisation == "Association of Foundries"
    members.end_invite(tokens=[anna], address=address, now=NOW)
    assert refusal(joined, invite=second, key="j4", who=NewMember("Late")) == "invite_over"


@on_sqlite
def test_a_link_of_ones_own_opens_the_room_elsewhere_until_it_is_renewed(room):
    address, _, bo, _ = room
    link = member_link(seen(address, bo).me.seed)
    assert members.enter_room(link=link, now=NOW).token == bo
    fresh = members.renew_link(tokens=[bo], address=address, now=NOW).token
    assert refusal(members.enter_room, link=link, now=NOW) == "link_over"
    assert (seen(address, bo), [each.address for each in rooms_of(token_sha256s=[token_sha256(fresh)], language="en")]) == (None, [address])


def test_two_who_edit_meet_and_the_members_words_stay(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    common = {"address": address, "key": "k1", "now": NOW}
    assert drafts.keep(tokens=[anna], draft=Draft(text="Shorter."), seen=1, **common) == 2
    assert refusal(drafts.keep, tokens=[bo], draft=Draft(text="Longer."), seen=1, **common) == "stale_draft"
    (found,) = seen(address, bo).given
    assert (found.draft.draft.text, found.original.text) == ("Shorter.", WRITTEN)
    assert drafts.keep(tokens=[bo], draft=Draft(text="Longer."), seen=2, **common) == 3
    assert seen(address, bo).given[0].original is None


@on_sqlite
def test_after_the_inner_deadline_only_the_coordinator_changes(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    local = (NOW + timedelta(days=2)).astimezone().replace(tzinfo=None)
    zone = seen(address, anna).window.local_closes.tzinfo
    local = (NOW + timedelta(days=2)).astimezone(zone).replace(tzinfo=None)
    hand_in.set_deadline(tokens=[anna], address=address, local=local, now=NOW)
    until = seen(address, anna).inner_deadline
    assert until == NOW + timedelta(days=2)
    late = {"address": address, "key": "k1", "draft": Draft(text="Late."), "seen": 1, "now": until}
    assert refusal(drafts.keep, tokens=[bo], **late) == "inner_deadline"
    assert drafts.keep(tokens=[anna], **late) == 2
    drafts.answer(tokens=[bo], address=address, key="k1", said=Said("disagree", "Not my words.", False, 2), now=until)
    for wrong, code in ((NOW, "deadline_past"), (CLOSES, "deadline_after_closing")):
        at = wrong.astimezone(zone).replace(tzinfo=None)
        assert refusal(hand_in.set_deadline, tokens=[anna], address=address, local=at, now=NOW) == code
    assert refusal(drafts.keep, tokens=[anna], **(late | {"now": CLOSES})) == "window_closed"


def test_a_minority_view_goes_along_where_both_let_it(room):
    address, anna, bo, chen = room
    given(address, bo, key="k1")
    hand_in.set_particulars(tokens=[anna], address=address, fields={"organisation": "Association"}, statement="named", now=NOW)
    say = {"address": address, "now": NOW}
    drafts.answer(tokens=[chen], key="k1", said=Said("disagree", "We do it every year.", True, 1), **say)
    drafts.answer(tokens=[bo], key=None, said=Said("disagree", "Kept inside.", False, 1), **say)
    drafts.answer(tokens=[anna], key="k1", said=Said("agree", "", True, 1), **say)
    of = {each.sentence: view_name(each.id, each.sentence) for each in db.session.scalars(select(RoomAnswer))}
    assert refusal(drafts.attach, tokens=[anna], view=of["Kept inside."], attached=True, **say) == "not_offered"
    drafts.attach(tokens=[anna], view=of["We do it every year."], attached=True, **say)
    done = submitted(address, anna)
    views = db.session.scalars(select(MinorityView)).all()
    assert [(each.text, each.name) for each in views] == [("We do it every year.", None)]  # Chen does not want to be named
    stated = db.session.scalars(select(SubmissionMembers)).one()
    assert (stated.statement, stated.members, stated.names) == ("named", 2, ["Lind Foundry"])
    assert told_to(done.receipt.comments[0], "pending") == {"public": None, "committee": None, "secretariat": (["Lind Foundry"], 1)}
    assert told_to(done.receipt.comments[0], "cleared") == dict.fromkeys(VIEWERS, (["Lind Foundry"], 1))
    assert told_to(done.receipt.comments[0], "cleared", "class") == {
        "public": ([], 1),
        "committee": ([], 1),
        "secretariat": (["Lind Foundry"], 1),
    }
    erase_comment(reference=done.receipt.comments[0], by=OPERATOR, now=NOW)
    db.session.rollback()
    left = [*db.session.scalars(select(MinorityView.text)), *db.session.scalars(select(RoomComment.said))]
    assert [*left, *db.session.scalars(select(RoomAnswer.sentence).where(RoomAnswer.room_comment_id.is_not(None)))] == [
        None,
        {},
        None,
        None,
    ]


def test_what_says_the_same_is_merged_and_taken_apart(room):
    address, anna, bo, chen = room
    given(address, bo, key="k1")
    given(address, chen, key="k2", text=WRITTEN.replace("mountains.", "mountain valleys."))
    given(address, anna, key="k3", text="Something else altogether.")
    (like,) = seen(address, anna).alike
    assert (set(like.keys), like.identical) == ({"k1", "k2"}, False)
    common = {"tokens": [anna], "address": address, "now": NOW}
    merge.merge(into="k1", keys=["k1", "k2"], **common)
    merge.take_apart(key="k2", **common)
    assert len(seen(address, anna).given) == 3
    merge.merge(into="k1", keys=["k2"], **common)
    (head, _) = seen(address, anna).given
    assert head.voices == ("Lind Foundry", "Wei Castings")
    done = submitted(address, anna)
    assert len(done.receipt.comments) == 2
    assert [*db.session.scalars(select(CommentMembers.said_by).order_by(CommentMembers.comment_id))] == [2]
    assert len({*db.session.scalars(select(BasketComment.comment_id))}) == 2


@on_sqlite
def test_forms_of_members_keep_their_member_and_lose_no_row(room):
    address, anna, *_ = room
    found = reading(
        table(
            ["Clause", "Comment", "Proposed change", "Colleague"],
            ["5.2 and 5.1", WRITTEN, "", "Marc agrees."],
            ["99.9", "Where does this belong?"],
            ["5.3", "", "Stay below 10 t."],
        )
    )
    taken = {"tokens": [anna], "address": address, "data": b"form", "reading": found, "nameable": True, "language": "en", "now": NOW}
    assert forms.take_in(of_member="Alpine Cast", **taken) == forms.TakenIn(3, 2)
    assert forms.take_in(of_member="Alpine Cast", **taken) == forms.TakenIn(3, 0, again=True)
    inside = seen(address, anna)
    assert [(each.voice, each.draft.draft.text, each.draft.draft.proposed) for each in inside.given] == [
        ("Alpine Cast", WRITTEN, None), ("Alpine Cast", None, "Stay below 10 t."),
    ]  # fmt: skip
    first, second = inside.given
    assert (first.draft.draft.further, first.draft.draft.rationale, first.original and first.original.rationale, second.original) == (
        "5.1",
        None,
        "Marc agrees.",
        None,
    )
    (row,) = inside.rows
    assert (row.number_said, row.text, row.voice) == ("99.9", "Where does this belong?", "Alpine Cast")
    forms.place_row(tokens=[anna], address=address, row=row.id, target=factories.target("5.1"), language="en", now=NOW)
    after = seen(address, anna)
    assert (len(after.given), after.rows, after.behind) == (3, (), {"Alpine Cast": True})
    assert db.session.scalars(select(RoomRow.room_comment_id)).one() is not None


@on_sqlite
def test_the_role_is_handed_over_or_taken_when_nobody_objects(room):
    address, anna, bo, chen = room
    who = {each.name: each.id for each in seen(address, anna).members}
    common = {"address": address, "now": NOW}
    members.ask_for_role(tokens=[bo], **common)
    members.object_to(tokens=[anna], member=who["Bo Lind"], **common)
    members.ask_for_role(tokens=[chen], **common)
    early = NOW + timedelta(days=3, seconds=-1)
    assert refusal(members.take_over, tokens=[chen], address=address, now=early) == "not_yet_yours"
    assert refusal(members.take_over, tokens=[bo], address=address, now=NOW + timedelta(days=4)) == "not_yet_yours"
    members.take_over(tokens=[chen], address=address, now=NOW + timedelta(days=3))
    assert [each.name for each in seen(address, bo).members if each.role == "coordinator"] == ["Chen Wei"]
    assert refusal(members.pass_on, tokens=[anna], to=who["Bo Lind"], **common) == "coordinator_only"
    members.pass_on(tokens=[chen], to=who["Bo Lind"], **common)
    assert refusal(members.leave, tokens=[bo], **common) == "pass_on_first"
    members.replace_coordinator(address=address, member=who["Anna Keller"], by=OPERATOR, now=NOW)
    assert seen(address, anna).coordinates
    assert {each["template"] for each in db.session.scalars(select(Outbox.payload))} >= {"room_link", "room_role_asked", "room_role"}


@on_sqlite
def test_whoever_leaves_leaves_comments_behind_and_is_out(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    link = member_link(seen(address, bo).me.seed)
    members.leave(tokens=[bo], address=address, now=NOW)
    assert (seen(address, bo), refusal(members.enter_room, link=link, now=NOW)) == (None, "link_over")
    assert words(address, anna) == [("k1", WRITTEN, "Lind Foundry")]
    assert db.session.scalars(select(RoomMember.mail).where(RoomMember.name == "Bo Lind")).one() is None


@on_sqlite
def test_a_comment_given_by_mistake_comes_back(room):
    address, _, bo, chen = room
    basket = given(address, bo, key="k1")
    common = {"address": address, "basket_token": basket, "key": "k1", "now": NOW}
    assert refusal(drafts.take_back, tokens=[chen], **common) == "not_yours"
    drafts.take_back(tokens=[bo], **common)
    assert (seen(address, bo).given, db.session.scalars(select(RoomComment)).all()) == ((), [])
    assert drafts.give(tokens=[bo], address=address, basket_token=basket, keys=["k1"], now=NOW) == 1


@on_sqlite
def test_whoever_handed_in_and_is_erased_takes_the_names_of_members_along(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    hand_in.set_particulars(tokens=[anna], address=address, fields={}, statement="named", now=NOW)
    reference = submitted(address, anna).receipt.reference
    erase_person(submission=reference, typed=reference, words=False, now=NOW)
    db.session.rollback()
    assert [*db.session.scalars(select(SubmissionMembers.names))] == [[]]
    assert [(each.name, each.mail) for each in seen(address, anna).members if each.role == "coordinator"] == [("—", None)]


@on_sqlite
def test_a_form_sent_by_itself_leaves_what_was_given_to_the_room(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    submit(form=factories.form(key="k1"), now=NOW)
    assert words(address, anna) == [("k1", WRITTEN, "Lind Foundry")]
    assert len(submitted(address, anna).receipt.comments) == 1


@on_sqlite
def test_what_lacks_something_stays_and_what_changed_is_not_submitted_unread(room):
    address, anna, bo, _ = room
    given(address, bo, key="k1")
    given(address, bo, "5.3", key="k2", rationale="Only a reason.")
    read = seen(address, anna).revision
    drafts.keep(tokens=[bo], address=address, key="k1", draft=Draft(text="Changed."), seen=1, now=NOW)
    assert refusal(submitted, address=address, token=anna, revision=read) == "basket_changed"
    done = submitted(address, anna)
    assert done.left == ("k2",)
    drafts.keep(tokens=[bo], address=address, key="k2", draft=Draft(text="Whole now."), seen=1, now=NOW)
    assert len(submitted(address, anna, key="s2").receipt.comments) == 1
    assert len(db.session.scalars(select(Submission)).all()) == 2
    assert refusal(drafts.keep, tokens=[bo], address=address, key="k1", draft=Draft(text="x"), seen=2, now=NOW) == "handed_in"
    assert db.session.scalars(select(Comment.state)).all() == ["pending", "pending"]
