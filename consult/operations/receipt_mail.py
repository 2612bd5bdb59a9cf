"""The mail with the receipt, within the transaction of whatever has it sent."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from consult.core.confirmation import VALID_FOR
from consult.models import Confirmation, Submission
from consult.operations.record import enqueue


def ask_confirmation(session: Session, submission: Submission, now: datetime) -> None:
    """The receipt goes to the address with a new link and code: those of the newest such mail count."""
    key = secrets.token_urlsafe(18)
    session.add(Confirmation(submission_id=submission.id, key=key, made_at=now, expires_at=now + VALID_FOR))
    send_receipt(session, submission, now)


def send_receipt(session: Session, submission: Submission, now: datetime) -> None:
    enqueue(session, kind="mail", payload={"template": "receipt", "submission": submission.id}, submission=submission.id, now=now)
