"""Files beside comments: those of a form that is being written, and those of comments as a viewer may have them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Connection, Select, or_, select

from consult.core.attachment import Audience, FileSeen, FileType, Handed, OwnFile, Scan, Stored, offered
from consult.core.visibility import Seen, Viewer
from consult.extensions import db
from consult.models import Attachment, Comment, Submission
from consult.queries.counted import shown_number


def files_of_form(key: str) -> tuple[OwnFile, ...]:
    """What came with a form, by number."""
    return tuple(own_file(row) for row in db.session.scalars(_rows().where(Attachment.form_key == key)))


def files_of_forms(keys: Collection[str]) -> dict[str, tuple[OwnFile, ...]]:
    """The same of several, those without left out; one statement."""
    found: dict[str, list[OwnFile]] = defaultdict(list)
    for row in db.session.scalars(_rows().where(Attachment.form_key.in_(keys))):
        found[row.form_key].append(own_file(row))
    return {key: tuple(files) for key, files in found.items()}


def handed(key: str) -> tuple[Handed, ...]:
    """What goes with a form, as part of what its author says."""
    return tuple(Handed(each.sha256, each.audience) for each in files_of_form(key) if each.sha256)


def own_files(comments: Collection[int]) -> dict[int, tuple[OwnFile, ...]]:
    """Comment -> its files as its author sees them, those taken away among them; one statement."""
    found: dict[int, list[OwnFile]] = defaultdict(list)
    for row in db.session.scalars(_rows().where(Attachment.comment_id.in_(comments))):
        found[cast(int, row.comment_id)].append(own_file(row))
    return {comment: tuple(files) for comment, files in found.items()}


def files_by_comment(*, viewer: Viewer, allowed: Mapping[str, Seen], newest: bool = False) -> dict[str, tuple[FileSeen, ...]]:
    """Reference -> what the viewer is told of its files; `allowed`: reference -> what they see of the comment. `newest`: those of the newest revision,
    for who decides on it. One statement.
    """
    found: dict[str, list[FileSeen]] = defaultdict(list)
    readable = [reference for reference, each in allowed.items() if each.text]
    if not readable:
        return {}
    shown = _attached(Comment.newest_revision if newest else shown_number())
    for row, reference in db.session.execute(shown.where(Comment.reference.in_(readable))):
        file = file_seen(row, viewer, allowed[reference])
        if file is not None:
            found[reference].append(file)
    return {reference: tuple(files) for reference, files in found.items()}


def files_of_round(connection: Connection, round_id: int) -> dict[str, list[Any]]:
    """Rows of all files of a round by the reference of their comment (for `file_seen`), in the snapshot of an export; one statement."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_attached(shown_number()).where(Comment.round_id == round_id)):
        found[row.reference].append(row)
    return found


def file_seen(row: Any, viewer: Viewer, comment: Seen) -> FileSeen | None:
    stored = Stored(
        row.number, row.label, cast(FileType, row.type), cast(Audience, row.audience), cast(Scan, row.scan), row.withheld is not None,
        row.stripped_sha256 is not None,
    )  # fmt: skip
    told = offered(stored, viewer, comment)
    if told is None:
        return None
    stripped = told.copy == "stripped"
    return FileSeen(
        row.number, told.label, stored.type, told.copy, told.why, (row.stripped_size or 0) if stripped else row.size,
        (row.stripped_sha256 if stripped else row.sha256) if told.copy else None, stored.audience, stored.scan, row.withheld, stored.stripped,
    )  # fmt: skip


def stored_copy(*, reference: str, number: int) -> str | None:
    """The sum of the copy without metadata, for staff who look at what would be published."""
    return db.session.scalar(
        select(Attachment.stripped_sha256)
        .join(Comment, Comment.id == Attachment.comment_id)
        .where(Comment.reference == reference, Attachment.number == number)
    )


def waiting_file(attachment: int) -> str | None:
    """The sum of a file that waits for the scanner."""
    return db.session.scalar(select(Attachment.sha256).where(Attachment.id == attachment, Attachment.scan == "pending"))


def own_file(row: Attachment) -> OwnFile:
    return OwnFile(
        row.number, row.label, cast(FileType, row.type), row.size, row.sha256, cast(Audience, row.audience), cast(Scan, row.scan),
        row.withheld, row.stripped_sha256 is not None, row.comment_id is not None, row.gone_revision,
    )  # fmt: skip


def _rows() -> Select[Attachment]:
    return select(Attachment).order_by(Attachment.form_key, Attachment.number)


def _attached(revision: Any) -> Select[*tuple[Any, ...]]:
    """Files with the reference of their comment: those that stand beside its revision of that number."""
    return (
        select(Attachment, Comment.reference)
        .join(Comment, Comment.id == Attachment.comment_id)
        .where(Attachment.revision <= revision, or_(Attachment.gone_revision.is_(None), Attachment.gone_revision > revision))
        .order_by(Comment.id, Attachment.number, Attachment.id)
    )


def own_file_stored(*, submission: str, comment: str, number: int) -> tuple[str, OwnFile] | None:
    """The sum of a file as its author sent it, whatever became of it; None where there is none (any more), or a scanner refused it."""
    row = db.session.scalar(
        _rows()
        .join(Comment, Comment.id == Attachment.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Submission.reference == submission, Comment.reference == comment, Attachment.number == number)
        .where(Attachment.scan != "refused")
    )
    return (row.sha256, own_file(row)) if row is not None and row.sha256 is not None else None
