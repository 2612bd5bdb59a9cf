"""What mails about a room are made of; None where there is nobody to write to, or nothing to say, any more."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from consult.core.window import Window
from consult.extensions import db
from consult.models import Consultation, Room, RoomMember, RoomWayBack, Round
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class RoomMail:
    """`seed` makes the reader's own link; `asks`: the member who wants the role, since `asked_at`; `way`: key of
    a way back that lasts until `expires_at`; `before`: when the round would have closed."""

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
    inner_deadline: datetime | None = None
    cancelled: bool = False
    before: datetime | None = None
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


def mail_of_extension(member: int, *, before: datetime, closes: datetime, now: datetime) -> RoomMail | None:
    """While that closing is the one that counts."""
    mail = mail_to_member(member)
    if mail is None or mail.cancelled or mail.window.closes != closes or mail.window.phase(now) == "closed":
        return None
    return replace(mail, before=before)


def _mail(member: RoomMember, asking: RoomMember | None) -> RoomMail:
    room, round_, of = db.session.execute(
        select(Room, Round, Consultation)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Room.id == member.room_id)
    ).one()
    title = staff_texts([("consultation", of.id)], member.language, ["title"]).get(
        ("consultation", of.id, "title"), Wording(of.slug, member.language)
    )
    return RoomMail(
        member.mail or "", member.language, member.seed, member.role, member.name, room.organisation, title.text, round_.number, round_.window,
        asking.name if asking else "", asking.asked_at if asking else None, inner_deadline=room.inner_deadline,
        cancelled=round_.state != "planned" or of.state != "active",
    )  # fmt: skip
