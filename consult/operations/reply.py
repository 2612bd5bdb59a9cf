"""Answering a comment that asks: rows per language, each change a further revision; the asker is told by mail."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import Comment, Consultation, Reply, Round
from consult.operations.record import Actor, enqueue, record

TEMPLATE = "reply"


def reply(
    *, consultation: str, reference: str, texts: Mapping[str, tuple[str, str]], seen: Mapping[str, int], by: Actor, now: datetime
) -> tuple[str, ...]:
    """Publishes an answer under a comment whose position is a question: language -> (text, state); "" takes a language back. Gives the
    languages that changed; where any did, the asker is mailed. `seen`: the revision of each language that the form showed.

    Refused: comment_unknown, not_a_question, stale_reply (nothing was overwritten).
    """
    with writing() as session:
        comment = session.scalar(
            select(Comment)
            .join(Round, Round.id == Comment.round_id)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Consultation.slug == consultation, Comment.reference == reference)
            .with_for_update(of=Comment)
        )
        if comment is None:
            raise Refused(Problem("comment_unknown", {}, {"reference": reference}))
        if comment.position != "question" or comment.state in ("withdrawn", "erased"):
            raise Refused(Problem("not_a_question"))
        newest = {row.language: row for row in session.scalars(select(Reply).where(Reply.comment_id == comment.id).order_by(Reply.number))}
        if any(newest[language].number != seen.get(language, 0) for language in texts if language in newest):
            raise Refused(Problem("stale_reply"))
        changed = []
        for language, (text, state) in texts.items():
            before = newest.get(language)
            if (before is None and not text) or (before is not None and (before.text, before.state) == (text, state)):
                continue
            number = before.number + 1 if before else 1
            session.add(
                Reply(
                    comment_id=comment.id, language=language, number=number, text=text, state=state, actor_kind=by.kind, actor_id=by.id,
                    at=now,
                )
            )  # fmt: skip
            changed.append(language)
        if changed:
            payload = {"template": TEMPLATE, "comment": reference}
            enqueue(session, kind="mail", payload=payload, now=now, submission=comment.submission_id)
            record(
                session,
                scope=consultation,
                kind="comment_answered",
                subject=reference,
                by=by,
                now=now,
                codes={"languages": sorted(changed)},
            )
        return tuple(changed)


def erase_replies(session: Session, *, comment: int) -> None:
    """Within the erasing of a comment: an answer quotes what it answers."""
    for row in session.scalars(select(Reply).where(Reply.comment_id == comment)):
        row.text = None
