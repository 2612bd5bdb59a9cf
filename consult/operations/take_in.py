"""Taking in what came by a form: its placed rows become one submission."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from consult.core.basket import typed_particulars
from consult.core.body import Body
from consult.core.comment_form import FormReading
from consult.core.comment_form.comment import comment_of
from consult.core.group_input import FIELDS as GROUP
from consult.core.submission import LINES, Person, SubmittedForm, group_of
from consult.core.vocabulary import CAPACITIES, CHOICES, Capacity, PublicationChoice
from consult.operations.record import Actor
from consult.operations.submit import Receipt, submit
from consult.wording.comment_form import class_of, code_in, country_of

NOT_SAID = "ZZ"
"""Country of a form that names none (ISO 3166 leaves the code to its users)."""


def take_in_form(
    reading: FormReading, *, data: bytes, consultation: str, number: int, languages: Sequence[str], body: Body, by: Actor, now: datetime
) -> Receipt | None:
    """One submission with the placed rows; None where there are none. The same file again gives the same receipt and adds nothing.

    What the form does not say is taken at its narrowest: confidential, class other. Raises Refused as `submit` does.
    """
    comments = [comment_of(row, languages[0]) for row in reading.rows if row.placed]
    if not comments:
        return None
    language = reading.made_for.language if reading.made_for and reading.made_for.language in languages else languages[0]
    form = SubmittedForm(
        key=f"form-{hashlib.sha256(f'{consultation}/{number}'.encode() + data).hexdigest()[:48]}", consultation=consultation, round=number,
        language=language, person=person_of(reading, languages, body), comments=tuple(comments), channel="form", again=True,
    )  # fmt: skip
    return submit(form=form, now=now, by=by)


def person_of(reading: FormReading, languages: Sequence[str], body: Body) -> Person:
    said = reading.particulars
    organisation = said.get("organisation")
    capacity = _capacity(said, languages) or "individual"
    choice = code_in("choice", said.get("choice", ""), CHOICES, languages) or "confidential"
    return Person(
        capacity=cast(Capacity, capacity),
        stakeholder_class=class_of(said.get("stakeholder_class", ""), body, languages) or body.classes[-1].code,
        country=country_of(said.get("country", ""), languages) or NOT_SAID,
        choice=cast(PublicationChoice, choice),
        consent_version=body.consent_version,
        name=said.get("name"),
        mail=said.get("mail"),
        organisation=organisation,
        group=group_of(said) if capacity == "facilitator" else None,
    )


def particulars_of(reading: FormReading, languages: Sequence[str], body: Body) -> dict[str, str]:
    """Fields of the person as a basket keeps them: what the form says and is understood."""
    said = reading.particulars
    found = {
        "capacity": _capacity(said, languages),
        "choice": code_in("choice", said.get("choice", ""), CHOICES, languages),
        "stakeholder_class": class_of(said.get("stakeholder_class", ""), body, languages),
        "country": country_of(said.get("country", ""), languages),
        **{name: said.get(name) for name in (*LINES, *GROUP)},
    }
    return typed_particulars({name: value for name, value in found.items() if value})


def _capacity(said: Mapping[str, str], languages: Sequence[str]) -> str | None:
    """As the form says, else as what it says besides tells; None where nothing does."""
    told = "facilitator" if any(said.get(name) for name in GROUP) else "organisation" if said.get("organisation") else None
    return code_in("capacity", said.get("capacity", ""), CAPACITIES, languages) or told
