"""What is easily lost in a room: a member's own link, and the view of a minority."""

import pytest
from sqlalchemy import select

from consult.core.organisation_room import WAY_BACK
from consult.extensions import db
from consult.models import MinorityView, Outbox, RoomWayBack
from consult.operations.organisation_room import drafts, members, merge
from consult.operations.organisation_room.drafts import Said
from consult.operations.organisation_room.found import way_back_code, way_back_token
from consult.operations.organisation_room.way_back import ask_way_back, enter_by_code, enter_by_link
from consult.queries.receipts import receipt_seen
from tests.factories import NOW
from tests.support.database import on_sqlite
from tests.support.room_acts import given, refusal, seen, submitted, three


@pytest.fixture
def room(in_app):
    return three()


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
