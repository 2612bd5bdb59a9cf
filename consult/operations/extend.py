"""More time for a round: its closing moves to a later instant; both are on the record, whoever follows the round
is told, and so are the members of its rooms."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consult.core.problem import Problem, Refused
from consult.core.window import instant
from consult.extensions import writing
from consult.models import Consultation, Round
from consult.operations.organisation_room.extended import tell_rooms
from consult.operations.record import Actor, record


def extend_round(*, consultation: str, number: int, closes: datetime, by: Actor, now: datetime) -> None:
    """Moves the closing to the wall time `closes` in the zone of the round.

    Refused: round_unknown, round_called_off, round_closed (what has closed stays closed), closing_not_later, round_overlaps.
    """
    where: dict[str, str | int] = {"row": number}
    with writing() as session:
        row = session.execute(
            select(Round, Consultation.state)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Consultation.slug == consultation, Round.number == number)
            .with_for_update(of=Round)
        ).first()
        if row is None:
            raise Refused(Problem("round_unknown", where, {"consultation": consultation, "round": number}))
        held: Round = row.Round
        if (held.state, row.state) != ("planned", "active"):
            raise Refused(Problem("round_called_off", where))
        if held.window.phase(now) == "closed":
            raise Refused(Problem("round_closed", where))
        later = instant(closes, held.zone)
        if later <= held.closes_at:
            local = held.closes_at.astimezone(ZoneInfo(held.zone))
            raise Refused(Problem("closing_not_later", where, {"closes": f"{local:%Y-%m-%d %H:%M}", "zone": held.zone}))
        following = select(Round.number).where(Round.consultation_id == held.consultation_id, Round.number > number, Round.opens_at < later)
        if (next_one := session.scalar(following.limit(1))) is not None:
            raise Refused(Problem("round_overlaps", {"row": next_one}))
        codes = {"closed": held.closes_at.isoformat(), "closes": later.isoformat()}
        before, held.closes_at, held.closes_local = held.closes_at, later, closes.isoformat(timespec="seconds")
        tell_rooms(session, of=held, before=before, now=now)
        record(session, scope=consultation, kind="round_extended", subject=f"{consultation}/{number}", by=by, now=now, codes=codes)
