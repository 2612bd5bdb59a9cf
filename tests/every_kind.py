"""A comment in every moderation state and with every publication choice, each holding words that are found nowhere else: for leak tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from sqlalchemy import select

from consult.core.vocabulary import CHOICES, STATES, ModerationState, PublicationChoice
from consult.extensions import writing
from consult.models import Comment
from consult.operations.moderate import move
from consult.operations.record import OPERATOR
from tests import factories
from tests.factories import NOW

WITHHELD_FOR = "third_party_data"
TEXTS = ("text", "rationale", "proposed")
PARTS = (*TEXTS, "name", "organisation", "mail", "note")


@dataclass(frozen=True)
class Kept:
    """One comment: its state, the choice that counts, and its secret words by part."""

    reference: str
    state: ModerationState
    choice: PublicationChoice
    secrets: dict[str, str]


def every_kind() -> list[Kept]:
    """42 comments on 5.2 in round 1 (which must exist): each state with each choice, made for the submission or narrowed for the comment."""
    return [_kept(number, state, *choices) for number, (state, choices) in enumerate(product(STATES, _choices()))]


def every_kind_in_a_round() -> list[Kept]:
    """The same, with the round."""
    factories.round_of()
    return every_kind()


def allowed(viewer: str, kept: Kept) -> set[str]:
    """The parts that the viewer may find, written down from the table of the design, not from the code."""
    if kept.state == "erased":
        return set()
    if viewer == "secretariat":
        return {*TEXTS, "name", "organisation", "mail"}
    if kept.state != "cleared" or (viewer == "public" and kept.choice == "confidential"):
        return set()
    identity = {"named": {"name", "organisation"}, "organisation": {"organisation"}}
    return {*TEXTS, *identity.get(kept.choice, set())}


def leaks(viewer: str, everything: list[Kept], found: str) -> list[tuple[str, str, str, str]]:
    """(reference, state, choice, part) of all that stands in `found` and must not, and of all that is missing from it."""
    return [
        (each.reference, each.state, each.choice, part)
        for each in everything
        for part, secret in each.secrets.items()
        if (secret in found) != (part in allowed(viewer, each))
    ]


def _choices() -> Iterator[tuple[PublicationChoice, PublicationChoice | None]]:
    yield from ((choice, None) for choice in CHOICES)
    yield from (("named", choice) for choice in CHOICES[1:])


def _kept(number: int, state: ModerationState, choice: PublicationChoice, narrowed: PublicationChoice | None) -> Kept:
    secrets = {part: f"{part}-of-{number:03}-kept" for part in PARTS} | {"mail": f"mail-{number:03}@kept.example"}
    person = factories.person(name=secrets["name"], organisation=secrets["organisation"], mail=secrets["mail"], choice=choice)
    said = {part: secrets[part] for part in TEXTS}
    receipt = factories.comment("5.2", person=person, choice=narrowed, position="oppose", now=NOW + timedelta(seconds=number), **said)
    with writing() as session:
        comment = session.scalars(select(Comment).where(Comment.reference == receipt.comments[0])).one()
        if state != "pending":
            act = state if state in ("withdrawn", "erased") else "moderate"
            act = {"withdrawn": "withdraw", "erased": "erase"}.get(act, act)
            reason = WITHHELD_FOR if state == "withheld" else None
            move(session, comment, to=state, act=act, reason=reason, note=secrets["note"], by=OPERATOR, now=NOW)  # type: ignore[arg-type]
    return Kept(receipt.comments[0], state, narrowed or choice, secrets)
