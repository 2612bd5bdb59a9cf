"""Which comment repeats an earlier one, found when it comes in and kept: what every page and export counts as copies."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from consult.core.alike import Candidate, Gist, gist, same
from consult.extensions import writing
from consult.models import Comment, CommentLikeness, CommentRevision
from consult.operations.counted import keep_counted

MOST_COMPARED = 300
"""Distinct texts of a place that a new one is compared with, the newest first: bounds the time of a hand-in. Identical ones are found among all."""

AT_ONCE = 200
"""Comments that were stored before, in one transaction: whoever submits meanwhile waits no longer than for these."""


def recognise(session: Session, comments: Iterable[Comment]) -> None:
    """Notes for each comment whether it repeats an earlier one, within an operation that has just stored its words."""
    for comment in sorted(comments, key=lambda each: each.number):
        said = _gist_of(comment)
        row = session.get(CommentLikeness, comment.id) or CommentLikeness(comment_id=comment.id)
        row.gist_sha256, row.head_id, row.kind = said.sha256, None, None
        if found := _repeated(session, comment, said):
            row.head_id, row.kind = found
        session.add(row)
        session.flush()


def recognise_missing() -> int:
    """The next comments that were stored before copies were recognised, oldest first; how many, 0 once all are. Run again, it goes on where it was."""
    with writing() as session:
        lacking = ~exists().where(CommentLikeness.comment_id == Comment.id)
        found = session.scalars(
            select(Comment).where(lacking).order_by(Comment.round_id, Comment.number).limit(AT_ONCE).with_for_update(of=Comment)
        ).all()
        recognise(session, found)
        for comment in found:
            if comment.state == "erased":
                forget_gist(session, comment.id)
        keep_counted(session, [comment.id for comment in found])
        return len(found)


def forget_gist(session: Session, comment: int) -> None:
    """When its words are erased, what was made of them goes as well. That it was a copy stays counted."""
    if row := session.get(CommentLikeness, comment):
        row.gist_sha256 = None


def _repeated(session: Session, comment: Comment, said: Gist) -> tuple[int, str] | None:
    identical = session.execute(
        _earlier(comment, CommentLikeness.head_id, CommentLikeness.comment_id)
        .where(CommentLikeness.gist_sha256 == said.sha256)
        .order_by(Comment.number)
        .limit(1)
    ).first()
    if identical is not None and said.says_something:
        return identical.head_id or identical.comment_id, "identical"
    heads = session.execute(
        _earlier(comment, Comment.id, CommentRevision.text, CommentRevision.proposed, CommentRevision.rationale)
        .join(CommentRevision, CommentRevision.comment_id == Comment.id)
        .where(CommentLikeness.head_id.is_(None), CommentLikeness.gist_sha256.is_not(None))
        .order_by(Comment.number.desc(), CommentRevision.number)
        .limit(MOST_COMPARED)
    ).all()
    newest: Mapping[int, Any] = {row.id: row for row in heads}
    candidates = [Candidate(row.id, gist(row.text, row.proposed, row.rationale)) for row in reversed(list(newest.values()))]
    found = same(said, candidates)
    return (found.key, found.likeness) if found else None


def _earlier(comment: Comment, *columns: Any) -> Select[Any]:
    """Earlier comments on the very place, without those that take the opposite position: the same words for and against are two opinions."""
    query = (
        select(*columns)
        .select_from(Comment)
        .join(CommentLikeness, CommentLikeness.comment_id == Comment.id)
        .where(Comment.round_id == comment.round_id, Comment.number < comment.number, Comment.target == comment.target)
        .where(Comment.version_id.is_not_distinct_from(comment.version_id), Comment.clause_id.is_not_distinct_from(comment.clause_id))
    )
    if (position := comment.revisions[-1].position) is not None:
        query = query.where((Comment.position == position) | Comment.position.is_(None))
    return query


def _gist_of(comment: Comment) -> Gist:
    newest = comment.revisions[-1]
    return gist(newest.text, newest.proposed, newest.rationale)
