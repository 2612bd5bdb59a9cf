"""A draft of a comment: what was typed so far, kept without judging; what it lacks is told, and what is complete becomes a comment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from consult.core.change import Spans
from consult.core.comment_details import DETAILS, Ground, edit_of, read_details, with_edit
from consult.core.diff import diff
from consult.core.group_input import FIELDS as GROUP
from consult.core.group_input import TEXTS
from consult.core.language_guess import guess_language
from consult.core.limits import Limit
from consult.core.problem import Problem
from consult.core.submission import (
    LINES,
    WORDS,
    CommentTarget,
    NewComment,
    character_problems,
    is_language_tag,
    typed_words,
    unfolded,
    words_problems,
)
from consult.core.vocabulary import CHOICES, POSITIONS, TYPES, CommentType, Position, PublicationChoice, Target

START = Limit(300, timedelta(hours=1))
"""Baskets begun in one network: thirty people behind one address are far below it, a machine that fills the database is not."""
RESUME = Limit(30, timedelta(minutes=15))
"""Wrong resume codes from one network; a code has 78 bits, so that guessing would take ages anyway."""
MOST = 500
"""Drafts in one basket."""
PARTICULARS = ("capacity", *LINES, "stakeholder_class", "country", "choice", *GROUP)
"""Fields of the person, and of the group whose input she brings, that a basket keeps between its visits. The consent is given anew with every
submission.
"""
POSITIONED: tuple[Target, ...] = ("clause", "removed", "document")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form said, complete or not. `language` is None where the text shall tell; `choice` narrows that of the submission.

    The details stand as typed: `quote` are the words of the clause it is about, `quote_place` tells which of several equal ones is meant
    (see `core.anchor.placed`), `edited` is the clause text as changed.
    """

    text: str | None = None
    rationale: str | None = None
    proposed: str | None = None
    type: CommentType | None = None
    position: Position | None = None
    language: str | None = None
    choice: PublicationChoice | None = None
    quote: str | None = None
    quote_place: str | None = None
    further: str | None = None
    evidence: str | None = None
    edited: str | None = None

    def tongue(self, pages: str, proposed: str | None = None) -> str:
        """The language it is written in: as chosen, else as its words tell. `pages`: the one its author reads; `proposed`: the wording that counts
        where the clause text was edited.
        """
        written = "\n".join(part for part in (self.text, proposed or self.proposed, self.rationale) if part)
        return self.language or guess_language(written, pages).tag

    @property
    def fields(self) -> dict[str, str]:
        """As the form of it is filled in."""
        own = {"type": self.type, "position": self.position, "comment_language": self.language, "comment_choice": self.choice}
        return {name: value or "" for name, value in {**{each: getattr(self, each) for each in (*WORDS, *DETAILS)}, **own}.items()}


def draft_from(fields: Mapping[str, str], kind: Target) -> Draft:
    """What a sent form said. A choice outside its list is none."""
    said = typed_words(fields, proposes=kind != "process")
    language = fields.get("comment_language", "")
    return Draft(
        said["text"], said["rationale"], said["proposed"],
        cast("CommentType | None", _one_of(fields.get("type"), TYPES)),
        cast("Position | None", _one_of(fields.get("position"), POSITIONS) if kind in POSITIONED else None),
        language if is_language_tag(language) else None,
        cast("PublicationChoice | None", _one_of(fields.get("comment_choice"), CHOICES)),
        *(value if (value := unfolded(fields.get(name, ""))).strip() else None for name in DETAILS),
    )  # fmt: skip


def settled(draft: Draft, source: str | None) -> Draft:
    """As it is stored: an edited clause text that changes nothing of the clause (`source`) says nothing."""
    return draft if draft.edited is None else replace(draft, edited=edit_of(draft.fields, Ground(source)))


def unstorable(draft: Draft) -> list[Problem]:
    """Characters that no text of ours may hold, each with its place; anything else is kept as it is."""
    return [problem for name in (*WORDS, *DETAILS) for problem in character_problems(name, getattr(draft, name) or "")]


def lacks(draft: Draft, kind: Target, ground: Ground) -> list[Problem]:
    """Why it cannot be submitted yet; nothing where it is complete."""
    details = read_details(draft.fields, ground)[1]
    return [*words_problems(with_edit(draft.fields, ground), proposes=kind != "process"), *details]


def as_comment(draft: Draft, target: CommentTarget, pages: str, ground: Ground) -> NewComment:
    """A complete draft as a comment; `pages` is the language its author reads."""
    details, _ = read_details(draft.fields, ground)
    proposed = (edit_of(draft.fields, ground) if details.whole else None) or draft.proposed
    return NewComment(
        target, draft.text, draft.tongue(pages, proposed), proposed, draft.rationale, draft.type, draft.position, draft.choice,
        details.anchor, details.further, details.evidence, details.whole,
    )  # fmt: skip


def typed_particulars(fields: Mapping[str, str]) -> dict[str, str]:
    """What a form said about the person, one line each but the texts about a group."""
    given = {name: unfolded(fields.get(name, ""))[: 5000 if name in TEXTS else 500] for name in PARTICULARS}
    return {name: value for name, value in given.items() if value and not character_problems(name, value, lines=name in TEXTS)}


def differences(stored: Draft, typed: Draft, language: str) -> list[tuple[str, Spans]]:
    """Field -> spans from the stored words to the typed ones, for the fields in which they differ."""
    told = [*WORDS, *(name for name in DETAILS if name != "quote_place")]
    pairs = [(name, getattr(stored, name) or "", getattr(typed, name) or "") for name in told]
    return [(name, diff(before, after, language)[0]) for name, before, after in pairs if before != after]


def _one_of(value: str | None, codes: tuple[str, ...]) -> str | None:
    return value if value in codes else None
