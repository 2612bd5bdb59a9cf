"""Reminders of drafts that were not submitted: asked for or declined in the basket, sent at their instants, ended with one click. Those of an
organisation's room go to its coordinator, from the basket of the room.

Drafts are no part of the record, and neither is that somebody was reminded of them.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.core.reference import derived
from consult.core.reminder import BEFORE, LATE, due
from consult.core.submission import LIMITS, is_mail, unfolded
from consult.extensions import writing
from consult.models import (
    Basket,
    BasketAnswer,
    BasketComment,
    Consultation,
    FileReading,
    Outbox,
    ReceivedFile,
    ReceivedRow,
    Reminder,
    ReminderMail,
    Round,
)
from consult.operations.attempts import pass_door
from consult.operations.basket import basket_with, reopened


def ask_reminders(*, token: str, consultation: str, round_number: int, mail: str, address: str | None, now: datetime) -> None:
    """Keeps where to remind somebody of this basket. No confirmation is asked for: every mail ends them with one click.

    Refused: mail_form (where: mail), basket_unknown, too_many_attempts.
    """
    written = unfolded(mail).strip()
    if len(written) > LIMITS["mail"] or not is_mail(written):
        raise Refused(Problem("mail_form", {"field": "mail"}))
    with writing() as session:
        basket, _ = basket_with(session, token, consultation, round_number)
        row = _row(session, basket, now)
        if row.mail == written:
            return
        pass_door(session, door="remind", address=address, who=written.lower(), now=now)
        row.mail, row.declined_at, row.asked_at = written, None, now


def decline_reminders(*, token: str, consultation: str, round_number: int, now: datetime) -> None:
    """No reminders of this basket; an address that was given is erased. It is remembered, so that nobody asks again. Refused: basket_unknown."""
    with writing() as session:
        basket, _ = basket_with(session, token, consultation, round_number)
        _end(_row(session, basket, now), now)


def end_reminders(*, token: str, now: datetime) -> bool:
    """What a mail's link does; whether there was such a reminder. A second time changes nothing."""
    with writing() as session:
        key = token.partition(".")[0]
        row = session.scalar(select(Reminder).where(Reminder.key == key).with_for_update())
        if row is None or not hmac.compare_digest(end_token(key), token):
            return False
        _end(row, now)
        return True


def remind_coordinator(session: Session, basket: int, mail: str | None, now: datetime) -> None:
    """From now on the reminders of a room's basket go there; None: nowhere. Links in earlier mails end nothing any more."""
    row = session.get(Reminder, basket, with_for_update=True)
    if row is None:
        row = Reminder(basket_id=basket)
        session.add(row)
    row.key, row.mail, row.asked_at, row.declined_at = secrets.token_urlsafe(18), mail, now, None if mail else now


def end_token(key: str) -> str:
    """Stands in the link that ends reminders."""
    return f"{key}.{derived(str(current_app.config['SETTINGS'].secret_key), 'reminder.end', key).hex()[:32]}"


def remind(*, now: datetime) -> int:
    """Puts the reminders that are due into the outbox, each kind once for each closing; how many. Two statements, however many baskets wait."""
    longest = max(BEFORE.values())
    with writing() as session:
        rows = session.execute(
            select(Basket.id, Round, Reminder.asked_at)
            .join(Round, Round.id == Basket.round_id)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .join(Reminder, Reminder.basket_id == Basket.id)
            .where(Reminder.mail.is_not(None), Round.state == "planned", Consultation.state == "active")
            .where(Round.closes_at <= now + longest, Round.closes_at > now - LATE - timedelta(days=2))
            .where(_waits())
            .order_by(Basket.id)
        ).all()
        wanted = [(basket, kind, round_.closes_at) for basket, round_, asked in rows if (kind := due(round_.window, now, asked))]
        sent = {
            (mail.basket_id, mail.kind, mail.closes_at)
            for mail in session.scalars(select(ReminderMail).where(ReminderMail.basket_id.in_([basket for basket, *_ in wanted])))
        }
        made = [
            ReminderMail(basket_id=basket, kind=kind, closes_at=at, at=now) for basket, kind, at in wanted if (basket, kind, at) not in sent
        ]
        session.add_all(made)
        session.flush()
        if made:
            payloads = [{"template": "reminder", "reminder": each.id} for each in made]
            session.execute(
                insert(Outbox), [{"kind": "mail", "payload": each, "created_at": now, "due_at": now, "attempts": 0} for each in payloads]
            )
        return len(made)


def _waits() -> ColumnElement[bool]:
    """A basket with something that was not submitted: drafts, answers, or rows of a file that nobody has said a word about."""
    drafts = select(BasketComment.id).where(
        BasketComment.basket_id == Basket.id, BasketComment.removed_at.is_(None), BasketComment.comment_id.is_(None)
    )
    rows = (
        select(ReceivedRow.id)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(ReceivedFile.owner_kind == "basket", ReceivedFile.owner_id == Basket.id)
        .where(ReceivedRow.state == "waiting", FileReading.state == "read")
    )
    answers = select(BasketAnswer.id).where(BasketAnswer.basket_id == Basket.id, BasketAnswer.said != "")
    return or_(drafts.exists(), rows.exists(), answers.exists())


def _row(session: Session, basket: Basket, now: datetime) -> Reminder:
    row = session.get(Reminder, basket.id, with_for_update=True)
    if row is None:
        row = Reminder(basket_id=basket.id, key=secrets.token_urlsafe(18), asked_at=now, declined_at=now)
        session.add(row)
    return row


def _end(row: Reminder, now: datetime) -> None:
    row.mail, row.declined_at = None, row.declined_at or now


def resume_ticket(key: str, ends: datetime) -> str:
    """Stands in the mail's link that opens the drafts; good until then, and while reminders are wanted."""
    until = int(ends.timestamp())
    return f"{key}.{until}.{_seal(key, until)}"


def resume_by_ticket(*, ticket: str, now: datetime) -> str:
    """The token of the basket a reminder was about. Refused: ticket_over (forged, too old, or reminders were ended)."""
    key, _, rest = ticket.partition(".")
    until, _, seal = rest.partition(".")
    with writing() as session:
        good = until.isascii() and until.isdigit() and hmac.compare_digest(_seal(key, int(until)).encode(), seal.encode())
        found = select(Basket).join(Reminder, Reminder.basket_id == Basket.id).where(Reminder.key == key, Reminder.mail.is_not(None))
        basket = session.scalar(found) if good and now.timestamp() < int(until) else None
        if basket is None:
            raise Refused(Problem("ticket_over"))
        return reopened(session, basket.code_sha256) or ""


def _seal(key: str, until: int) -> str:
    return derived(str(current_app.config["SETTINGS"].secret_key), "reminder.resume", key, str(until)).hex()[:32]
