"""What happens to a hand-in after its receipt: the mail address confirmed, revisions judged, the publication choice narrowed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.revision import VERDICTS
from consult.core.vocabulary import CHOICES, WITHHOLD_REASONS
from consult.extensions import Base
from consult.models.columns import Code, Key, one_of


class Confirmation(Base):
    """One mail address that was given for a submission: its link and code are made from `key`. The address itself stands in the party only."""

    __tablename__ = "confirmation"
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    key: Mapped[Code] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong codes."""
    confirmed_at: Mapped[datetime | None]
    disowned_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
    """When another address was given instead, or the address was erased."""


class RevisionStep(Base):
    """A verdict of moderation on a revision of a comment that stays shown in its cleared words meanwhile."""

    __tablename__ = "revision_step"
    __table_args__ = (
        one_of("verdict", VERDICTS),
        one_of("reason", WITHHOLD_REASONS),
        CheckConstraint("(verdict = 'refused') = (reason is not null)", name="refused_reason"),
    )
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    revision: Mapped[int]
    verdict: Mapped[Code]
    reason: Mapped[Code | None]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]


class ChoiceNarrowing(Base):
    """From then on less of a submission may be published. The database refuses to widen what stands in the submission."""

    __tablename__ = "choice_narrowing"
    __table_args__ = (one_of("before", CHOICES), one_of("after", CHOICES))
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    before: Mapped[Code]
    after: Mapped[Code]
    at: Mapped[datetime]
