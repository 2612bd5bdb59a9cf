"""A file that was sent as a later copy of what was handed in, beside that."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from consult.core.comment_form import FormRow
from consult.core.comment_form.copies import Said, place_key
from consult.core.comment_form.handed_in import Comparison, Standing, compared, fingerprint, said_by
from consult.core.received_file import RowState
from consult.core.revision import may_be_revised
from consult.extensions import db
from consult.models import (
    BasketComment,
    ClauseRow,
    Comment,
    CommentRevision,
    FileReading,
    ReceivedRow,
    Standard,
    Submission,
    Version,
)
from consult.queries.received_files import form_row


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A row of the file: its key, its state, and where it stands in the file."""

    id: int
    place: int
    state: RowState
    row: FormRow


@dataclass(frozen=True, slots=True)
class LaterCopy:
    """Rows of a file, the comments it is compared with, and what each row is beside them."""

    rows: tuple[CopyRow, ...]
    standing: tuple[Standing, ...]
    comparison: Comparison

    @property
    def fingerprint(self) -> str:
        """Of all that is shown: what is confirmed is what was read."""
        return fingerprint([(each.id, each.state) for each in self.rows], self.standing, self.comparison)


def later_copy(*, file: int, submission: int) -> LaterCopy:
    """The file with that key beside a submission and what was added to it; six statements."""
    found = db.session.scalars(select(ReceivedRow).where(ReceivedRow.file_id == file).order_by(ReceivedRow.place)).all()
    standing = handed_in(submission)
    rows = tuple(CopyRow(row.id, row.place, cast(RowState, row.state), form_row(row)) for row in found)
    tied = [row.comment_id if row.state == "taken" else None for row in found]
    settled = _settled(file, [each.id for each in standing], submission)
    return LaterCopy(rows, standing, compared(standing, [each.row for each in rows], tied=tied, settled=settled))


def handed_in(submission: int) -> tuple[Standing, ...]:
    """The comments of a submission and of those that were added to it, without what was erased; three statements."""
    holder = aliased(Version)
    rows = db.session.execute(
        select(Comment, Submission.reference, Submission.channel, Standard.slug, ClauseRow.number, holder.name)
        .join(Submission, Submission.id == Comment.submission_id)
        .outerjoin(Version, Version.id == Comment.version_id)
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .outerjoin(ClauseRow, ClauseRow.id == Comment.clause_id)
        .outerjoin(holder, holder.id == ClauseRow.version_id)
        .where(or_(Submission.id == submission, Submission.added_to_id == submission), Comment.state != "erased")
        .order_by(Comment.number)
    ).all()
    ids = [comment.id for comment, *_ in rows]
    revisions: Mapping[int, list[CommentRevision]] = defaultdict(list)
    for each in db.session.scalars(select(CommentRevision).where(CommentRevision.comment_id.in_(ids)).order_by(CommentRevision.number)):
        revisions[each.comment_id].append(each)
    sources = _sources(ids)
    return tuple(
        _standing(comment, revisions[comment.id], sources.get(comment.id, []), of, channel, (slug, number, name))
        for comment, of, channel, slug, number, name in rows
    )


def _standing(
    comment: Comment, revisions: Sequence[CommentRevision], sources: Sequence[FormRow], of: str, channel: str,
    place: tuple[str | None, str | None, str | None],
) -> Standing:  # fmt: skip
    standard, number, holder = place
    newest = revisions[-1]
    before = (*(_words(each) for each in reversed(revisions[:-1])), *(said_by(each) for each in sources))
    return Standing(
        comment.id, comment.reference, of, (comment.target, standard, number, holder if comment.target == "removed" else None), _words(newest),
        newest.number, newest.position, newest.type, before, (sources[0].sheet, sources[0].number_said.strip()) if sources else None,
        bool(sources) or channel == "form", not may_be_revised(comment.state),
    )  # fmt: skip


def _words(revision: CommentRevision) -> tuple[str, str, str, str]:
    return revision.text or "", revision.proposed or "", revision.rationale or "", revision.evidence or ""


def _sources(comments: Sequence[int]) -> dict[int, list[FormRow]]:
    """Comment -> the rows it stood in, of the newest file first."""
    became = func.coalesce(ReceivedRow.comment_id, BasketComment.comment_id)
    found: dict[int, list[FormRow]] = defaultdict(list)
    for row, comment in db.session.execute(
        select(ReceivedRow, became)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .where(became.in_(comments), ReceivedRow.state == "taken")
        .order_by(ReceivedRow.file_id.desc(), ReceivedRow.place)
    ):
        found[comment].append(form_row(row))
    return found


def _settled(file: int, comments: Sequence[int], submission: int) -> list[Said]:
    """Rows of earlier files of the same sender that were decided on and are none of these comments: left out, drafts, or handed in elsewhere."""
    became = func.coalesce(ReceivedRow.comment_id, BasketComment.comment_id)
    files = (
        select(ReceivedRow.file_id)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .where(became.in_(comments))
        .union(select(FileReading.file_id).where(FileReading.submission_id == submission))
    )
    rows = db.session.scalars(
        select(ReceivedRow)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .where(ReceivedRow.file_id.in_(files), ReceivedRow.file_id < file, or_(became.is_(None), became.not_in(comments)))
        .where(ReceivedRow.state.in_(["taken", "left_out"]))
        .order_by(ReceivedRow.id)
    )
    return [
        Said(place_key(each.kind, each.standard, each.number, each.baseline), said_by(each), (each.sheet, each.number_said.strip()))
        for each in map(form_row, rows)
    ]
