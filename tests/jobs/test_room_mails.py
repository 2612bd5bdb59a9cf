"""Mails of rooms: each to the one it concerns, in her language, and none once it is settled."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from consult.core.basket import Draft
from consult.extensions import db
from consult.jobs.deliver import BUILDERS
from consult.models import Outbox
from consult.operations.basket import keep_comment, token_sha256
from consult.operations.extend import extend_round
from consult.operations.organisation_room import drafts, hand_in, members
from consult.operations.organisation_room.found import invite_token
from consult.operations.organisation_room.members import NewMember
from consult.operations.record import OPERATOR
from consult.operations.remind import remind
from consult.queries.organisation_rooms import room_seen
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite
from tests.support.demo import stop_clock

CLOSES = NOW + timedelta(days=8)
EXTENDED = (CLOSES + timedelta(days=10)).astimezone(ZoneInfo("Europe/Zurich")).replace(tzinfo=None)

pytestmark = on_sqlite


@pytest.fixture
def room(in_app, monkeypatch):
    """Its address, both tokens, and the rows of the two members."""
    stop_clock(monkeypatch, NOW)
    factories.round_of()
    anna = members.open_room(
        key="o1", consultation=CONSULTATION, round_number=1, organisation="Association of Foundries", stakeholder_class="associations",
        country="CH", coordinator=NewMember("Anna Keller", "anna@example.org"), language="en", address=None, now=NOW,
    )  # fmt: skip
    seen = room_seen(token_sha256s=[token_sha256(anna.token)], address=anna.address, language="en")
    bo = members.join_room(
        invite=invite_token(seen.invite), key="j1", who=NewMember("Bo Lind", "bo@lind.example"), language="en", tokens=(), now=NOW
    )
    return anna.address, anna.token, bo.token


def rows(room):
    seen = room_seen(token_sha256s=[token_sha256(room[1])], address=room[0], language="en")
    return seen.id, {each.name: each.id for each in seen.members}


def test_whoever_comes_in_gets_her_own_way_back(room):
    _, who = rows(room)
    mail = BUILDERS["room_link"]({"template": "room_link", "member": who["Bo Lind"]})
    assert (mail.to, mail.subject) == ("bo@lind.example", "Your way into the room of Association of Foundries")
    assert mail.text.startswith("Hello,\n\nYou are in the room of Association of Foundries.\n")
    members.leave(tokens=[room[2]], address=room[0], now=NOW)
    assert BUILDERS["room_link"]({"template": "room_link", "member": who["Bo Lind"]}) is None


def test_the_coordinator_is_told_who_asks_and_until_when_to_object(room):
    address, anna, bo = room
    _, who = rows(room)
    payload = {"template": "room_role_asked", "member": who["Anna Keller"], "asks": who["Bo Lind"]}
    members.ask_for_role(tokens=[bo], address=address, now=NOW)
    mail = BUILDERS["room_role_asked"](payload)
    assert mail.to == "anna@example.org"
    assert "until 27 March 2026, 14:31" in " ".join(mail.text.split())
    members.object_to(tokens=[anna], address=address, member=who["Bo Lind"], now=NOW)
    assert BUILDERS["room_role_asked"](payload) is None


def given(room, key, number="5.2"):
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key=key, target=factories.target(number),
        draft=Draft(text="Too often."), seen=0, opened_at=None, address=None, now=NOW,
    )  # fmt: skip
    drafts.give(tokens=[room[2]], address=room[0], basket_token=kept.token, keys=[key], now=NOW)


def left(template):
    db.session.rollback()
    return [row.payload for row in db.session.scalars(select(Outbox).order_by(Outbox.id)) if row.payload["template"] == template]


def test_the_coordinator_is_reminded_of_what_is_marked_in_until_she_declines(room, monkeypatch):
    address, anna, _ = room
    given(room, "k1")
    given(room, "k2", "5.3")
    drafts.mark(tokens=[anna], address=address, key="k2", included=False, now=NOW)
    assert [remind(now=CLOSES - before) for before in (timedelta(days=8), timedelta(days=7), timedelta(days=6))] == [0, 1, 0]
    (first,) = left("reminder")
    stop_clock(monkeypatch, CLOSES - timedelta(days=7))
    mail = BUILDERS["reminder"](first)
    assert (mail.to, mail.subject) == ("anna@example.org", "Seven days left: one comment is not submitted yet")
    assert mail.text.startswith("Hello,\n\nIn the room of Association of Foundries 1 comment was not submitted yet.\n")
    assert "5.3" not in mail.text
    assert "Your code" not in mail.text
    extend_round(consultation=CONSULTATION, number=1, closes=EXTENDED, by=OPERATOR, now=NOW)
    later = CLOSES + timedelta(days=10)
    assert BUILDERS["reminder"](first) is None
    assert [remind(now=each) for each in (CLOSES - timedelta(hours=48), later - timedelta(days=7), later - timedelta(hours=48))] == [
        0,
        1,
        1,
    ]
    members.want_reminders(tokens=[anna], address=address, wanted=False, now=NOW)
    assert [BUILDERS["reminder"](payload) for payload in left("reminder")] == [None] * 3
    assert remind(now=later - timedelta(hours=6)) == 0


def test_reminders_follow_the_role_and_the_last_brings_everything(room, monkeypatch):
    given(room, "k1")
    _, who = rows(room)
    members.pass_on(tokens=[room[1]], address=room[0], to=who["Bo Lind"], now=NOW)
    assert remind(now=CLOSES) == 1
    stop_clock(monkeypatch, CLOSES)
    mail = BUILDERS["reminder"](left("reminder")[0])
    assert (mail.to, len(mail.attachments)) == ("bo@lind.example", 1)
    assert "In the room of Association of Foundries 1 comment was not submitted.\n" in mail.text


def test_members_hear_of_an_extension_and_where_the_deadline_inside_stays(room, monkeypatch):
    address, anna, bo = room
    hand_in.set_deadline(tokens=[anna], address=address, local=datetime(2026, 3, 31, 12), now=NOW)
    members.join_room(
        invite=invite_token(room_seen(token_sha256s=[token_sha256(anna)], address=address, language="en").invite), key="j2",
        who=NewMember("Chen Wei"), language="zh", tokens=(), now=NOW,
    )  # fmt: skip
    extend_round(consultation=CONSULTATION, number=1, closes=EXTENDED, by=OPERATOR, now=NOW)
    payloads = left("room_extended")
    told = [BUILDERS["room_extended"](payload) for payload in payloads]
    assert [mail.to for mail in told] == ["anna@example.org", "bo@lind.example"]
    words = " ".join(told[1].text.replace("\u00a0", " ").split())
    assert "It would have closed: 1 April 2026" in words
    assert "The deadline inside the room stays: 31 March 2026, 12:00" in words
    assert "11 days before the new closing. The coordinator can set another one." in words
    stop_clock(monkeypatch, NOW + timedelta(days=14))
    assert "does not move by itself" in BUILDERS["room_extended"](payloads[0]).text
    members.leave(tokens=[bo], address=address, now=NOW)
    assert BUILDERS["room_extended"](payloads[1]) is None
    extend_round(consultation=CONSULTATION, number=1, closes=EXTENDED + timedelta(days=1), by=OPERATOR, now=NOW)
    assert BUILDERS["room_extended"](payloads[0]) is None
