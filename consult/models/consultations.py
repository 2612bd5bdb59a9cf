"""Consultations, their rounds with a window, and the documents laid open in each round."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.vocabulary import DISPLAY_RULES
from consult.core.window import Window
from consult.extensions import Base
from consult.models.columns import Code, Key, one_of
from consult.models.standards import Standard, Version


class Consultation(Base):
    """One revision project. `prefix` begins the references of its comments; titles and texts are StaffText rows."""

    __tablename__ = "consultation"
    __table_args__ = (one_of("state", ("active", "cancelled", "voided")),)
    id: Mapped[Key]
    slug: Mapped[Code] = mapped_column(unique=True)
    prefix: Mapped[str] = mapped_column(String(16), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    """Order on the home page."""
    state: Mapped[Code] = mapped_column(default="active")
    created_at: Mapped[datetime]
    rounds: Mapped[list["Round"]] = relationship(back_populates="consultation", order_by="Round.number")
    items: Mapped[list["ConsultationItem"]] = relationship(order_by="ConsultationItem.position")


class ConsultationItem(Base):
    """An entry of a consultation's page: a milestone with its date, a step after closing, a highlight, a question with its answer."""

    __tablename__ = "consultation_item"
    __table_args__ = (
        UniqueConstraint("consultation_id", "kind", "position"),
        one_of("kind", ("milestone", "step", "highlight", "question")),
    )
    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[Code]
    position: Mapped[int]
    on: Mapped[date | None]


class Round(Base):
    """Draft versions plus a window. Kept as local wall time with its zone and as the instant computed when it was set."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("grace_minutes >= 0", name="grace"),
        one_of("state", ("planned", "cancelled", "voided")),
        one_of("display_rule", DISPLAY_RULES),
    )
    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    state: Mapped[Code] = mapped_column(default="planned")
    opens_local: Mapped[str] = mapped_column(String(19))
    closes_local: Mapped[str] = mapped_column(String(19))
    zone: Mapped[Code]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    grace_minutes: Mapped[int] = mapped_column(default=0)
    display_rule: Mapped[Code] = mapped_column(default="after_moderation")
    report_at: Mapped[datetime | None]
    """When the response report came out."""
    closed_seen_at: Mapped[datetime | None]
    """When the worker first saw it closed: from then on no clock that is put back opens it again."""
    last_comment: Mapped[int] = mapped_column(default=0)
    """Number of the newest comment: references are gap-free within a round."""
    consultation: Mapped[Consultation] = relationship(back_populates="rounds")
    documents: Mapped[list["RoundDocument"]] = relationship(back_populates="round", order_by="RoundDocument.position")

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at, self.zone, timedelta(minutes=self.grace_minutes), self.closed_seen_at is not None)


class RoundDocument(Base):
    """A version under consultation with the baseline it is mainly compared with."""

    __tablename__ = "round_document"
    __table_args__ = (UniqueConstraint("round_id", "standard_id"),)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    """Of the version; one version of a standard per round, since addresses name the standard."""
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    position: Mapped[int]
    round: Mapped[Round] = relationship(back_populates="documents")
    version: Mapped[Version] = relationship(foreign_keys=[version_id])
    baseline: Mapped[Version | None] = relationship(foreign_keys=[baseline_id])
    standard: Mapped[Standard] = relationship()
