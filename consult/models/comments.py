"""What was handed in: submissions with their party, comments with revisions and placements, and every step of moderation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.disposition import DISPOSITIONS
from consult.core.vocabulary import CAPACITIES, CHANNELS, CHOICES, CONFIRMATIONS, POSITIONS, STATES, TARGETS, WITHHOLD_REASONS
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of
from consult.models.consultations import Round
from consult.models.standards import ClauseRow, ClauseText, Version


class Party(Base):
    """Who handed something in: the only rows that hold a person's identity."""

    __tablename__ = "party"
    id: Mapped[Key]
    name: Mapped[str | None]
    mail: Mapped[str | None]
    organisation: Mapped[str | None]
    """As written."""


class Submission(Base):
    """One hand-in. It counts from its receipt; everything but the confirmation is frozen then."""

    __tablename__ = "submission"
    __table_args__ = (
        one_of("channel", CHANNELS),
        one_of("confirmation", CONFIRMATIONS),
        one_of("capacity", CAPACITIES),
        one_of("publication_choice", CHOICES),
        Index("ix_submission_round_id_content_sha256", "round_id", "content_sha256"),
        Index("ix_submission_round_id_received_at", "round_id", "received_at"),
    )
    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    reference: Mapped[Code] = mapped_column(unique=True)
    secret_sha256: Mapped[Sha256]
    """Of the receipt's secret code, which is shown once and mailed."""
    key: Mapped[Code] = mapped_column(unique=True)
    """Idempotency key of the form it came with."""
    content_sha256: Mapped[Sha256]
    channel: Mapped[Code]
    language: Mapped[Language]
    """Of the pages it was written on: its mails speak it."""
    received_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    confirmation: Mapped[Code]
    capacity: Mapped[Code]
    declared_class: Mapped[Code]
    country: Mapped[str] = mapped_column(String(2))
    publication_choice: Mapped[Code]
    consent_version: Mapped[Code]
    secret_turn: Mapped[int] = mapped_column(default=0, server_default="0")
    """Counts the secret codes that took the place of earlier ones: a new mail address gets a new code."""
    added_to_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    """The earlier submission of the same sender, from whose receipt this one was begun."""
    party: Mapped[Party] = relationship()
    round: Mapped[Round] = relationship()
    comments: Mapped[list["Comment"]] = relationship(back_populates="submission", order_by="Comment.number")


class Comment(Base):
    """One comment on one target. `clause` is the clause commented, the one after which a new clause is proposed, or the removed one."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        one_of("target", TARGETS),
        one_of("state", STATES),
        one_of("position", POSITIONS),
        one_of("publication_choice", CHOICES),
        one_of("disposition", DISPOSITIONS),
        CheckConstraint("(target = 'process') = (version_id is null)", name="target_version"),
        CheckConstraint("target not in ('clause', 'removed') or clause_id is not null", name="target_clause"),
        Index("ix_comment_round_id_state", "round_id", "state", "number"),
        Index(
            "ix_comment_counted",
            "round_id",
            "target",
            "version_id",
            "placed_clause_id",
            "state",
            "counted_choice",
            "declared_class",
            "position",
            "language",
            "proposes",
            "repeats",
        ),
    )
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    reference: Mapped[Code] = mapped_column(unique=True)
    """Such as PS3-2-0041: citable for ever."""
    target: Mapped[Code]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    clause_text_id: Mapped[int | None] = mapped_column(ForeignKey("clause_text.id"))
    """The very text its author saw."""
    type: Mapped[Code | None]
    position: Mapped[Code | None]
    """Both as the revision says that readers get, kept beside it for counting."""
    language: Mapped[Language]
    """Of the text: guessed, shown, correctable; any language."""
    publication_choice: Mapped[Code | None]
    """Narrower than the submission's, or null."""
    anchor_words: Mapped[str | None]
    """The words of the clause text it is about, with what stood around them and where (`core.anchor`)."""
    anchor_prefix: Mapped[str | None]
    anchor_suffix: Mapped[str | None]
    anchor_start: Mapped[int | None]
    anchor_end: Mapped[int | None]
    state: Mapped[Code] = mapped_column(default="pending")
    """The newest moderation step's, kept beside it for counting."""
    newest_revision: Mapped[int] = mapped_column(default=1, server_default="1")
    judged_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    """The newest that moderation has decided on."""
    cleared_revision: Mapped[int | None]
    """What readers get while the comment is cleared (`core.revision.shown_revision`)."""
    placed_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    """Where it counts: the newest placement's clause. This and the next four are kept beside it (`operations.counted`), so that every count
    is read from one index; `consult verify` counts again.
    """
    counted_choice: Mapped[Code | None]
    """The narrower of its own choice and its submission's."""
    declared_class: Mapped[Code | None]
    """Its submission's."""
    proposes: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The revision that readers get proposes wording."""
    repeats: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It says what an earlier one says (`CommentLikeness`)."""
    disposition: Mapped[Code | None]
    """What became of it by the newest decision, kept beside it for counting."""
    submission: Mapped[Submission] = relationship(back_populates="comments")
    round: Mapped[Round] = relationship()
    version: Mapped[Version | None] = relationship()
    clause: Mapped[ClauseRow | None] = relationship(foreign_keys=[clause_id])
    clause_text: Mapped[ClauseText | None] = relationship()
    revisions: Mapped[list["CommentRevision"]] = relationship(order_by="CommentRevision.number")
    steps: Mapped[list["ModerationStep"]] = relationship(order_by="ModerationStep.id")
    placements: Mapped[list["Placement"]] = relationship(order_by="Placement.id")
    further: Mapped[list["CommentClause"]] = relationship(order_by="CommentClause.id")


class CommentRevision(Base):
    """The words as sent. Texts may be erased, never changed: the database refuses anything else."""

    __tablename__ = "comment_revision"
    __table_args__ = (UniqueConstraint("comment_id", "number"), one_of("position", POSITIONS))
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    number: Mapped[int] = mapped_column(default=1)
    text: Mapped[str | None]
    rationale: Mapped[str | None]
    proposed: Mapped[str | None]
    evidence: Mapped[str | None]
    """Links, one a line."""
    whole: Mapped[bool] = mapped_column(default=False)
    """The proposed wording is the whole clause text, edited: to be drawn against it."""
    position: Mapped[Code | None]
    type: Mapped[Code | None]
    at: Mapped[datetime]


class CommentClause(Base):
    """A further clause of the document under consultation that a revision of a comment also applies to; each revision names all of its own.
    The comment counts where it stands, not here.
    """

    __tablename__ = "comment_clause"
    __table_args__ = (UniqueConstraint("comment_id", "revision", "clause_id"),)
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Number of that revision."""


class Placement(Base):
    """Where a comment stands for counting: the first is its author's, staff may add a later one; the newest counts."""

    __tablename__ = "placement"
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"), index=True)
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]


class ModerationStep(Base):
    """One move between moderation states. `reason` is its published category, `note` is for staff only."""

    __tablename__ = "moderation_step"
    __table_args__ = (
        one_of("before", STATES),
        one_of("after", STATES),
        one_of("reason", WITHHOLD_REASONS),
        CheckConstraint("after != 'withheld' or reason is not null", name="withheld_reason"),
    )
    id: Mapped[Key]
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    before: Mapped[Code]
    after: Mapped[Code]
    reason: Mapped[Code | None]
    note: Mapped[str | None]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
