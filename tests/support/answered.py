"""A round that has closed, with decisions on its comments that nobody may read before they are published."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.core.disposition import NewDecision
from consult.operations.decide import decide
from consult.operations.moderate import move_comment
from consult.operations.publish_responses import publish_responses
from consult.operations.record import OPERATOR
from consult.operations.submit import Receipt
from tests import factories
from tests.factories import CONSULTATION, NOW

CLOSED = NOW + timedelta(days=9)
"""A day after closing."""
NO = NewDecision("not_accepted", {"en": "Four years stay: kept-en.", "fr": "Quatre ans restent : gardé-fr."})
TO_ONE = NewDecision("partially_accepted", {"fr": "En partie : gardé-seul."})
SECRETS = ("kept-en", "gardé-fr", "gardé-seul")
"""In every reason, and nowhere else."""


@dataclass(frozen=True)
class Decided:
    """Three cleared comments, decided: on 5.2 one in public, one that repeats it; on 5.3 one that is confidential."""

    public: Receipt
    copy: Receipt
    confidential: Receipt

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(each.comments[0] for each in (self.public, self.copy, self.confidential))


def clear(reference: str, now: datetime = NOW) -> None:
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=now)


def on(new: NewDecision, *references: str, seen: int = 0, now: datetime = CLOSED) -> None:
    decide(consultation=CONSULTATION, round_number=1, new=new, seen=dict.fromkeys(references, seen), by=OPERATOR, now=now)


def received_round() -> Decided:
    """The comments, cleared and undecided."""
    factories.round_of()
    said = (
        factories.comment("5.2", text="Four years are too long for small sites.", position="oppose"),
        factories.comment(
            "5.2", text="Too long, all in all.", person=factories.person(mail="ben@example.org", stakeholder_class="civil_society")
        ),
        factories.comment(
            "5.3",
            text="Onze tonnes ne suffisent pas.",
            language="fr",
            person=factories.person(mail="chloe@example.org", choice="confidential"),
        ),
    )
    for each in said:
        clear(each.comments[0])
    return Decided(*said)


def decided_round() -> Decided:
    found = received_round()
    one, two, three = found.references
    on(NO, one)
    on(NewDecision("duplicate", duplicate_of=one), two)
    on(TO_ONE, three)
    return found


def published(now: datetime = CLOSED) -> datetime:
    return publish_responses(consultation=CONSULTATION, round_number=1, by=OPERATOR, now=now)


def published_round() -> Decided:
    found = decided_round()
    published()
    return found
