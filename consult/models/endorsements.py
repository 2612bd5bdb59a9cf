"""Who adds a name to a published comment, with every step of moderation; and which comments repeat another."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.alike import LIKENESSES
from consult.core.vocabulary import STATES, WITHHOLD_REASONS
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of
from consult.models.comments import Comment, CommentRevision, Submission


class Endorsement(Base):
    """One party stands behind one comment. Party, receipt, confirmation and publication choice are those of its submission, which holds nothing else."""

    __tablename__ = "endorsement"
    __table_args__ = (
        UniqueConstraint("comment_id", "number"),
        one_of("state", STATES),
        one_of("nuance_reason", WITHHOLD_REASONS),
        CheckConstraint("state != 'erased' or nuance is null", name="erased"),
        Index("ix_endorsement_comment_id_person_sha256", "comment_id", "person_sha256"),
        Index("ix_endorsement_comment_id_basket_sha256", "comment_id", "basket_sha256"),
    )
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("comment_revision.id"))
    """The words that were endorsed."""
    number: Mapped[int]
    """Within its comment."""
    nuance: Mapped[str | None]
    language: Mapped[Language | None]
    """Of the nuance."""
    state: Mapped[Code] = mapped_column(default="pending", index=True)
    """The newest step's. What counts does not wait for it, what the public reads of the party and the nuance does."""
    nuance_reason: Mapped[Code | None]
    """Why the nuance alone is withheld, where the endorsement itself is cleared."""
    person_sha256: Mapped[Sha256 | None]
    """Keyed hash of the mail address: one address counts once."""
    basket_sha256: Mapped[Sha256 | None]
    """Keyed hash of the basket it was sent beside: one basket endorses once."""
    comment: Mapped[Comment] = relationship()
    submission: Mapped[Submission] = relationship()
    revision: Mapped[CommentRevision] = relationship()


class EndorsementStep(Base):
    """One move between moderation states: codes only. `reason`: of withholding, or where `after` is cleared, of leaving out the nuance."""

    __tablename__ = "endorsement_step"
    __table_args__ = (
        one_of("before", STATES),
        one_of("after", STATES),
        one_of("reason", WITHHOLD_REASONS),
        CheckConstraint("after != 'withheld' or reason is not null", name="withheld_reason"),
    )
    id: Mapped[Key]
    endorsement_id: Mapped[int] = mapped_column(ForeignKey("endorsement.id"), index=True)
    before: Mapped[Code]
    after: Mapped[Code]
    reason: Mapped[Code | None]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]


class CommentLikeness(Base):
    """Whether a comment repeats an earlier one (`head`) on the same place of its round. Found when it comes in; a row for each comment."""

    __tablename__ = "comment_likeness"
    __table_args__ = (one_of("kind", LIKENESSES), CheckConstraint("(head_id is null) = (kind is null)", name="head"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    gist_sha256: Mapped[Sha256 | None] = mapped_column(index=True)
    """Of its words without case and punctuation; goes when they are erased."""
    head_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    kind: Mapped[Code | None]
