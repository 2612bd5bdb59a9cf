"""What comments say besides their words: the words of the clause they are about, and the further clauses they apply to."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, select
from sqlalchemy.orm import aliased

from consult.core.anchor import Anchor, AnchorSeen, held_against
from consult.core.comment_details import FurtherClause
from consult.core.render import plain_text
from consult.extensions import db
from consult.models import ClauseRow, ClauseText, Comment, CommentClause, CommentRevision, Version
from consult.queries.counted import shown_number

TAB, LINE = "\t", "\n"
ANCHOR = (Comment.anchor_words, Comment.anchor_prefix, Comment.anchor_suffix, Comment.anchor_start, Comment.anchor_end)
"""Columns of which `anchor_from` makes an anchor."""


def anchor_from(row: Any) -> Anchor | None:
    """Of a row with the columns `ANCHOR`, or of a Comment."""
    if row.anchor_words is None:
        return None
    return Anchor(row.anchor_words, row.anchor_prefix, row.anchor_suffix, row.anchor_start, row.anchor_end)


def further_column() -> ColumnElement[str | None]:
    """The further clauses that a revision of a comment names, in one cell: position, number and printed number; read by `further_from`. For
    statements about Comment joined with the CommentRevision that is shown.
    """
    clause, text = aliased(ClauseRow), aliased(ClauseText)
    label = (
        select(func.min(text.label))
        .join(Version, and_(Version.id == clause.version_id, Version.prevails == text.language))
        .where(text.clause_id == clause.id)
        .correlate(clause)
        .scalar_subquery()
    )
    cell = cast(clause.position, String) + TAB + clause.number + TAB + func.coalesce(label, clause.number)
    listed = select(func.aggregate_strings(cell, LINE)).join(CommentClause, CommentClause.clause_id == clause.id)
    named = listed.where(CommentClause.comment_id == Comment.id, CommentClause.revision == CommentRevision.number)
    return named.correlate(Comment, CommentRevision).scalar_subquery()


def further_from(cell: str | None) -> tuple[FurtherClause, ...]:
    """In the order of the document."""
    rows = [line.split(TAB) for line in (cell or "").split(LINE) if line]
    return tuple(FurtherClause(number, label) for _, number, label in sorted(rows, key=lambda row: int(row[0])))


def also_on(clause: int) -> ColumnElement[bool]:
    """True for the comments that apply to a clause besides the one they stand on."""
    return (
        select(CommentClause.id)
        .where(CommentClause.comment_id == Comment.id, CommentClause.clause_id == clause, CommentClause.revision == shown_number())
        .correlate(Comment)
        .exists()
    )


def further_counts(*, round_id: int) -> dict[int, int]:
    """Clause -> how many comments of a round apply to it besides the one they stand on; never to be added to those that stand there."""
    rows = db.session.execute(
        select(CommentClause.clause_id, func.count())
        .join(Comment, Comment.id == CommentClause.comment_id)
        .where(Comment.round_id == round_id, CommentClause.revision == shown_number())
        .group_by(CommentClause.clause_id)
    )
    return {row[0]: row[1] for row in rows}


def anchors_now(references: Iterable[str]) -> dict[str, AnchorSeen]:
    """Reference -> its anchor held against the newest text of the clause in the language its author read; comments without one are left out.
    One statement; none for no references.
    """
    wanted = list(references)
    if not wanted:
        return {}
    seen, now, later = aliased(ClauseText), aliased(ClauseText), aliased(ClauseText)
    newest = (
        select(func.max(later.revision))
        .where(later.clause_id == seen.clause_id, later.language == seen.language)
        .correlate(seen)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Comment.reference, *ANCHOR, now.text)
        .join(seen, seen.id == Comment.clause_text_id)
        .join(now, and_(now.clause_id == seen.clause_id, now.language == seen.language, now.revision == newest))
        .where(Comment.reference.in_(wanted), Comment.anchor_words.is_not(None))
    )
    return {row.reference: held_against(anchor, plain_text(row.text)) for row in rows if (anchor := anchor_from(row)) is not None}
