"""The record: events that nobody can change, the outbox, and texts that staff write in several languages."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, Language, one_of


class EventCounter(Base):
    """The newest number of a scope: a consultation's slug, or `installation` for what concerns no single one."""

    __tablename__ = "event_counter"
    scope: Mapped[Code] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(default=0)


class Event(Base):
    """Something that happened, written in the same transaction. Codes only: no names, addresses or comment text, ever."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("scope", "seq"), one_of("actor_kind", ("account", "party", "operator")))
    id: Mapped[Key]
    scope: Mapped[Code]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    kind: Mapped[Code]
    subject: Mapped[str]
    """Of what it tells: a reference, slug or address such as performance-standard/v3-draft-2."""
    codes: Mapped[dict[str, Any]]


class Outbox(Base):
    """A mail or job to be done after the transaction that asked for it; claimed by lease, done at least once."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_done_at_due_at", "done_at", "due_at"),)
    id: Mapped[Key]
    kind: Mapped[Code]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    """The hand-in that a mail is about: its sender is shown what became of it."""


class StaffText(Base):
    """A text that staff write in several languages: one row per language, never a column."""

    __tablename__ = "staff_text"
    __table_args__ = (UniqueConstraint("owner_kind", "owner_id", "field", "language"), one_of("state", ("machine", "checked", "official")))
    id: Mapped[Key]
    owner_kind: Mapped[Code]
    owner_id: Mapped[int]
    field: Mapped[Code]
    language: Mapped[Language]
    text: Mapped[str]
    state: Mapped[Code] = mapped_column(default="official")
