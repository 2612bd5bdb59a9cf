"""Questions that a round asks, what was answered, and what was answered to those who asked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.question import KINDS
from consult.core.vocabulary import STATES, WITHHOLD_REASONS
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, one_of
from consult.models.comments import Submission


class Question(Base):
    """One question of a round, tied to a clause, to a document, or to neither. Its words, options and ends are StaffText rows."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("round_id", "code"),
        one_of("kind", KINDS),
        CheckConstraint("clause_id is null or version_id is not null", name="place"),
    )
    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    code: Mapped[Code]
    position: Mapped[int]
    kind: Mapped[Code]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    options: Mapped[list[str]]
    """Codes of a choice, points of a scale, in order."""


class BasketAnswer(Base):
    """What waits in a basket; rows of it change until they are handed in."""

    __tablename__ = "basket_answer"
    __table_args__ = (UniqueConstraint("basket_id", "question_id"),)
    id: Mapped[Key]
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    said: Mapped[str]


class Answer(Base):
    """What was handed in; the newest revision counts. It may be erased, never changed: the database refuses anything else."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("submission_id", "question_id", "number"),)
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    said: Mapped[str | None]
    at: Mapped[datetime]


class AnswerSheet(Base):
    """Answers that were handed in without a comment. Party, receipt, confirmation and publication choice are those of its submission."""

    __tablename__ = "answer_sheet"
    __table_args__ = (UniqueConstraint("round_id", "number"), one_of("state", STATES))
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    state: Mapped[Code]
    """The newest step's. Answers among options count from their receipt; their words are read by the committee once they are cleared."""
    submission: Mapped[Submission] = relationship()


class AnswerStep(Base):
    """One move of such answers between moderation states: codes only."""

    __tablename__ = "answer_step"
    __table_args__ = (
        one_of("before", STATES),
        one_of("after", STATES),
        one_of("reason", WITHHOLD_REASONS),
        CheckConstraint("after != 'withheld' or reason is not null", name="withheld_reason"),
    )
    id: Mapped[Key]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheet.id"), index=True)
    before: Mapped[Code]
    after: Mapped[Code]
    reason: Mapped[Code | None]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]


class Reply(Base):
    """What the secretariat answers to a comment that asks, one row per language and revision; the newest of a language counts."""

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("comment_id", "language", "number"), one_of("state", ("machine", "checked", "official")))
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    language: Mapped[Language]
    number: Mapped[int]
    text: Mapped[str | None]
    """Empty where the answer in this language was taken back; null: erased with its comment."""
    state: Mapped[Code] = mapped_column(default="official")
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
