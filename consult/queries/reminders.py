"""What a reminder of unsent drafts says, looked up when it leaves; and whether somebody wants reminders."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import select

from consult.core.reminder import Kind
from consult.extensions import db
from consult.models import Basket, BasketComment, Reminder, ReminderMail, Room, RoomComment, RoomMember, Round
from consult.queries.baskets import BasketSeen, baskets_of
from consult.queries.questions import QuestionSeen, answers_in_words
from consult.queries.texts import Wording
from consult.queries.waiting_rows import WaitingFile, waiting_files_of


@dataclass(frozen=True, slots=True)
class ReminderSeen:
    """A mail about a basket with all its drafts. `key`: its links are made from it; `language`: of the pages last used. Of an organisation's room
    what is marked in, in the language of its coordinator: `room` names it, her own link is made from `seed`.
    """

    mail: str
    key: str
    kind: Kind
    language: str
    basket: BasketSeen
    room: str | None = None
    seed: str | None = None
    files: tuple[WaitingFile, ...] = ()
    """With rows that wait for a word."""
    answers: tuple[tuple[QuestionSeen, tuple[Wording, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody said about reminders of a basket: an address, or that she wants none (`mail` is None)."""

    mail: str | None


def reminder_seen(reminder: int, now: datetime) -> ReminderSeen | None:
    """None where it is of no use any more: declined, submitted, taken out, called off, or of a closing that was moved."""
    row = db.session.execute(
        select(ReminderMail, Reminder, Basket, Round, Room, RoomMember)
        .join(Reminder, Reminder.basket_id == ReminderMail.basket_id)
        .join(Basket, Basket.id == ReminderMail.basket_id)
        .join(Round, Round.id == Basket.round_id)
        .outerjoin(Room, Room.basket_id == Basket.id)
        .outerjoin(RoomMember, (RoomMember.room_id == Room.id) & (RoomMember.role == "coordinator") & RoomMember.left_at.is_(None))
        .where(ReminderMail.id == reminder, Reminder.mail.is_not(None), ReminderMail.closes_at == Round.closes_at)
    ).first()
    if row is None or (row.ReminderMail.kind != "closed" and row.Round.window.phase(now) == "closed"):
        return None
    room, coordinator = row.Room, row.RoomMember
    language = coordinator.language if coordinator is not None else row.Basket.language
    found = baskets_of(token_sha256=row.Basket.token_sha256, language=language)
    of = next(each for each in found if each.round_id == row.Basket.round_id)
    if room is not None:
        of = _marked_in(of, room.id)
    files = waiting_files_of(seed=row.Basket.seed, round_id=of.round_id) if room is None else ()
    if of.cancelled or not (of.unsent or files or of.answers):
        return None
    answers = answers_in_words(token_sha256=row.Basket.token_sha256, round_id=of.round_id, language=language) if of.answers else ()
    seen = ReminderSeen(row.Reminder.mail, row.Reminder.key, cast(Kind, row.ReminderMail.kind), language, of, files=files, answers=answers)
    return seen if room is None or coordinator is None else replace(seen, room=room.organisation, seed=coordinator.seed)


def _marked_in(of: BasketSeen, room: int) -> BasketSeen:
    """What a room would submit: not what was left out, nor what another comment says for its member."""
    keys = db.session.scalars(
        select(BasketComment.key)
        .join(RoomComment, RoomComment.basket_comment_id == BasketComment.id)
        .where(RoomComment.room_id == room, RoomComment.included, RoomComment.merged_into_id.is_(None))
    ).all()
    return replace(of, drafts=tuple(each for each in of.drafts if each.key in keys))


def reminders_wanted(*, token_sha256: str) -> dict[int, Wanted]:
    """Round id -> what was said, for the baskets of a token. One statement."""
    rows = db.session.execute(
        select(Basket.round_id, Reminder.mail).join(Reminder, Reminder.basket_id == Basket.id).where(Basket.token_sha256 == token_sha256)
    )
    return {round_id: Wanted(mail) for round_id, mail in rows}
