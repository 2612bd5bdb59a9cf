"""Mails that an act asks for beside itself: who is to be told of a corrected translation."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.models import ClauseText, Comment, Correction, Party, Submission
from consult.operations.record import enqueue

SILENT = ("withdrawn", "erased")
"""States of comments whose authors are told nothing more."""


def tell_authors(session: Session, correction: Correction, clauses: Collection[int], *, now: datetime) -> int:
    """One mail per person and correction, to those who commented on a corrected clause as it stood in that language; returns how many.

    The payload names rows only; the text is built when the mail leaves.
    """
    rows = session.execute(
        select(Party.mail, Submission.id)
        .join(Submission, Submission.party_id == Party.id)
        .join(Comment, Comment.submission_id == Submission.id)
        .join(ClauseText, ClauseText.id == Comment.clause_text_id)
        .where(ClauseText.clause_id.in_(clauses), ClauseText.language == correction.language)
        .where(Comment.state.not_in(SILENT), Party.mail.is_not(None), Submission.confirmation != "disowned")
        .order_by(Submission.id)
    )
    newest = {mail.strip().casefold(): submission for mail, submission in rows if mail and mail.strip()}
    for submission in newest.values():
        enqueue(session, kind="mail", payload={"template": "correction", "correction": correction.id, "submission": submission}, now=now)
    return len(newest)
