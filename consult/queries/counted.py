"""What is kept beside each comment so that counting reads one index: how each column follows from the rows it is kept from.

One definition for who keeps them (`operations.counted`) and who counts again (`consult verify`).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from consult.core.vocabulary import CHOICES
from consult.extensions import db
from consult.models import Comment, CommentLikeness, CommentRevision, DispositionRow, Placement, Submission


def newest_placement() -> ColumnElement[Any]:
    """Id of the placement that counts."""
    return select(func.max(Placement.id)).where(Placement.comment_id == Comment.id).correlate(Comment).scalar_subquery()


def shown_number() -> ColumnElement[int]:
    """Number of the revision that readers get (`core.revision.shown_revision`): of a cleared comment the cleared one, whatever its author sent since."""
    cleared = and_(Comment.state == "cleared", Comment.cleared_revision.is_not(None))
    return case((cleared, Comment.cleared_revision), else_=Comment.newest_revision)


def counted_columns() -> dict[str, ColumnElement[Any]]:
    """Column of Comment -> what it must be. A placement may also place a comment on no clause."""
    placed = select(Placement.clause_id).where(Placement.id == newest_placement()).scalar_subquery()
    is_placed = exists().where(Placement.comment_id == Comment.id)
    of_submission = select(Submission.publication_choice).where(Submission.id == Comment.submission_id).correlate(Comment).scalar_subquery()
    rank = {code: index for index, code in enumerate(CHOICES)}
    narrowed = case(rank, value=Comment.publication_choice, else_=-1) > case(rank, value=of_submission)
    said = exists().where(
        CommentRevision.comment_id == Comment.id,
        CommentRevision.number == shown_number(),
        func.coalesce(CommentRevision.proposed, "") != "",
    )
    copy = exists().where(CommentLikeness.comment_id == Comment.id, CommentLikeness.head_id.is_not(None))
    return {
        "placed_clause_id": case((is_placed, placed), else_=Comment.clause_id),
        "counted_choice": case((narrowed, Comment.publication_choice), else_=of_submission),
        "declared_class": select(Submission.declared_class)
        .where(Submission.id == Comment.submission_id)
        .correlate(Comment)
        .scalar_subquery(),
        "proposes": case((said, True), else_=False),
        "repeats": case((copy, True), else_=False),
        "position": _of_shown(CommentRevision.position),
        "type": _of_shown(CommentRevision.type),
    }


def _of_shown(column: Any) -> ColumnElement[Any]:
    """What the revision that readers get says."""
    return (
        select(column)
        .where(CommentRevision.comment_id == Comment.id, CommentRevision.number == shown_number())
        .correlate(Comment)
        .scalar_subquery()
    )


def newest_disposition() -> ColumnElement[str | None]:
    """What the newest decision on a comment says; null where there is none. `operations.decide` keeps it beside the comment."""
    return (
        select(DispositionRow.disposition)
        .where(DispositionRow.comment_id == Comment.id)
        .order_by(DispositionRow.number.desc())
        .limit(1)
        .correlate(Comment)
        .scalar_subquery()
    )


def miscounted() -> tuple[str, ...]:
    """References of comments beside which something else is kept than a recount gives, in order; none where all is well. One statement."""
    kept = counted_columns() | {"disposition": newest_disposition()}
    differs = [getattr(Comment, name).is_distinct_from(value) for name, value in kept.items()]
    return tuple(db.session.scalars(select(Comment.reference).where(or_(*differs)).order_by(Comment.id)))
