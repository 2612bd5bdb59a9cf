"""Members hear by mail that the closing of their round has moved."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.models import Outbox, Room, RoomMember, Round


def tell_rooms(session: Session, *, of: Round, before: datetime, now: datetime) -> None:
    """A mail to every present member with an address, of every room in the round; two statements. `before`: when it would have closed."""
    members = session.scalars(
        select(RoomMember.id)
        .join(Room, Room.id == RoomMember.room_id)
        .where(Room.round_id == of.id, RoomMember.left_at.is_(None), RoomMember.mail.is_not(None))
        .order_by(RoomMember.id)
    ).all()
    if not members:
        return
    told = {"template": "room_extended", "before": before.isoformat(), "closes": of.closes_at.isoformat()}
    rows = [{"kind": "mail", "payload": {**told, "member": member}, "created_at": now, "due_at": now, "attempts": 0} for member in members]
    session.execute(insert(Outbox), rows)
