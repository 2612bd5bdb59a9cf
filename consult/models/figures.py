"""Figures of versions and of drafts in the office; their bytes lie in the storage."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, Sha256


class FigureRow(Base):
    """A figure of a published version, or of a draft that is being prepared: one of the two. `path` as its text writes it."""

    __tablename__ = "figure"
    __table_args__ = (
        UniqueConstraint("version_id", "path"),
        UniqueConstraint("draft_id", "path"),
        CheckConstraint("(version_id is null) != (draft_id is null)", name="owner"),
    )
    id: Mapped[Key]
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("office_draft.id"))
    path: Mapped[str]
    sha256: Mapped[Sha256]
    media_type: Mapped[Code]
    size: Mapped[int] = mapped_column(BigInteger)
