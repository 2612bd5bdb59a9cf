"""What submissions of rooms say about their members, beside each comment; who may see it is decided with the comment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from consult.core.organisation_room import MembersTold, Minority
from consult.extensions import db
from consult.models import Comment, CommentMembers, MinorityView, SubmissionMembers

NAME, VIEW = "\x1f", "\x1e"
"""Part the views of one cell: control characters, which no stored text holds."""


def members_parts() -> tuple[ColumnElement[Any], ...]:
    """Columns of a query on comments that `members_told` is made from."""
    return (
        _stated(SubmissionMembers.statement).label("members_statement"),
        _stated(SubmissionMembers.members).label("members_count"),
        _stated(SubmissionMembers.names).label("members_names"),
        select(CommentMembers.said_by).where(CommentMembers.comment_id == Comment.id).correlate(Comment).scalar_subquery().label("said_by"),
        _views().label("minority_views"),
    )


def members_told(row: Any, *, names: bool) -> MembersTold | None:
    """Of a row with `members_parts`; None where it did not come out of a room. `names`: whether the viewer may read them."""
    views = [view.partition(NAME) for view in (row.minority_views or "").split(VIEW)[1:]]
    if row.members_statement is None and not views:
        return None
    told = MembersTold(
        row.members_statement, row.members_count, tuple(row.members_names or ()), row.said_by,
        tuple(Minority(text or None, name or None) for name, _, text in views),
    )  # fmt: skip
    if names:
        return told
    return replace(told, names=(), minority=tuple(replace(view, name=None) for view in told.minority))


def members_of(comments: Sequence[int]) -> dict[str, MembersTold]:
    """Reference of a comment -> what its own author reads; one statement."""
    rows = db.session.execute(select(Comment.reference, *members_parts()).where(Comment.id.in_(comments)))
    return {row.reference: told for row in rows if (told := members_told(row, names=True)) is not None}


def minority_views(submission: int) -> int | None:
    """How many went along with a submission; None where it came out of no room that says so. One statement."""
    count = select(func.count()).select_from(MinorityView).where(MinorityView.submission_id == submission).scalar_subquery()
    stated = select(SubmissionMembers.submission_id).where(SubmissionMembers.submission_id == submission).scalar_subquery()
    views, of_room = db.session.execute(select(count, stated)).one()
    return views if views or of_room is not None else None


def _stated(column: InstrumentedAttribute[Any]) -> Any:
    return select(column).where(SubmissionMembers.submission_id == Comment.submission_id).correlate(Comment).scalar_subquery()


def _views() -> Any:
    """Those beside the comment, and those beside its whole submission."""
    cell = VIEW + func.coalesce(MinorityView.name, "") + NAME + func.coalesce(MinorityView.text, "")
    whole = and_(MinorityView.comment_id.is_(None), MinorityView.submission_id == Comment.submission_id)
    of = or_(MinorityView.comment_id == Comment.id, whole)
    return select(func.aggregate_strings(cell, "")).where(of).correlate(Comment).scalar_subquery()
