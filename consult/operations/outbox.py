"""The outbox from the side of the worker: claiming by lease, finishing, trying again later. Done at least once, never lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from consult.extensions import writing
from consult.models import Outbox

LEASE = timedelta(minutes=10)
"""For so long a row belongs to the worker that claimed it; if that dies, another takes it afterwards."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 960, 1440, 1440))
"""Between tries; after the last one, about three days and a half in all, we give up and keep the row with its error."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row to be worked on now. `attempts` counts this try; `until` is when the lease ends, and the proof of it."""

    id: int
    payload: Mapping[str, Any]
    created_at: datetime
    attempts: int
    until: datetime


def claim(*, kind: str, now: datetime, limit: int = 20) -> tuple[Claimed, ...]:
    """Takes rows that are due, oldest first, for the time of the lease. Two workers never get the same row."""
    with writing() as session:
        rows = session.scalars(
            select(Outbox)
            .where(Outbox.kind == kind, Outbox.done_at.is_(None), Outbox.due_at <= now)
            .where(or_(Outbox.claimed_until.is_(None), Outbox.claimed_until <= now))
            .order_by(Outbox.due_at, Outbox.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.claimed_until = now + LEASE
            row.attempts += 1
        return tuple(Claimed(row.id, dict(row.payload), row.created_at, row.attempts, now + LEASE) for row in rows)


def finish(*, claimed: Claimed, now: datetime) -> None:
    """Marks a row as done."""
    with writing() as session:
        if row := session.scalar(_held(claimed)):
            row.done_at, row.claimed_until, row.error = now, None, None


def fail(*, claimed: Claimed, error: str, now: datetime, for_good: bool = False) -> None:
    """Notes what went wrong (a code, no addresses) and when to try again; `for_good`, or after the last wait, the row is closed with its error."""
    with writing() as session:
        row = session.scalar(_held(claimed))
        if row is None:
            return
        row.error, row.claimed_until = error, None
        if for_good or claimed.attempts > len(WAITS):
            row.done_at = now
        else:
            row.due_at = now + WAITS[claimed.attempts - 1]


def _held(claimed: Claimed) -> Any:
    """The row while the lease is still this worker's."""
    return select(Outbox).where(Outbox.id == claimed.id, Outbox.claimed_until == claimed.until).with_for_update()
