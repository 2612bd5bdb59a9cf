"""What the committee decided on comments. All rows are added, never changed: whoever changes her mind decides again."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.disposition import DISPOSITIONS
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, one_of


class Decision(Base):
    """One act of the committee on any number of comments of a round."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("round_id", "number"),)
    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    reasons: Mapped[list["DecisionReason"]] = relationship(order_by="DecisionReason.id")


class DecisionReason(Base):
    """Why, in one language."""

    __tablename__ = "decision_reason"
    __table_args__ = (UniqueConstraint("decision_id", "language"),)
    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    language: Mapped[Language]
    text: Mapped[str]


class DispositionRow(Base):
    """What became of one comment by a decision; the newest number counts, and `comment.disposition` repeats it."""

    __tablename__ = "disposition"
    __table_args__ = (UniqueConstraint("comment_id", "number"), one_of("disposition", DISPOSITIONS))
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    number: Mapped[int]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    disposition: Mapped[Code]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    decision: Mapped[Decision] = relationship()
