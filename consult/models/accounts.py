"""Staff: accounts, seats, sign-ins; and the attempts that limits are counted from."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.permission import ROLES
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of
from consult.models.consultations import Consultation


class Account(Base):
    __tablename__ = "account"
    id: Mapped[Key]
    mail: Mapped[str] = mapped_column(unique=True)
    """Lower case."""
    name: Mapped[str]
    language: Mapped[Language]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    seats: Mapped[list["Seat"]] = relationship(back_populates="account", order_by="Seat.id")


class Seat(Base):
    """A role for a time, in one consultation or (null) in all."""

    __tablename__ = "seat"
    __table_args__ = (one_of("role", ROLES),)
    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Code]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    half: Mapped[Code | None]
    """The half or class it is held for, where a body is balanced."""
    begins: Mapped[date | None]
    ends: Mapped[date | None]
    account: Mapped[Account] = relationship(back_populates="seats")
    consultation: Mapped[Consultation | None] = relationship()


class SignIn(Base):
    """A session of a signed-in person; the cookie holds the token, the database only its hash."""

    __tablename__ = "sign_in"
    token_sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class Attempt(Base):
    """Something that is limited happened: kind and a keyed hash of whom it concerns, never an address or mail in clear."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_subject_sha256_at", "kind", "subject_sha256", "at"),)
    id: Mapped[Key]
    kind: Mapped[Code]
    subject_sha256: Mapped[Sha256]
    at: Mapped[datetime]
