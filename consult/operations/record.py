"""What every operation writes beside its own rows: the event that tells of it, and the mails and jobs it asks for. Same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult.models import Event, EventCounter, Outbox

INSTALLATION = "installation"
"""The scope of what concerns no single consultation."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, a party, or `operator` (the command line, with no row of its own)."""

    kind: Literal["account", "party", "operator"]
    id: int | None = None


OPERATOR = Actor("operator")


def record(
    session: Session, *, scope: str, kind: str, subject: str, by: Actor, now: datetime, codes: Mapping[str, Any] | None = None
) -> int:
    """Adds an event and gives its number: gap-free within its scope. Take it last in an operation: it locks the scope's counter until commit.

    `codes` holds codes and numbers only, never names, addresses or comment text.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(EventCounter).values(scope=scope, last_seq=0).on_conflict_do_nothing())
    counted = (
        update(EventCounter).where(EventCounter.scope == scope).values(last_seq=EventCounter.last_seq + 1).returning(EventCounter.last_seq)
    )
    seq = session.execute(counted).scalar_one()
    session.add(
        Event(scope=scope, seq=seq, at=now, actor_kind=by.kind, actor_id=by.id, kind=kind, subject=subject, codes=dict(codes or {}))
    )
    return seq


def enqueue(
    session: Session, *, kind: str, payload: Mapping[str, Any], now: datetime, due: datetime | None = None, submission: int | None = None
) -> None:
    """Adds a mail or job; it leaves only if the transaction does. `submission`: the hand-in it is about, whose sender sees what became of it."""
    session.add(Outbox(kind=kind, payload=dict(payload), created_at=now, due_at=due or now, submission_id=submission))
