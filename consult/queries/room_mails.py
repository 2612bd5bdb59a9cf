"""What mails about a room are made of; None where there is nobody to write to, or nothing to say, any more."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from consult.core.window import Window
from consult.extensions import db
from consult.models import BasketComment, Consultation, Room, RoomComment, RoomMember, RoomWayBack, Round
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class RoomMail:
    """`seed` makes the reader's own link; `asks`: the member who wants the role, since `asked_at`; `unsent`: comments marked in;
    `way`: key of a way back that lasts until `expires_at`."""

    to: str
    language: str
    seed: str
    role: str
    name: str
    organisation: str
    consultation: str
    number: int
    window: Window
    asks: str = ""
    asked_at: datetime | None = None
    unsent: int = 0
    way: str | None = None
    expires_at: datetime | None = None


def mail_to_member(member: int, *, asks: int | None = None) -> RoomMail | None:
    """To a present member with an address; with `asks` only while that request stands."""
    found = db.session.get(RoomMember, member)
    if found is None or found.left_at is not None or not found.mail:
        return None
    asking = db.session.get(RoomMember, asks) if asks is not None else None
    if asks is not None and (asking is None or asking.asked_at is None):
        return None
    return _mail(found, asking)


def mail_of_way_back(way: int, now: datetime) -> RoomMail | None:
    """To whoever asked for her link again, while it is good."""
    row = db.session.get(RoomWayBack, way)
    if row is None or row.expires_at <= now or (mail := mail_to_member(row.member_id)) is None:
        return None
    return replace(mail, way=row.key, expires_at=row.expires_at)


def mail_of_unsent(room: int, now: datetime) -> RoomMail | None:
    """To the coordinator, while the round is open and something waits."""
    found = db.session.scalar(
        select(RoomMember).where(RoomMember.room_id == room, RoomMember.role == "coordinator", RoomMember.left_at.is_(None))
    )
    if found is None or not found.mail:
        return None
    mail = _mail(found, None)
    return mail if mail.unsent and mail.window.phase(now) == "open" else None


def _mail(member: RoomMember, asking: RoomMember | None) -> RoomMail:
    room, round_, of = db.session.execute(
        select(Room, Round, Consultation)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Room.id == member.room_id)
    ).one()
    unsent = db.session.scalars(
        select(func.count())
        .select_from(RoomComment)
        .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
        .where(
            RoomComment.room_id == room.id, RoomComment.included, RoomComment.merged_into_id.is_(None), BasketComment.comment_id.is_(None)
        )
    ).one()
    title = staff_texts([("consultation", of.id)], member.language, ["title"]).get(
        ("consultation", of.id, "title"), Wording(of.slug, member.language)
    )
    return RoomMail(
        member.mail or "", member.language, member.seed, member.role, member.name, room.organisation, title.text, round_.number, round_.window,
        asking.name if asking else "", asking.asked_at if asking else None, unsent,
    )  # fmt: skip
