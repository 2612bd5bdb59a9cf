"""Drafts of comments on the server: a basket per round and person, and its comments."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.vocabulary import CHOICES, POSITIONS, TARGETS, TYPES
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of
from consult.models.consultations import Round
from consult.models.standards import ClauseRow, ClauseText, Version


class Basket(Base):
    """What one person prepares for one round. The token of its cookie and the resume code are the same in all her baskets.

    Both are made from `seed` with the installation's key; stored are only their hashes.
    """

    __tablename__ = "basket"
    __table_args__ = (UniqueConstraint("token_sha256", "round_id"), UniqueConstraint("code_sha256", "round_id"))
    id: Mapped[Key]
    seed: Mapped[Code]
    token_sha256: Mapped[Sha256]
    code_sha256: Mapped[Sha256]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    language: Mapped[Language]
    """Of the pages last used."""
    particulars: Mapped[dict[str, Any]]
    """Fields of the person as typed; they may be incomplete."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts every change of its comments: what is submitted is what was reviewed."""
    created_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    """The newest made from it."""
    adds_to_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    """The submission from whose receipt it was begun: what is made from it is added to that."""
    round: Mapped[Round] = relationship()


class BasketComment(Base):
    """One draft. Its key is that of the form it was begun with, so that a form sent twice is one draft, and one comment at last."""

    __tablename__ = "basket_comment"
    __table_args__ = (
        one_of("target", TARGETS),
        one_of("position", POSITIONS),
        one_of("type", TYPES),
        one_of("publication_choice", CHOICES),
        CheckConstraint("(target = 'process') = (version_id is null)", name="target_version"),
        CheckConstraint("target not in ('clause', 'removed') or clause_id is not null", name="target_clause"),
    )
    id: Mapped[Key]
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"), index=True)
    key: Mapped[Code] = mapped_column(unique=True)
    target: Mapped[Code]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    clause_text_id: Mapped[int | None] = mapped_column(ForeignKey("clause_text.id"))
    text: Mapped[str | None]
    rationale: Mapped[str | None]
    proposed: Mapped[str | None]
    type: Mapped[Code | None]
    position: Mapped[Code | None]
    language: Mapped[Language | None]
    """Chosen by its author; null where the text shall tell."""
    publication_choice: Mapped[Code | None]
    quote: Mapped[str | None]
    quote_place: Mapped[str | None]
    further: Mapped[str | None]
    evidence: Mapped[str | None]
    edited: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    """What it became."""
    basket: Mapped[Basket] = relationship()
    version: Mapped[Version | None] = relationship()
    clause: Mapped[ClauseRow | None] = relationship()
    clause_text: Mapped[ClauseText | None] = relationship()
