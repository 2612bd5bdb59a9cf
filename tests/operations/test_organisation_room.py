"""Rooms of organisations: three people, one submission; nobody from outside, nothing lost, everything told that shall be told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.core.basket import Draft
from consult.core.organisation_room import WAY_BACK, view_name
from consult.core.problem import Refused
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
    RoomWayBack,
    Submission,
    SubmissionMembers,
)
from consult.operations.basket import keep_comment, token_sha256
from consult.operations.my_data import erase_person
from consult.operations.organisation_room import drafts, forms, hand_in, members, merge
from consult.operations.organisation_room.drafts import Said
from consult.operations.organisation_room.found import invite_token, member_link, way_back_code, way_back_token
from consult.operations.organisation_room.members import NewMember
from consult.operations.organisation_room.way_back import ask_way_back, enter_by_code, enter_by_link
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.comments import comment_seen
from consult.queries.organisation_rooms import room_seen
from consult.queries.receipts import receipt_seen
from consult.queries.room_lists import invited_to, rooms_of
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite
from tests.support.form_world import reading, table

CLOSES = NOW + timedelta(days=8)
WRITTEN = "A yearly review is not possible for small foundries in the mountains."


@pytest.fixture
def room(in_app):
    """A room of three: (address, token of the coordinator, of Bo, of Chen)."""
    factories.round_of()
    coordinator = opened("o1", NewMember("Anna Keller", "anna@example.org"))
    address = coordinator.address
    invite = invite_token(seen(address, coordinator.token).invite)
    bo = joined(invite, "j1", NewMember("Bo Lind", "bo@lind.example", "Lind Foundry", nameable=True))
    chen = joined(invite, "j2", NewMember("Chen Wei", None, "Wei Castings"))
    return address, coordinator.token, bo.token, chen.token


def opened(key, who, now=NOW, origin="192.0.2.1"):
    return members.open_room(
        key=key, consultation=CONSULTATION, round_number=1, organisation="Association of Foundries", stakeholder_class="associations",
        country="CH", coordinator=who, language="en", address=origin, now=now,
    )  # fmt: skip


def joined(invite, key, who, tokens=(), now=NOW):
    return members.join_room(invite=invite, key=key, who=who, language="en", tokens=tokens, now=now)


def seen(address, token):
    db.session.rollback()
    return room_seen(token_sha256s=[token_sha256(token)], address=address, language="en")


def given(address, token, number="5.2", *, key, basket=None, **said):
    """One comment written in a basket of one's own and given to the room."""
    kept = keep_comment(
        token=basket, consultation=CONSULTATION, round_number=1, language="en", key=key, target=factories.target(number),
        draft=Draft(**(said or {"text": WRITTEN})), seen=0, opened_at=None, address="192.0.2.1", now=NOW,
    )  # fmt: skip
    assert drafts.give(tokens=[token], address=address, basket_token=kept.token, keys=[key], now=NOW) == 1
    return kept.token


def submitted(address, token, *, key="s1", revision=None, now=NOW):
    revision = seen(address, token).revision if revision is None else revision
    return hand_in.hand_in_room(tokens=[token], address=address, key=key, seen=revision, person=factories.person(), language="en", now=now)


def told_to(reference, state, choice="named"):
    """Viewer -> names of members and number of minority views, of a comment in a state under a choice."""
    with writing() as session:
        comment = session.scalars(select(Comment).where(Comment.reference == reference)).one()
        comment.state, comment.publication_choice = state, choice
    found = {viewer: comment_seen(reference=reference, viewer=viewer, now=NOW).members for viewer in VIEWERS}
    return {viewer: told and ([*told.names], len(told.minority)) for viewer, told in found.items()}


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.problems[0].code


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


def ways_back(mail, origin=None, now=NOW):
    """(link, code) of each mail that leaves after somebody asked for her link again."""
    db.session.rollback()
    before = {row.id for row in db.session.scalars(select(Outbox))}
    ask_way_back(mail=mail, address=origin, now=now)
    keys = db.session.execute(select(Outbox.id, RoomWayBack.key).join(RoomWayBack, Outbox.payload["way"].as_integer() == RoomWayBack.id))
    return [(way_back_token(key), way_back_code(key)) for row, key in keys if row not in before]


def test_whoever_lost_her_link_comes_in_once_by_link_and_once_by_code(room):
    address, _, bo, _ = room
    ((link, code),) = ways_back(" BO@lind.example ")
    entered = members.Entered(address, bo)
    assert (enter_by_link(token=link, now=NOW), refusal(enter_by_link, token=link, now=NOW)) == (entered, "link_over")
    assert (enter_by_code(code=code.lower(), now=NOW), refusal(enter_by_code, code=code, now=NOW)) == (entered, "link_over")
    ((link, code),) = ways_back("bo@lind.example")
    assert refusal(enter_by_link, token=link, now=NOW + WAY_BACK) == "link_over"
    assert refusal(enter_by_link, token=link[:-1] + "!", now=NOW) == "link_over"
    members.leave(tokens=[bo], address=address, now=NOW)
    assert refusal(enter_by_code, code=code, now=NOW) == "link_over"
    assert ways_back("bo@lind.example") == []


@on_sqlite
def test_asking_for_a_link_is_limited_alike_whether_the_address_is_known_or_not(room):
    for mail in ("bo@lind.example", "nobody@lind.example"):
        assert [len(ways_back(mail)) for _ in range(5)] == [int(mail.startswith("bo"))] * 5
        assert refusal(ask_way_back, mail=mail.upper(), address=None, now=NOW) == "too_many_attempts"
    assert refusal(ask_way_back, mail="nothing", address=None, now=NOW) == "mail_form"


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


def test_no_minority_view_is_dropped_unread(room):
    address, anna, bo, chen = room
    given(address, bo, key="k1")
    given(address, chen, key="k2")
    merge.merge(tokens=[anna], address=address, into="k1", keys=["k2"], now=NOW)
    say = {"address": address, "now": NOW}
    drafts.answer(tokens=[bo], key="k2", said=Said("disagree", "Said of what was merged.", True, 1), **say)
    drafts.answer(tokens=[chen], key=None, said=Said("disagree", "Said of all.", True, 1), **say)
    assert [(said.sentence, said.decided) for _, said in seen(address, anna).views] == [
        ("Said of what was merged.", False), ("Said of all.", False),
    ]  # fmt: skip
    assert refusal(submitted, address=address, token=anna) == "views_undecided"
    read = {said.view: said.sentence == "Said of all." for _, said in seen(address, anna).views}
    drafts.answer(tokens=[chen], key=None, said=Said("disagree", "In other words.", True, 1), **say)
    drafts.decide_views(tokens=[anna], decisions=read, **say)
    assert [(said.sentence, said.attached, said.decided) for _, said in seen(address, anna).views] == [
        ("Said of what was merged.", False, True), ("In other words.", False, False),
    ]  # fmt: skip
    assert refusal(submitted, address=address, token=anna) == "views_undecided"
    drafts.decide_views(tokens=[anna], decisions={said.view: True for _, said in seen(address, anna).views}, **say)
    done = submitted(address, anna)
    assert sorted(db.session.scalars(select(MinorityView.text))) == ["In other words.", "Said of what was merged."]
    assert receipt_seen(language="en", reference=done.receipt.reference).views == 2


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
            ["Clause", "Comment", "Proposed change"], ["5.2", WRITTEN], ["99.9", "Where does this belong?"], ["5.3", "", "Stay below 10 t."]
        )
    )
    taken = {"tokens": [anna], "address": address, "data": b"form", "reading": found, "nameable": True, "language": "en", "now": NOW}
    assert forms.take_in(of_member="Alpine Cast", **taken) == forms.TakenIn(3, 2)
    assert forms.take_in(of_member="Alpine Cast", **taken) == forms.TakenIn(3, 0, again=True)
    inside = seen(address, anna)
    assert [(each.voice, each.draft.draft.text, each.draft.draft.proposed) for each in inside.given] == [
        ("Alpine Cast", WRITTEN, None), ("Alpine Cast", None, "Stay below 10 t."),
    ]  # fmt: skip
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
