"""Around the window of a round: reminders of unsent drafts, and personal links for what comes after closing."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.late import REASONS
from consult.core.reminder import KINDS
from consult.extensions import Base
from consult.models.accounts import Account
from consult.models.columns import Code, Key, one_of
from consult.models.consultations import Round


class Reminder(Base):
    """Where somebody wants to be reminded of a basket, or that she does not want it. Goes with the basket."""

    __tablename__ = "reminder"
    __table_args__ = (CheckConstraint("(mail is null) = (declined_at is not null)", name="declined"),)
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"), primary_key=True)
    mail: Mapped[str | None] = mapped_column(String(254))
    """As typed; null where reminders were declined."""
    key: Mapped[Code] = mapped_column(unique=True)
    """From it and the installation's key the links in its mails are made."""
    asked_at: Mapped[datetime]
    declined_at: Mapped[datetime | None]


class ReminderMail(Base):
    """A mail about a basket: of each kind one for each closing, so that an extension brings new ones."""

    __tablename__ = "reminder_mail"
    __table_args__ = (UniqueConstraint("basket_id", "kind", "closes_at"), one_of("kind", KINDS))
    id: Mapped[Key]
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"))
    kind: Mapped[Code]
    closes_at: Mapped[datetime]
    at: Mapped[datetime]


class LateLink(Base):
    """A personal way in after closing: one submission, until it ends. Valid once confirmed, unless revoked."""

    __tablename__ = "late_link"
    __table_args__ = (one_of("reason", REASONS),)
    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    key: Mapped[Code] = mapped_column(unique=True)
    """Its link is made from it and the installation's key."""
    whom: Mapped[str | None] = mapped_column(String(254))
    """For whom, in the words of the secretariat; erased with the drafts of the round."""
    reason: Mapped[Code]
    ends_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), unique=True)
    """What came through it."""
    round: Mapped[Round] = relationship()
    issuer: Mapped[Account | None] = relationship(foreign_keys=[issued_by])


class LateBasket(Base):
    """The basket that was opened with a late link; with several devices several."""

    __tablename__ = "late_basket"
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"), primary_key=True)
    late_link_id: Mapped[int] = mapped_column(ForeignKey("late_link.id"), index=True)
