"""The revisions of one comment with what moderation decided on each: for its author and for the secretariat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from consult.core.receipt import RevisionSeen
from consult.extensions import db
from consult.models import Account, Comment, CommentRevision, RevisionStep


@dataclass(frozen=True, slots=True)
class Verdict:
    """`who`: the name of the account."""

    revision: int
    verdict: str
    reason: str | None
    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RevisionsSeen:
    """All revisions, oldest first; `cleared` is the one that readers get while the comment is cleared."""

    revisions: tuple[RevisionSeen, ...]
    cleared: int | None
    judged: int
    verdicts: tuple[Verdict, ...]

    @property
    def newest(self) -> RevisionSeen:
        return self.revisions[-1]

    @property
    def shown(self) -> RevisionSeen | None:
        return next((each for each in self.revisions if each.number == self.cleared), None)


def revisions_of(reference: str) -> RevisionsSeen | None:
    """Those of a comment; three statements. Whoever asks must have shown the right to read it."""
    comment = db.session.execute(
        select(Comment.id, Comment.cleared_revision, Comment.judged_revision).where(Comment.reference == reference)
    ).first()
    if comment is None:
        return None
    rows = db.session.scalars(select(CommentRevision).where(CommentRevision.comment_id == comment.id).order_by(CommentRevision.number))
    steps = db.session.execute(
        select(RevisionStep, Account.name)
        .outerjoin(Account, and_(Account.id == RevisionStep.actor_id, RevisionStep.actor_kind == "account"))
        .where(RevisionStep.comment_id == comment.id)
        .order_by(RevisionStep.id)
    )
    return RevisionsSeen(
        tuple(revision_seen(row) for row in rows),
        comment.cleared_revision,
        comment.judged_revision,
        tuple(Verdict(step.revision, step.verdict, step.reason, who, step.at) for step, who in steps),
    )


def revision_seen(row: CommentRevision) -> RevisionSeen:
    evidence = tuple(row.evidence.split("\n")) if row.evidence else ()
    return RevisionSeen(row.number, row.at, row.text, row.proposed, row.rationale, evidence, row.whole)
