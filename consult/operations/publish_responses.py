"""Publishing the response of a round: from then on everybody sees what became of each comment, and whoever commented is told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import Comment, Consultation, Outbox, Party, Round, Submission
from consult.operations.record import Actor, record

TEMPLATE = "responses"
WAITING = ("pending", "held")


def publish_responses(*, consultation: str, round_number: int, by: Actor, now: datetime) -> datetime:
    """Publishes the response of a round for good and gives when that was; once more changes nothing and tells nobody again. Statements do not grow
    with the number of comments.

    Refused: unknown_round; round_not_closed; comments_wait (count) and comments_undecided (count): every comment that is read has exactly one
    final disposition before the response comes out (reliability 21).
    """
    with writing() as session:
        round_ = session.scalar(
            select(Round)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Consultation.slug == consultation, Round.number == round_number)
            .with_for_update(of=Round)
        )
        if round_ is None:
            raise Refused(Problem("unknown_round"))
        if round_.report_at is not None:
            return round_.report_at
        if round_.window.phase(now) != "closed":
            raise Refused(Problem("round_not_closed"))
        waiting = _count(session, round_, Comment.state.in_(WAITING))
        undecided = _count(session, round_, Comment.state == "cleared", Comment.disposition.is_(None))
        if problems := [
            Problem(code, params={"count": count})
            for code, count in (("comments_wait", waiting), ("comments_undecided", undecided))
            if count
        ]:
            raise Refused(*problems)
        round_.report_at = now
        told = _authors(session, round_)
        rows = [
            {
                "kind": "mail", "payload": {"template": TEMPLATE, "submission": each}, "created_at": now, "due_at": now, "attempts": 0,
                "submission_id": each,
            }
            for each in told
        ]  # fmt: skip
        if rows:
            session.execute(insert(Outbox), rows)
        record(
            session, scope=consultation, kind="responses_published", subject=f"{consultation}/{round_number}", by=by, now=now,
            codes={"dispositions": _dispositions(session, round_), "mails": len(told)},
        )  # fmt: skip
        return now


def _count(session: Session, round_: Round, *which: object) -> int:
    return session.scalar(select(func.count()).select_from(Comment).where(Comment.round_id == round_.id, *which)) or 0  # type: ignore[arg-type]


def _authors(session: Session, round_: Round) -> Sequence[int]:
    """Submissions with a comment that was answered, from people with an address that is not said to be another's."""
    return session.scalars(
        select(Submission.id)
        .join(Party, Party.id == Submission.party_id)
        .where(
            Submission.id.in_(select(Comment.submission_id).where(Comment.round_id == round_.id, Comment.state == "cleared")),
            func.coalesce(Party.mail, "") != "", Submission.confirmation != "disowned",
        )
        .order_by(Submission.id)
    ).all()  # fmt: skip


def _dispositions(session: Session, round_: Round) -> dict[str, int]:
    rows = session.execute(
        select(Comment.disposition, func.count())
        .where(Comment.round_id == round_.id, Comment.state == "cleared")
        .group_by(Comment.disposition)
        .order_by(Comment.disposition)
    )
    return {disposition or "": count for disposition, count in rows}
