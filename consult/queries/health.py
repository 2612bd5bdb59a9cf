"""What `consult doctor` asks the database: its settings, its soundness, its clock, and what tells whether worker and secret key are the right ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from consult.core.health import DURABLE, LATE
from consult.extensions import db
from consult.models import Consultation, Event, Round, Submission


@dataclass(frozen=True, slots=True)
class NewestReceipt:
    """What its secret code is made from, and the hash of that code."""

    key: str
    reference: str
    turn: int
    secret_sha256: str


def durability_settings() -> dict[str, str]:
    """Of our own connection, by name."""
    engine = db.engine.dialect.name
    ask = "PRAGMA {}" if engine == "sqlite" else "show {}"
    return {name: str(db.session.execute(text(ask.format(name))).scalar()) for name in DURABLE[engine]}


def damage() -> str | None:
    """The first fault of the structure that SQLite finds; None where there is none, and on PostgreSQL, which looks by its own means."""
    if db.engine.dialect.name != "sqlite":
        return None
    try:
        said = str(db.session.execute(text("PRAGMA quick_check(1)")).scalar())
    except DatabaseError as error:
        db.session.rollback()
        said = str(error.orig)
    return None if said == "ok" else said


def database_ahead(now: datetime) -> timedelta:
    """By how much the clock of the database's machine is ahead of `now`."""
    if db.engine.dialect.name == "sqlite":
        return timedelta()
    there: datetime = db.session.execute(text("select clock_timestamp()")).scalar_one()
    return there - now


def newest_event() -> datetime | None:
    return db.session.scalar(select(func.max(Event.at)))


def newest_receipt() -> NewestReceipt | None:
    newest = (
        select(Submission.key, Submission.reference, Submission.secret_turn, Submission.secret_sha256)
        .order_by(Submission.id.desc())
        .limit(1)
    )
    row = db.session.execute(newest).first()
    return NewestReceipt(*row) if row else None


def closings_unseen(now: datetime) -> tuple[str, ...]:
    """Rounds (`<consultation>/<n>`) that closed a while ago and that no worker has put on the record as closed."""
    rows = db.session.execute(
        select(Consultation.slug, Round.number)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Round.state == "planned", Round.closed_seen_at.is_(None), Round.closes_at <= now - LATE)
        .order_by(Round.closes_at, Round.id)
    )
    return tuple(f"{slug}/{number}" for slug, number in rows)
