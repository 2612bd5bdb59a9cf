"""That a round has closed is put on the record when it is first seen, so that a clock that is put back opens nothing again."""

from datetime import datetime

from sqlalchemy import select

from consult.extensions import writing
from consult.models import Consultation, Round
from consult.operations.record import OPERATOR, record


def close_rounds(*, now: datetime) -> int:
    """How many rounds were found closed that had not been before; each is one event."""
    with writing() as session:
        found = session.execute(
            select(Round, Consultation.slug)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Round.state == "planned", Round.closed_seen_at.is_(None), Round.closes_at <= now)
            .order_by(Round.closes_at, Round.id)
            .with_for_update(of=Round)
        ).all()
        for round_, _ in found:
            round_.closed_seen_at = now
        for round_, slug in found:
            codes = {"closed": round_.closes_at.isoformat()}
            record(session, scope=slug, kind="round_closed", subject=f"{slug}/{round_.number}", by=OPERATOR, now=now, codes=codes)
        return len(found)
