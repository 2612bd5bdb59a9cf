"""The revisions of one comment with what moderation decided on each: for its author and for the secretariat."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from consult.core.receipt import RevisionSeen
from consult.extensions import db
from consult.models import Account, Attachment, ClauseRow, ClauseText, Comment, CommentClause, CommentRevision, RevisionStep, Version


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
    """Those of a comment; five statements. Whoever asks must have shown the right to read it."""
    comment = db.session.execute(
        select(Comment.id, Comment.cleared_revision, Comment.judged_revision).where(Comment.reference == reference)
    ).first()
    if comment is None:
        return None
    steps = db.session.execute(
        select(RevisionStep, Account.name)
        .outerjoin(Account, and_(Account.id == RevisionStep.actor_id, RevisionStep.actor_kind == "account"))
        .where(RevisionStep.comment_id == comment.id)
        .order_by(RevisionStep.id)
    )
    return RevisionsSeen(
        revisions_seen([comment.id])[comment.id],
        comment.cleared_revision,
        comment.judged_revision,
        tuple(Verdict(step.revision, step.verdict, step.reason, who, step.at) for step, who in steps),
    )


def revisions_seen(comments: Collection[int]) -> Mapping[int, tuple[RevisionSeen, ...]]:
    """Comment -> its revisions, oldest first, each with what it says besides its words; three statements."""
    further, files = _further(comments), _files(comments)
    found: dict[int, list[RevisionSeen]] = defaultdict(list)
    rows = db.session.scalars(
        select(CommentRevision).where(CommentRevision.comment_id.in_(comments)).order_by(CommentRevision.comment_id, CommentRevision.number)
    )
    for row in rows:
        of = (row.comment_id, row.number)
        evidence = tuple(row.evidence.split("\n")) if row.evidence else ()
        found[row.comment_id].append(
            RevisionSeen(
                row.number, row.at, row.text, row.proposed, row.rationale, evidence, row.whole, row.position, row.type, tuple(further[of]),
                tuple(label for label, come, _ in files[row.comment_id] if come == row.number),
                tuple(label for label, _, gone in files[row.comment_id] if gone == row.number),
            )
        )  # fmt: skip
    return {comment: tuple(revisions) for comment, revisions in found.items()}


def _further(comments: Collection[int]) -> dict[tuple[int, int], list[str]]:
    """(comment, revision) -> numbers, as printed, of the further clauses that it names, in their order."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(CommentClause.comment_id, CommentClause.revision, ClauseRow.number, ClauseText.label)
        .join(ClauseRow, ClauseRow.id == CommentClause.clause_id)
        .outerjoin(Version, Version.id == ClauseRow.version_id)
        .outerjoin(
            ClauseText, (ClauseText.clause_id == ClauseRow.id) & (ClauseText.language == Version.prevails) & (ClauseText.revision == 1)
        )
        .where(CommentClause.comment_id.in_(comments))
        .order_by(CommentClause.comment_id, ClauseRow.position)
    )
    for comment, revision, number, label in rows:
        found[comment, revision].append(label or number or "")
    return found


def _files(comments: Collection[int]) -> dict[int, list[tuple[str, int, int | None]]]:
    """Comment -> label, the revision it came with, and the one that takes it away."""
    found: dict[int, list[tuple[str, int, int | None]]] = defaultdict(list)
    rows = db.session.execute(
        select(Attachment.comment_id, Attachment.label, Attachment.revision, Attachment.gone_revision)
        .where(Attachment.comment_id.in_(comments), Attachment.label.is_not(None))
        .order_by(Attachment.comment_id, Attachment.number)
    )
    for comment, label, come, gone in rows:
        if comment is not None and label is not None:
            found[comment].append((label, come, gone))
    return found
