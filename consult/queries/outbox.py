"""How the worker gets on: what waits in the outbox, since when, what failed. Counts and codes, no addresses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from consult.extensions import db
from consult.models import Outbox


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Of one kind of row. `waiting` to be done, of those `due` now, since `oldest`; `retried` failed at least once and is tried again; `done`;
    `given_up` with its error after the last try, the newest of which is `error`.
    """

    kind: str
    waiting: int
    due: int
    oldest: datetime | None
    retried: int
    done: int
    given_up: int
    error: str | None


def outbox_states(now: datetime) -> tuple[OutboxState, ...]:
    """By kind; two statements."""
    waits, gave_up = Outbox.done_at.is_(None), Outbox.done_at.is_not(None) & Outbox.error.is_not(None)
    counts = db.session.execute(
        select(
            Outbox.kind,
            func.sum(case((waits, 1), else_=0)),
            func.sum(case((waits & (Outbox.due_at <= now), 1), else_=0)),
            func.min(case((waits & (Outbox.due_at <= now), Outbox.due_at))),
            func.sum(case((waits & Outbox.error.is_not(None), 1), else_=0)),
            func.sum(case((Outbox.done_at.is_not(None) & Outbox.error.is_(None), 1), else_=0)),
            func.sum(case((gave_up, 1), else_=0)),
        )
        .group_by(Outbox.kind)
        .order_by(Outbox.kind)
    ).all()
    newest = select(func.max(Outbox.id)).where(Outbox.error.is_not(None)).group_by(Outbox.kind)
    errors: dict[str, str | None] = {
        row[0]: row[1] for row in db.session.execute(select(Outbox.kind, Outbox.error).where(Outbox.id.in_(newest)))
    }
    return tuple(
        OutboxState(kind, waiting, due, oldest, retried, done, given_up, errors.get(kind))
        for kind, waiting, due, oldest, retried, done, given_up in counts
    )
