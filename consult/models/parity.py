"""Findings between two languages that a person looked at and let stand. Rows are added; the newest of a finding counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256


class ParityAcknowledgement(Base):
    """`finding` is a fingerprint of what was found, `prevailing_sha256` and `text_sha256` of the two texts it was found in: once either changes, it is found anew."""

    __tablename__ = "parity_acknowledgement"
    __table_args__ = (Index("ix_parity_acknowledgement_version_id_language", "version_id", "language"),)
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    language: Mapped[Language]
    code: Mapped[Code]
    finding: Mapped[Sha256]
    prevailing_sha256: Mapped[Sha256]
    text_sha256: Mapped[Sha256]
    stands: Mapped[bool]
    """Whether it is let stand; false where somebody took that back."""
    reason: Mapped[str | None]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]


class ParityComparison(Base):
    """What was found between two languages of a version. `fingerprint` is that of all it was found from: both texts, those of the baseline, the
    map, the number of the rules. Whatever changes has another one, so that what is kept is never stale.
    """

    __tablename__ = "parity_comparison"
    __table_args__ = (Index("ix_parity_comparison_version_id_language", "version_id", "language"),)
    fingerprint: Mapped[Sha256] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    language: Mapped[Language]
    problems: Mapped[list[Any]]
    """`[[code, where, params], …]`."""
    made_at: Mapped[datetime]


class CorrectionRequest(Base):
    """A correction of a clause's translation that waits for a second person. The newest of a clause and language counts, while its text is the one seen."""

    __tablename__ = "correction_request"
    __table_args__ = (Index("ix_correction_request_clause_id_language", "clause_id", "language"),)
    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    language: Mapped[Language]
    title: Mapped[str]
    text: Mapped[str]
    reason: Mapped[str]
    seen_sha256: Mapped[Sha256]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
