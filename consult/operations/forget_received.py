"""Destroying what came in as a file: with a comment that is erased, and with drafts whose time is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.models import Basket, BasketComment, Comment, FileReading, ReceivedFile, ReceivedRow
from consult.operations.attachments import destroy


def forget_file_of_comment(session: Session, *, comment: int, now: datetime) -> None:
    """Within the erasing of a comment: the words of its rows go, and the file that holds them, with its name. Other rows stay as they were read."""
    rows = session.scalars(
        select(ReceivedRow)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .where(or_(ReceivedRow.comment_id == comment, BasketComment.comment_id == comment))
    ).all()
    for row in rows:
        _empty(row)
    _forget(session, {row.file_id for row in rows}, now)


def forget_files_of_baskets(session: Session, *, baskets: Sequence[int], now: datetime) -> None:
    """Before baskets are deleted: their files with all that was read in them. One that nobody could read and nobody typed in is kept until then:
    it was acknowledged.
    """
    files = session.scalars(
        select(ReceivedFile.id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(ReceivedFile.owner_kind == "basket", ReceivedFile.owner_id.in_(baskets), FileReading.state != "unreadable")
    ).all()
    for row in session.scalars(select(ReceivedRow).where(ReceivedRow.file_id.in_(files))):
        _empty(row)
        row.draft_id = None
    _forget(session, set(files), now)


def forget_files_of_person(session: Session, *, submission: int, words: bool, now: datetime) -> None:
    """Within the erasing of who handed a submission in: the files it came with hold her name. With `words` what was read in them goes too."""
    files = set(
        session.scalars(
            select(ReceivedRow.file_id)
            .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
            .join(Comment, or_(Comment.id == ReceivedRow.comment_id, Comment.id == BasketComment.comment_id))
            .where(Comment.submission_id == submission)
        )
    ) | set(
        session.scalars(
            select(ReceivedFile.id)
            .join(Basket, Basket.id == ReceivedFile.owner_id)
            .where(ReceivedFile.owner_kind == "basket", Basket.submission_id == submission)
        )
    )
    files |= set(session.scalars(select(FileReading.file_id).where(FileReading.submission_id == submission)))
    if words:
        for row in session.scalars(select(ReceivedRow).where(ReceivedRow.file_id.in_(files))):
            _empty(row)
    _forget(session, files, now)


def _empty(row: ReceivedRow) -> None:
    row.comment = row.proposed = row.rationale = row.evidence = row.element = None
    row.number_said, row.extra = "", []
    row.state = "left_out" if row.state == "waiting" else row.state


def _forget(session: Session, files: set[int], now: datetime) -> None:
    gone = []
    for reading in session.scalars(select(FileReading).where(FileReading.file_id.in_(files))):
        gone += [reading.sha256] if reading.sha256 else []
        reading.sha256 = reading.name = None
        reading.particulars, reading.forgotten_at = {}, reading.forgotten_at or now
    session.flush()
    destroy(session, gone)
