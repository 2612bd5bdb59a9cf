"""A room as one of its members finds it: locked, with what an operation in it decides on. To everybody else there is no such room."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.core.reference import derived, secret_code
from consult.models import Basket, BasketComment, Consultation, Room, RoomComment, RoomMember, Round
from consult.operations.submit import admitted


@dataclass(frozen=True, slots=True)
class Found:
    """The room of an address with the member whose token came along."""

    room: Room
    member: RoomMember
    basket: Basket
    round: Round
    consultation: Consultation

    @property
    def coordinates(self) -> bool:
        return self.member.role == "coordinator"


def find_room(session: Session, tokens: Sequence[str], address: str) -> Found:
    """Refused with room_unknown where none of the tokens is a present member's: whether there is such a room is not told."""
    hashes = [sha256(token) for token in tokens]
    rows = session.execute(
        select(Room, RoomMember, Basket, Round, Consultation)
        .join(RoomMember, RoomMember.room_id == Room.id)
        .join(Basket, Basket.id == Room.basket_id)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Room.address == address, RoomMember.token_sha256.in_(hashes), RoomMember.left_at.is_(None))
        .with_for_update(of=(Room, Basket)),
        execution_options={"populate_existing": True},
    ).all()
    if not rows:
        raise Refused(Problem("room_unknown"))
    return Found(*max(rows, key=lambda row: hashes.index(row[1].token_sha256)))  # of two members in one browser the one who came in last


def find_open_room(session: Session, tokens: Sequence[str], address: str, now: datetime) -> Found:
    """The same while its round takes comments in. Refused as well with window_coming, window_closed, round_cancelled."""
    found = find_room(session, tokens, address)
    admitted(found.round, found.consultation, found.room.opened_at, now)
    return found


def find_coordinated(session: Session, tokens: Sequence[str], address: str, now: datetime) -> Found:
    """The same for what only the coordinator may do. Refused as well with coordinator_only."""
    found = find_open_room(session, tokens, address, now)
    if not found.coordinates:
        raise Refused(Problem("coordinator_only"))
    return found


def comment_in(session: Session, found: Found, key: str) -> tuple[RoomComment, BasketComment]:
    """A comment of the room that was not handed in. Refused with draft_unknown, handed_in."""
    row = session.execute(
        select(RoomComment, BasketComment)
        .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
        .where(RoomComment.room_id == found.room.id, BasketComment.key == key)
    ).first()
    if row is None:
        raise Refused(Problem("draft_unknown"))
    if row[1].comment_id is not None:
        raise Refused(Problem("handed_in"))
    return row[0], row[1]


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def member_token(seed: str) -> str:
    """What the cookie of a member holds."""
    return derived(_secret_key(), "room.token", seed).hex()


def member_link(seed: str) -> str:
    """What opens the room for the same member on another device; not the token itself, so that a link that was seen can be made void."""
    return derived(_secret_key(), "room.link", seed).hex()[:40]


def invite_token(seed: str) -> str:
    """What stands in the invitation."""
    return derived(_secret_key(), "room.invite", seed).hex()[:40]


def way_back_code(key: str) -> str:
    """What stands in the mail to a member who lost her link, to be typed."""
    return secret_code(_secret_key(), key, "room")


def way_back_token(key: str) -> str:
    """What stands in the link of that mail."""
    return f"{key}.{derived(_secret_key(), 'room.again', key).hex()[:32]}"


def way_back_key(token: str) -> str | None:
    """The key that a link's token names; None for a token that is not ours."""
    key = token.partition(".")[0]
    return key if hmac.compare_digest(way_back_token(key).encode(), token.encode()) else None


def _secret_key() -> str:
    return str(current_app.config["SETTINGS"].secret_key)
