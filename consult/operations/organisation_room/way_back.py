"""The way back into a room for a member who lost her own link: a mail with a link and a code, each good once and for a short time."""

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from consult.core.organisation_room import WAY_BACK
from consult.core.problem import Problem, Refused
from consult.core.reference import code_sha256
from consult.core.submission import LIMITS, is_mail, unfolded
from consult.extensions import writing
from consult.models import RoomMember, RoomWayBack
from consult.operations.attempts import pass_door
from consult.operations.organisation_room.found import way_back_code, way_back_key
from consult.operations.organisation_room.members import Entered, entered
from consult.operations.record import enqueue


def ask_way_back(*, mail: str, address: str | None, now: datetime) -> None:
    """Sends a way back into every room where somebody gave this mail address. Nothing tells whether there is one.

    `address`: where the request comes from. Refused: mail_form (where: mail), too_many_attempts, both alike for whoever is known or not.
    """
    written = unfolded(mail).strip()
    if len(written) > LIMITS["mail"] or not is_mail(written):
        raise Refused(Problem("mail_form", {"field": "mail"}))
    with writing() as session:
        pass_door(session, door="room_again", address=address, who=written.lower(), now=now)
        same = or_(RoomMember.mail == written, func.lower(RoomMember.mail) == written.lower())
        present = select(RoomMember).where(same, RoomMember.left_at.is_(None))
        for member in session.scalars(present.order_by(RoomMember.id)):
            key = secrets.token_urlsafe(24)
            row = RoomWayBack(member_id=member.id, key=key, code_sha256=code_sha256(way_back_code(key)), expires_at=now + WAY_BACK)
            session.add(row)
            session.flush()
            enqueue(session, kind="mail", payload={"template": "room_again", "way": row.id}, now=now)


def enter_by_link(*, token: str, now: datetime) -> Entered:
    """The button behind the mail's link. Refused with link_over: forged, used, or over its time."""
    return _enter(RoomWayBack.key == (way_back_key(token) or ""), now, code=False)


def enter_by_code(*, code: str, now: datetime) -> Entered:
    """The code of the mail (78 bits), where a program pressed the button of its link before its reader came. Refused with link_over."""
    return _enter(RoomWayBack.code_sha256 == code_sha256(code), now, code=True)


def _enter(where: ColumnElement[bool], now: datetime, *, code: bool) -> Entered:
    with writing() as session:
        row = session.execute(
            select(RoomWayBack, RoomMember)
            .join(RoomMember, RoomMember.id == RoomWayBack.member_id)
            .where(where, RoomWayBack.expires_at > now, RoomMember.left_at.is_(None))
            .with_for_update(of=RoomWayBack)
        ).first()
        if row is None or (row.RoomWayBack.code_used_at if code else row.RoomWayBack.link_used_at) is not None:
            raise Refused(Problem("link_over"))
        if code:
            row.RoomWayBack.code_used_at = now
        else:
            row.RoomWayBack.link_used_at = now
        return entered(session, row.RoomMember)
