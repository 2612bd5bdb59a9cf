"""A row of a form as the comment it becomes."""

from dataclasses import replace
from typing import cast

from consult.core.basket import POSITIONED, Draft
from consult.core.comment_details import APPLIES_FURTHER, MOST_LINKS, Ground, read_details
from consult.core.comment_form.read import FormRow
from consult.core.language_guess import guess_language
from consult.core.submission import CommentTarget, NewComment
from consult.core.vocabulary import CommentType, Position, Target


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
