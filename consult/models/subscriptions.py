"""Who wants mails about what. A mail address stands here only while its owner wants mails (or for the hours in which she may confirm)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.happening import FREQUENCIES
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, one_of

ONE_TOPIC = (
    "(consultation_id is not null and standard_id is null and clause_id is null)"
    " or (consultation_id is null and standard_id is not null and clause_id is null)"
    " or (consultation_id is null and standard_id is null and clause_id is not null)"
)


class Subscriber(Base):
    """A confirmed address. When the last subscription ends, address and key go; the bare row stays, so that its number is never given again."""

    __tablename__ = "subscriber"
    __table_args__ = (CheckConstraint("(mail is null) = (key is null) and (mail is null) = (ended_at is not null)", name="ended"),)
    id: Mapped[Key]
    mail: Mapped[str | None] = mapped_column(String(254), unique=True)
    """Lower case."""
    key: Mapped[str | None] = mapped_column(String(64))
    """From it and the installation's key the links in mails are made."""
    language: Mapped[Language]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SubscriptionRequest(Base):
    """Somebody asked for mails to an address; its owner has some hours to confirm, by link or by code. Deleted afterwards."""

    __tablename__ = "subscription_request"
    __table_args__ = (CheckConstraint(ONE_TOPIC, name="topic"), one_of("frequency", FREQUENCIES))
    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Stands in the address of the page on which the code is typed; link and code are made from it and the installation's key."""
    mail: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[Language]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    kinds: Mapped[list[str]]
    frequency: Mapped[Code]
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong codes."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    subscriber_id: Mapped[int | None] = mapped_column(ForeignKey("subscriber.id"))
    """Once confirmed."""


class Subscription(Base):
    """A consultation, a document or a clause that somebody follows since then."""

    __tablename__ = "subscription"
    __table_args__ = (CheckConstraint(ONE_TOPIC, name="topic"), one_of("frequency", FREQUENCIES))
    id: Mapped[Key]
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    standard_id: Mapped[int | None] = mapped_column(ForeignKey("standard.id"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    kinds: Mapped[list[str]]
    frequency: Mapped[Code]
    since: Mapped[datetime]


class SubscriptionMail(Base):
    """A mail that was put together for a subscriber; what it says is looked up when it leaves."""

    __tablename__ = "subscription_mail"
    id: Mapped[Key]
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"))
    at: Mapped[datetime]


class SubscriptionNotice(Base):
    """That a subscriber is told of a happening (its key): once, whatever she follows and however often is looked."""

    __tablename__ = "subscription_notice"
    __table_args__ = (UniqueConstraint("subscriber_id", "happening"), Index("ix_subscription_notice_mail_id_due_at", "mail_id", "due_at"))
    id: Mapped[Key]
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"))
    happening: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    """When it happened."""
    due_at: Mapped[datetime]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("subscription_mail.id"))


class SubscriptionLook(Base):
    """One row: until when happenings were looked for."""

    __tablename__ = "subscription_look"
    id: Mapped[Key]
    at: Mapped[datetime]
