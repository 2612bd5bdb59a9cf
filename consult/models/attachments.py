"""Files that participants put beside a comment: where their bytes lie, what is known of them, who may have them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.attachment import AUDIENCES, SCANS, TYPES
from consult.core.vocabulary import WITHHOLD_REASONS
from consult.extensions import Base
from consult.models.columns import Code, Key, Sha256, one_of


class Attachment(Base):
    """One file of one form. It is stored when it arrives, under the key of its form; `comment_id` says what that form became.

    The upload's own name is a label, never a path. Erasing the comment leaves the row with neither label nor sums; a removed file has no row.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("form_key", "number"),
        one_of("type", TYPES),
        one_of("audience", AUDIENCES),
        one_of("scan", SCANS),
        one_of("withheld", WITHHOLD_REASONS),
        CheckConstraint("(label is null) = (sha256 is null)", name="erased_whole"),
    )
    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    form_key: Mapped[Code]
    number: Mapped[int]
    """Within its form, counted from 1."""
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Of its comment, with which it came."""
    gone_revision: Mapped[int | None]
    """The revision that leaves it out: from then on it is not shown any more. Its bytes stay until the comment is erased."""
    label: Mapped[str | None]
    type: Mapped[Code]
    size: Mapped[int]
    sha256: Mapped[Sha256 | None] = mapped_column(index=True)
    stripped_sha256: Mapped[Sha256 | None] = mapped_column(index=True)
    """Of the copy without metadata; null where there is none."""
    stripped_size: Mapped[int | None]
    audience: Mapped[Code] = mapped_column(default="public")
    scan: Mapped[Code] = mapped_column(default="not_scanned")
    scanned_at: Mapped[datetime | None]
    withheld: Mapped[Code | None]
    """The reason for which staff keep this file alone from the public and the committee; null: they do not."""
    stored_at: Mapped[datetime]
