"""Placing a comment on another clause than its author did: a new row, the newest counts, the author's stays on record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import ClauseRow, Comment, Consultation, Placement, Round, RoundDocument
from consult.operations.counted import keep_counted
from consult.operations.record import Actor, record


@dataclass(frozen=True, slots=True)
class Placed:
    """`before` and `after` are clause ids, None for no clause (the whole document or the consultation itself)."""

    reference: str
    before: int | None
    after: int | None


def place_comment(
    *, reference: str, seen_clause: int | None, to: int | None, consultation: str | None = None, by: Actor, now: datetime
) -> Placed:
    """Places a comment on clause `to` of its round's documents, on its author's clause again, or (None) on no clause.

    `seen_clause` is where it stood when staff decided. Placing it where it stands changes nothing.
    Refused: comment_unknown, stale_place (another placement came between), clause_elsewhere.
    """
    with writing() as session:
        comment, slug = _locked(session, reference, consultation)
        before = _standing(session, comment)
        if before == to:
            return Placed(reference, before, to)
        if before != seen_clause:
            raise Refused(Problem("stale_place", params={"reference": reference}))
        if to is not None and to != comment.clause_id and not _in_round(session, comment.round_id, to):
            raise Refused(Problem("clause_elsewhere", {"field": "clause"}))
        session.add(Placement(comment_id=comment.id, clause_id=to, actor_kind=by.kind, actor_id=by.id, at=now))
        keep_counted(session, [comment.id])
        codes = {"before": before, "after": to}
        record(session, scope=slug, kind="comment_placed", subject=reference, by=by, now=now, codes=codes)
        return Placed(reference, before, to)


def _locked(session: Session, reference: str, consultation: str | None) -> tuple[Comment, str]:
    query = (
        select(Comment, Consultation.slug)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Comment.reference == reference)
        .with_for_update(of=Comment)
    )
    found = session.execute(query).first()
    if found is None or consultation not in (None, found.slug):
        raise Refused(Problem("comment_unknown", params={"reference": reference}))
    return found.Comment, found.slug


def _standing(session: Session, comment: Comment) -> int | None:
    """The clause of the newest placement; the author's where none was recorded."""
    newest = session.execute(
        select(Placement.clause_id).where(Placement.comment_id == comment.id).order_by(Placement.id.desc()).limit(1)
    ).first()
    return newest.clause_id if newest else comment.clause_id


def _in_round(session: Session, round_id: int, clause_id: int) -> bool:
    found = session.scalar(
        select(ClauseRow.id)
        .join(RoundDocument, RoundDocument.version_id == ClauseRow.version_id)
        .where(RoundDocument.round_id == round_id, ClauseRow.id == clause_id, ClauseRow.number.is_not(None))
    )
    return found is not None
