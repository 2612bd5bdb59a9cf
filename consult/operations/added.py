"""What is made from a basket that was begun on a receipt belongs to that receipt."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.models import Basket, Confirmation, Submission


def tie_added(session: Session, basket: Basket, now: datetime) -> None:
    """Within the transaction that made a submission from the basket. A mail address that was confirmed before need not be confirmed again: whoever
    adds has shown the receipt of it.
    """
    if basket.adds_to_id is None or basket.submission_id is None:
        return
    tie(session, session.get_one(Submission, basket.submission_id), session.get_one(Submission, basket.adds_to_id), now)


def tie(session: Session, made: Submission, earlier: Submission, now: datetime) -> None:
    """The same for a submission, within the transaction that made it, and the one whose receipt was shown."""
    made.added_to_id = earlier.added_to_id or earlier.id
    if earlier.confirmation == "confirmed" and made.party.mail and made.party.mail == earlier.party.mail:
        made.confirmation = "confirmed"
        confirmation = session.scalars(select(Confirmation).where(Confirmation.submission_id == made.id)).one()
        confirmation.confirmed_at = now
