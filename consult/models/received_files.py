"""Files that came in with comments in them: as they arrived, what was understood of them, and the rows with what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.received_file import MEDIA, OWNERS, READINGS, ROW_STATES
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of


class ReceivedFile(Base):
    """An arrival, once and for all. Nothing that names a person stands here."""

    __tablename__ = "received_file"
    __table_args__ = (
        one_of("owner_kind", OWNERS),
        one_of("media", MEDIA),
        Index("ix_received_file_round_id_digest", "round_id", "digest"),
        Index("ix_received_file_owner", "owner_kind", "owner_id"),
    )
    id: Mapped[Key]
    reference: Mapped[Code] = mapped_column(unique=True)
    """Such as F-7KQM-4TWX; no secret: it opens nothing by itself."""
    key: Mapped[Code] = mapped_column(unique=True)
    """Idempotency key of the form it came with."""
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    owner_kind: Mapped[Code]
    owner_id: Mapped[int]
    """Whose it is: a basket, or an account that types it in for somebody. No foreign key: baskets are deleted some day."""
    digest: Mapped[Sha256]
    """SHA-256 of the bytes, for good: the same file is recognised."""
    size: Mapped[int] = mapped_column(BigInteger)
    media: Mapped[Code]
    language: Mapped[Language]
    """Of the pages it was sent on."""
    opened_at: Mapped[datetime | None]
    """When the form it was sent with was opened; the grace of a round asks for it."""
    arrived_at: Mapped[datetime]
    """When the complete request was there; of what staff bring, when it reached them, as they say."""
    late: Mapped[bool]
    entered_at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class FileReading(Base):
    """What was understood of a file, and how far it is. `name` is what its sender called it: shown to people, never a path of ours."""

    __tablename__ = "file_reading"
    __table_args__ = (one_of("state", READINGS),)
    file_id: Mapped[int] = mapped_column(ForeignKey("received_file.id"), primary_key=True)
    name: Mapped[str | None]
    sha256: Mapped[Sha256 | None]
    """Under which the bytes lie in the storage; null once they were destroyed."""
    state: Mapped[Code]
    problems: Mapped[list[Any]]
    """Why it cannot be read: {code, where, params}."""
    particulars: Mapped[dict[str, Any]]
    """Fields of the person as the form says them, in codes where they are codes."""
    tables_left: Mapped[list[Any]]
    """[sheet, cells] of tables without a column for comments."""
    read_at: Mapped[datetime | None]
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("received_file.id"), index=True)
    """The file of the same owner that this is a later copy of."""
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    """What it was sent as a later copy of, by somebody who had shown the right to it."""
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    typed_in_as: Mapped[list[str]]
    """Of the comments it was typed in as."""
    forgotten_at: Mapped[datetime | None]
    """When its bytes were destroyed, on a person's right."""


class ReceivedRow(Base):
    """A row that says something, as it was read (`consult.core.comment_form.FormRow`), and what became of it."""

    __tablename__ = "received_row"
    __table_args__ = (one_of("state", ROW_STATES), Index("ix_received_row_file_id", "file_id", "place"))
    id: Mapped[Key]
    file_id: Mapped[int] = mapped_column(ForeignKey("received_file.id"))
    place: Mapped[int]
    """Order in the file, from 1."""
    sheet: Mapped[str]
    row: Mapped[int]
    number_said: Mapped[str]
    kind: Mapped[Code | None]
    standard: Mapped[Code | None]
    number: Mapped[Code | None]
    baseline: Mapped[Code | None]
    further: Mapped[list[str]]
    comment: Mapped[str | None]
    proposed: Mapped[str | None]
    rationale: Mapped[str | None]
    evidence: Mapped[str | None]
    position: Mapped[Code | None]
    type: Mapped[Code | None]
    element: Mapped[str | None]
    doubts: Mapped[list[str]]
    extra: Mapped[list[Any]]
    state: Mapped[Code]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("basket_comment.id"), index=True)
    """The draft it became."""
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    """What staff took it in as, or the further comment that replaces an earlier one."""
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("received_row.id"), index=True)
    """The same remark in the earlier copy."""
