"""Taking in what came by a form: its placed rows become one submission."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from consult.core.basket import POSITIONED, Draft, typed_particulars
from consult.core.body import Body
from consult.core.comment_details import APPLIES_FURTHER, MOST_LINKS, Ground, read_details
from consult.core.comment_form import FormReading, FormRow
from consult.core.language_guess import guess_language
from consult.core.submission import LINES, CommentTarget, NewComment, Person, SubmittedForm
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
    """A placed row as a comment, in the language its words are in."""
    target, draft = draft_of_row(row)
    words = "\n".join(part for part in (row.comment, row.proposed, row.rationale) if part)
    evidence = tuple((draft.evidence or "").splitlines())
    return NewComment(
        target, draft.text, guess_language(words, language).tag, draft.proposed, draft.rationale, draft.type, draft.position,
        further=row.further if draft.further else (), evidence=evidence,
    )  # fmt: skip


def draft_of_row(row: FormRow) -> tuple[CommentTarget, Draft]:
    """What a placed row speaks of, and what it says. The part of the clause it names stands in front of its words, as it does in the table;
    of a row that names several clauses the others are its further ones. What is given as evidence and is no link goes to the reasons.
    """
    kind = cast(Target, row.kind or "process")
    place = {"process": (None, None), "document": (row.standard, None)}.get(kind, (row.standard, row.number))
    text = ": ".join(part for part in (row.element, row.comment) if part) if row.comment else ""
    links, others = links_among(row.evidence)
    rationale = "\n".join(part for part in (row.rationale, *others) if part)
    draft = Draft(
        text or None, rationale or None, row.proposed or None, cast("CommentType | None", row.type),
        cast("Position | None", row.position) if kind in POSITIONED else None,
        further=", ".join(row.further) if kind in APPLIES_FURTHER and row.further else None, evidence="\n".join(links) or None,
    )  # fmt: skip
    if kind == "process" and draft.proposed:  # nothing there can be reworded
        draft = replace(draft, text="\n\n".join(part for part in (draft.text, draft.proposed) if part), proposed=None)
    return CommentTarget(kind, *place, row.baseline), draft


def links_among(said: str) -> tuple[list[str], list[str]]:
    """Lines that are links, as many as a comment may have, and the others."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    links = [line for line in lines if not read_details({"evidence": line}, Ground())[1]][:MOST_LINKS]
    return list(dict.fromkeys(links)), [line for line in lines if line not in links]


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


def particulars_of(reading: FormReading, languages: Sequence[str], body: Body) -> dict[str, str]:
    """Fields of the person as a basket keeps them: what the form says and is understood."""
    said = reading.particulars
    found = {
        "capacity": code_in("capacity", said.get("capacity", ""), CAPACITIES, languages),
        "choice": code_in("choice", said.get("choice", ""), CHOICES, languages),
        "stakeholder_class": class_of(said.get("stakeholder_class", ""), body, languages),
        "country": country_of(said.get("country", ""), languages),
        **{name: said.get(name) for name in LINES},
    }
    if found["organisation"] and not found["capacity"]:
        found["capacity"] = "organisation"
    return typed_particulars({name: value for name, value in found.items() if value})
