"""Deleting what was promised to be deleted: drafts that nobody submitted, addresses for reminders, for whom links were, counted attempts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.extensions import writing
from consult.models import (
    Attempt,
    Basket,
    BasketAnswer,
    BasketComment,
    LateBasket,
    LateLink,
    ReceivedRow,
    Reminder,
    ReminderMail,
    Room,
    RoomAnswer,
    RoomComment,
    RoomFile,
    RoomMember,
    RoomRow,
    RoomWayBack,
    Round,
)
from consult.operations.forget_received import forget_files_of_baskets

ATTEMPTS = timedelta(days=30)
"""So long counted attempts are kept, longer than any limit counts: they are keyed hashes of networks and addresses."""
AT_ONCE = 500
"""Baskets in one transaction."""


def deleted_after(closes: datetime, days: int) -> datetime:
    """The instant from which drafts of a round that closed then are deleted."""
    return closes + timedelta(days=days)


def forget(*, now: datetime, days: int) -> int:
    """Deletes what is over its time; how many rows of baskets, links and attempts. `days` after a round has closed its drafts go, with what was
    said about their authors and where they wanted to be reminded; a link into the round that is still good keeps them until it ends.
    """
    closed = now - timedelta(days=days)
    with writing() as session:
        linked = select(LateLink.round_id).where(LateLink.ends_at > now, LateLink.revoked_at.is_(None))
        over = select(Basket.id).join(Round, Round.id == Basket.round_id).where(Round.closes_at <= closed, Round.id.not_in(linked))
        baskets = session.scalars(over.order_by(Basket.id).limit(AT_ONCE)).all()
        if baskets:
            _forget_rooms(session, session.scalars(select(Room.id).where(Room.basket_id.in_(baskets))).all())
            forget_files_of_baskets(session, baskets=baskets, now=now)
            _forget_baskets(session, baskets)
        whom = update(LateLink).where(LateLink.whom.is_not(None), LateLink.ends_at <= closed).values(whom=None)
        names = session.execute(whom.returning(LateLink.id)).all()
        counted = session.execute(delete(Attempt).where(Attempt.at <= now - ATTEMPTS).returning(Attempt.id)).all()
        return len(baskets) + len(names) + len(counted)


def _forget_baskets(session: Session, baskets: Sequence[int]) -> None:
    drafts = select(BasketComment.id).where(BasketComment.basket_id.in_(baskets))
    session.execute(update(ReceivedRow).where(ReceivedRow.draft_id.in_(drafts)).values(draft_id=None))
    for table in (LateBasket, ReminderMail, Reminder, BasketAnswer, BasketComment):
        session.execute(delete(table).where(table.basket_id.in_(baskets)))
    session.execute(delete(Basket).where(Basket.id.in_(baskets)))


def _forget_rooms(session: Session, rooms: Sequence[int]) -> None:
    """An organisation's room goes with its basket; what its submission says of its members stays with that."""
    if not rooms:
        return
    members, files = select(RoomMember.id).where(RoomMember.room_id.in_(rooms)), select(RoomFile.id).where(RoomFile.room_id.in_(rooms))
    session.execute(delete(RoomAnswer).where(RoomAnswer.member_id.in_(members)))
    session.execute(delete(RoomWayBack).where(RoomWayBack.member_id.in_(members)))
    session.execute(delete(RoomRow).where(RoomRow.file_id.in_(files)))
    session.execute(update(RoomComment).where(RoomComment.room_id.in_(rooms)).values(merged_into_id=None))
    for table in (RoomComment, RoomFile, RoomMember):
        session.execute(delete(table).where(table.room_id.in_(rooms)))
    session.execute(delete(Room).where(Room.id.in_(rooms)))
