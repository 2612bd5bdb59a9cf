"""Rooms in lists: those of a browser, those of a round for whoever keeps order among them, one as somebody with a link sees it before going in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consult.core.window import Window
from consult.extensions import db
from consult.models import BasketComment, Consultation, Room, RoomComment, RoomMember, RoomWayBack, Round
from consult.queries.organisation_rooms import MemberSeen, members_in
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class RoomNamed:
    """A room in a list of one's own, or as somebody with an invitation or a link sees it before going in."""

    address: str
    organisation: str
    consultation: str
    title: Wording
    number: int
    window: Window
    round_id: int
    role: str = "member"
    unsent: int = 0
    coordinator: str = ""
    inner_deadline: datetime | None = None


def rooms_of(*, token_sha256s: Sequence[str], language: str) -> tuple[RoomNamed, ...]:
    """The rooms of some tokens, newest first; three statements."""
    rows = db.session.execute(
        select(Room, RoomMember, Round, Consultation)
        .join(RoomMember, RoomMember.room_id == Room.id)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(RoomMember.token_sha256.in_(token_sha256s), RoomMember.left_at.is_(None))
        .order_by(Room.id.desc())
    ).all()
    if not rows:
        return ()
    newest = {room.id: member.id for room, member, *_ in sorted(rows, key=lambda row: token_sha256s.index(row[1].token_sha256))}
    rows = [row for row in rows if newest[row[0].id] == row[1].id]
    counts: dict[int, int] = dict(
        db.session.execute(
            select(RoomComment.room_id, func.count())
            .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
            .where(RoomComment.room_id.in_([room.id for room, *_ in rows]), BasketComment.comment_id.is_(None), RoomComment.included)
            .group_by(RoomComment.room_id)
        ).all()
    )
    titles = staff_texts([("consultation", of.id) for *_, of in rows], language, ["title"])
    return tuple(
        RoomNamed(
            room.address, room.organisation, of.slug, titles.get(("consultation", of.id, "title"), Wording(of.slug, language)), round_.number,
            round_.window, round_.id, member.role, counts.get(room.id, 0), inner_deadline=room.inner_deadline,
        )
        for room, member, round_, of in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room for whoever keeps order among them: its people, nothing of what they wrote."""

    address: str
    organisation: str
    members: tuple[MemberSeen, ...]


def room_lines(*, consultation: str, number: int) -> tuple[RoomLine, ...]:
    """The rooms of a round with those who are in them."""
    rooms = db.session.scalars(
        select(Room)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
        .order_by(Room.id)
    ).all()
    return tuple(
        RoomLine(room.address, room.organisation, tuple(each for each in members_in(room.id) if each.left_at is None)) for room in rooms
    )


def invited_to(*, invite: str, language: str) -> RoomNamed | None:
    """What an invitation leads to; None where it was ended or never was one."""
    return _named(Room.invite_sha256 == _sha256(invite), language)


def linked_to(*, link: str, language: str) -> RoomNamed | None:
    """What a member's own link leads to."""
    member = db.session.scalar(select(RoomMember.id).where(RoomMember.link_sha256 == _sha256(link), RoomMember.left_at.is_(None)))
    return room_of_member(member=member, language=language) if member is not None else None


def way_back_to(*, key: str | None, now: datetime) -> int | None:
    """Which member a mail's link still lets in, by the key of it."""
    where = (RoomWayBack.key == (key or ""), RoomWayBack.link_used_at.is_(None), RoomWayBack.expires_at > now, RoomMember.left_at.is_(None))
    return db.session.scalar(select(RoomMember.id).join(RoomWayBack, RoomWayBack.member_id == RoomMember.id).where(*where))


def room_of_member(*, member: int, language: str) -> RoomNamed | None:
    """The room that somebody is a member of, as she sees it before going in."""
    return _named(Room.id == select(RoomMember.room_id).where(RoomMember.id == member).scalar_subquery(), language)


def _named(where: Any, language: str) -> RoomNamed | None:
    row = db.session.execute(
        select(Room, Round, Consultation, RoomMember.name)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(RoomMember, (RoomMember.room_id == Room.id) & (RoomMember.role == "coordinator"))
        .where(where)
    ).first()
    if row is None:
        return None
    room, round_, of, coordinator = row
    title = staff_texts([("consultation", of.id)], language, ["title"]).get(("consultation", of.id, "title"), Wording(of.slug, language))
    return RoomNamed(room.address, room.organisation, of.slug, title, round_.number, round_.window, round_.id, coordinator=coordinator)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
