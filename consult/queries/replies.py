"""Answers to comments that ask, by the reference of their comment."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import aliased

from consult.core.reply import ReplySeen
from consult.extensions import db
from consult.models import Comment, Party, Reply, Submission


@dataclass(frozen=True, slots=True)
class ReplyMail:
    """Whom to tell of an answer, in the language of the pages their comment was written on."""

    mail: str
    language: str
    submission: str
    reference: str
    replies: tuple[ReplySeen, ...]


def replies_to(references: Collection[str]) -> dict[str, tuple[ReplySeen, ...]]:
    """Reference -> the newest text in each language, those taken back left out; one statement, none for none. Whoever asks may see the comments."""
    return _gathered(db.session.execute(_newest().where(Comment.reference.in_(references)))) if references else {}


def replies_of_round(connection: Connection, round_id: int) -> dict[str, tuple[ReplySeen, ...]]:
    """The same for a whole round, in the snapshot of an export."""
    return _gathered(connection.execute(_newest().where(Comment.round_id == round_id)))


def reply_mail_of(reference: str) -> ReplyMail | None:
    """None where there is no address (any more), where it was disowned, or where the answer was taken back meanwhile."""
    row = db.session.execute(
        select(Party.mail, Submission.language, Submission.reference)
        .join(Submission, Submission.party_id == Party.id)
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Comment.reference == reference, Submission.confirmation != "disowned", Comment.state.in_(["pending", "held", "cleared"]))
    ).first()
    replies = replies_to([reference]).get(reference, ())
    if row is None or not row.mail or not replies:
        return None
    return ReplyMail(row.mail, row.language, row.reference, reference, replies)


def _newest() -> Select[*tuple[Any, ...]]:
    other = aliased(Reply)
    newest = (
        select(func.max(other.number))
        .where(other.comment_id == Reply.comment_id, other.language == Reply.language)
        .correlate(Reply)
        .scalar_subquery()
    )
    return (
        select(Comment.reference, Reply.language, Reply.text, Reply.state, Reply.at, Reply.number)
        .join(Reply, Reply.comment_id == Comment.id)
        .where(Reply.number == newest)
        .order_by(Comment.id, Reply.language)
    )


def _gathered(rows: Any) -> dict[str, tuple[ReplySeen, ...]]:
    found: dict[str, list[ReplySeen]] = defaultdict(list)
    for row in rows:
        if row.text:
            found[row.reference].append(ReplySeen(row.language, row.text, row.state, row.at, row.number))
    return {reference: tuple(replies) for reference, replies in found.items()}
