"""What ends a comment besides moderation: its author withdraws it, or a person's right has it erased. Its stub and number stay."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import Comment, Consultation, Round
from consult.operations.answers import erase_answers
from consult.operations.attachments import erase_attachments
from consult.operations.counted import keep_counted
from consult.operations.forget_received import forget_file_of_comment
from consult.operations.likeness import forget_gist
from consult.operations.moderate import move
from consult.operations.organisation_room.erase import forget_in_room
from consult.operations.record import Actor, record
from consult.operations.reply import erase_replies
from consult.operations.search_index import forget_words


def withdraw_comment(*, reference: str, by: Actor, now: datetime) -> None:
    """The author takes a comment back; staff keep its text, everybody else sees a stub. Refused: comment_unknown, move_not_allowed."""
    with writing() as session:
        comment, scope = _locked(session, reference)
        move(session, comment, to="withdrawn", act="withdraw", by=by, now=now)
        record(session, scope=scope, kind="comment_withdrawn", subject=reference, by=by, now=now)


def erase_comment(*, reference: str, by: Actor, now: datetime) -> None:
    """Destroys the words of a comment for good: every revision, and the internal notes about it. Refused: comment_unknown, move_not_allowed."""
    with writing() as session:
        comment, scope = _locked(session, reference)
        erase_within(session, comment, by=by, now=now)
        record(session, scope=scope, kind="comment_erased", subject=reference, by=by, now=now)


def erase_within(session: Session, comment: Comment, *, by: Actor, now: datetime) -> None:
    """The same inside the transaction of another operation, on a comment it has locked. The event is the caller's. Refused: move_not_allowed."""
    move(session, comment, to="erased", act="erase", by=by, now=now)
    for revision in comment.revisions:
        revision.text = revision.rationale = revision.proposed = revision.evidence = None
    for step in comment.steps:
        step.note = None
    keep_counted(session, [comment.id])
    forget_gist(session, comment.id)
    erase_attachments(session, comment.id)
    erase_replies(session, comment=comment.id)
    erase_answers(session, submission=comment.submission_id)
    forget_in_room(session, comment.id)
    forget_file_of_comment(session, comment=comment.id, now=now)
    forget_words(session)


def _locked(session: Session, reference: str) -> tuple[Comment, str]:
    found = session.execute(
        select(Comment, Consultation.slug)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Comment.reference == reference)
        .with_for_update(of=Comment)
    ).first()
    if found is None:
        raise Refused(Problem("comment_unknown", {}, {"reference": reference}))
    return found[0], found[1]
