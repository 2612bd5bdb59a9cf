"""Mails of rooms: each to the one it concerns, in her language, and none once it is settled."""

from datetime import timedelta

import pytest

from consult.core.basket import Draft
from consult.jobs.deliver import BUILDERS
from consult.operations.basket import keep_comment, token_sha256
from consult.operations.organisation_room import drafts, members
from consult.operations.organisation_room.found import invite_token
from consult.operations.organisation_room.members import NewMember
from consult.queries.organisation_rooms import room_seen
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite
from tests.support.demo import stop_clock

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
    assert mail.text.startswith("You are in the room of Association of Foundries.\n")
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


def test_what_was_not_submitted_is_told_while_something_waits(room, monkeypatch):
    address, _, bo = room
    key, _ = rows(room)
    payload = {"template": "room_unsent", "room": key}
    assert BUILDERS["room_unsent"](payload) is None
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="k1", target=factories.target("5.2"), draft=Draft(text="Too often."),
        seen=0, opened_at=None, address=None, now=NOW,
    )  # fmt: skip
    drafts.give(tokens=[bo], address=address, basket_token=kept.token, keys=["k1"], now=NOW)
    mail = BUILDERS["room_unsent"](payload)
    assert (mail.to, "1 comment was not submitted yet" in mail.text) == ("anna@example.org", True)
    stop_clock(monkeypatch, NOW + timedelta(days=8))
    assert BUILDERS["room_unsent"](payload) is None
