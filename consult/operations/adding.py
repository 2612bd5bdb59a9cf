"""Adding to what was handed in: a basket is begun from a receipt, with its particulars; what is made of it is tied to that submission."""

from dataclasses import asdict
from datetime import datetime

from consult.extensions import writing
from consult.models import Submission
from consult.operations.basket import basket_for
from consult.operations.confirm import held_submission
from consult.operations.submit import admitted
from consult.queries.group_inputs import group_of


def begin_adding(*, submission: str, token: str | None, language: str, address: str | None, now: datetime) -> tuple[str, bool]:
    """The token of the basket, and whether it was started now. What the basket holds already stays as it is.

    Refused: unknown_receipt, confirmation_disowned, round_cancelled, window_closed, too_many_attempts.
    """
    with writing() as session:
        of = held_submission(session, submission)
        admitted(of.round, of.round.consultation, None, now)
        basket, token, started = basket_for(session, token, of.round, language, address, now)
        basket.adds_to_id, basket.touched_at = of.id, now
        if not basket.particulars:
            basket.particulars = particulars_of(of)
        return token, started


def particulars_of(submission: Submission) -> dict[str, str]:
    """What a submission says about its sender, as the fields of the form."""
    party = submission.party
    given = {
        "capacity": submission.capacity, "name": party.name, "organisation": party.organisation, "mail": party.mail,
        "stakeholder_class": submission.declared_class, "country": submission.country, "choice": submission.publication_choice,
    }  # fmt: skip
    group = group_of(submission.id)
    of_group = {f"group_{name}": str(value) for name, value in asdict(group).items() if value} if group else {}
    return {name: value for name, value in given.items() if value} | of_group
