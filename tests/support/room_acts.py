"""A room of an organisation as operations see it: opened, joined, filled, submitted."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from consult.core.basket import Draft
from consult.core.problem import Refused
from consult.extensions import db
from consult.operations.basket import Submitted, keep_comment, token_sha256
from consult.operations.organisation_room import drafts, hand_in, members
from consult.operations.organisation_room.found import invite_token
from consult.operations.organisation_room.members import Entered, NewMember
from consult.queries.organisation_rooms import room_seen
from tests import factories
from tests.factories import CONSULTATION, NOW

WRITTEN = "A yearly review is not possible for small foundries in the mountains."


def three() -> tuple[str, str, str, str]:
    """A room of three: (address, token of the coordinator, of Bo, of Chen)."""
    factories.round_of()
    coordinator = opened("o1", NewMember("Anna Keller", "anna@example.org"))
    address = coordinator.address
    invite = invite_token(seen(address, coordinator.token).invite)
    bo = joined(invite, "j1", NewMember("Bo Lind", "bo@lind.example", "Lind Foundry", nameable=True))
    chen = joined(invite, "j2", NewMember("Chen Wei", None, "Wei Castings"))
    return address, coordinator.token, bo.token, chen.token


def opened(key: str, who: NewMember, now: datetime = NOW, origin: str | None = "192.0.2.1") -> Entered:
    return members.open_room(
        key=key, consultation=CONSULTATION, round_number=1, organisation="Association of Foundries", stakeholder_class="associations",
        country="CH", coordinator=who, language="en", address=origin, now=now,
    )  # fmt: skip


def joined(invite: str, key: str, who: NewMember, tokens: Sequence[str] = (), now: datetime = NOW) -> Entered:
    return members.join_room(invite=invite, key=key, who=who, language="en", tokens=tokens, now=now)


def seen(address: str, token: str) -> Any:
    """The room as the one with this token reads it (RoomSeen); None where it lets nobody in."""
    db.session.rollback()
    return room_seen(token_sha256s=[token_sha256(token)], address=address, language="en")


def given(address: str, token: str, number: str = "5.2", *, key: str, basket: str | None = None, **said: Any) -> str:
    """One comment written in a basket of one's own and given to the room."""
    kept = keep_comment(
        token=basket, consultation=CONSULTATION, round_number=1, language="en", key=key, target=factories.target(number),
        draft=Draft(**(said or {"text": WRITTEN})), seen=0, opened_at=None, address="192.0.2.1", now=NOW,
    )  # fmt: skip
    assert drafts.give(tokens=[token], address=address, basket_token=kept.token, keys=[key], now=NOW) == 1
    return kept.token


def submitted(address: str, token: str, *, key: str = "s1", revision: int | None = None, now: datetime = NOW) -> Submitted:
    revision = seen(address, token).revision if revision is None else revision
    return hand_in.hand_in_room(tokens=[token], address=address, key=key, seen=revision, person=factories.person(), language="en", now=now)


def refusal(act: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.problems[0].code
