"""Going in through a personal late link: the basket of this browser may hand in to its round, once, until the link ends."""

from datetime import datetime

from sqlalchemy import select

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import Consultation, LateBasket, LateLink, Round
from consult.operations.basket import Entered, basket_for
from consult.operations.late import key_of
from consult.queries.late_links import state_of


def enter_late(*, token: str, basket: str | None, language: str, address: str | None, now: datetime) -> Entered:
    """Starts a basket where this browser has none for the round; what waits in it already can be handed in now. `token`: of the link, `basket`:
    of the cookie. Refused: late_link_unknown, late_link_over (not confirmed, used, revoked, ended, or its round called off), too_many_attempts.
    """
    key = key_of(token)
    with writing() as session:
        found = session.execute(
            select(LateLink, Round, Consultation)
            .join(Round, Round.id == LateLink.round_id)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(LateLink.key == key)
            .with_for_update(of=LateLink)
        ).first()
        if found is None:
            raise Refused(Problem("late_link_unknown"))
        link, round_, of = found
        if state_of(link).at(now) != "valid" or (round_.state, of.state) != ("planned", "active"):
            raise Refused(Problem("late_link_over"))
        mine, opens, _ = basket_for(session, basket, round_, language, address, now)
        row = session.get(LateBasket, mine.id)
        if row is None:
            session.add(LateBasket(basket_id=mine.id, late_link_id=link.id))
        else:
            row.late_link_id = link.id
        return Entered(opens, of.slug, round_.number)
