"""Taking in what came by a form: its placed rows become one submission."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from consult.core.body import Body
from consult.core.comment_form import FormReading, FormRow
from consult.core.language_guess import guess_language
from consult.core.submission import CommentTarget, NewComment, Person, SubmittedForm
from consult.core.vocabulary import CAPACITIES, CHOICES, Capacity, CommentType, Position, PublicationChoice, Target
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


def comment_of(row: FormRow, language: str) -> NewComment:
    """A row as a comment. The part of the clause it names stands in front of its words, as it does in the table; of a row that names several
    clauses all of them, since it stands at the first.
    """
    kind = cast(Target, row.kind or "process")
    place = {"process": (None, None), "document": (row.standard, None)}.get(kind, (row.standard, row.number))
    target = CommentTarget(kind, *place, row.baseline)
    named = "; ".join(part for part in (row.number_said if row.further else "", row.element) if part)
    text = ": ".join(part for part in (named, row.comment) if part) if row.comment or row.further else ""
    words = "\n".join(part for part in (row.comment, row.proposed, row.rationale) if part)
    rationale = "\n".join(part for part in (row.rationale, row.evidence) if part)
    return NewComment(
        target, text or None, guess_language(words, language).tag, row.proposed or None, rationale or None,
        cast("CommentType | None", row.type), cast("Position | None", row.position),
    )  # fmt: skip


def person_of(reading: FormReading, languages: Sequence[str], body: Body) -> Person:
    said = reading.particulars
    organisation = said.get("organisation")
    capacity = code_in("capacity", said.get("capacity", ""), CAPACITIES, languages) or ("organisation" if organisation else "individual")
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
    )
