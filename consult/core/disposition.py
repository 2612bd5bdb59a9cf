"""What becomes of a comment: one closed list, a reason wherever it asks for one, decided by the committee (ISO's commenting template, ANSI 2.6: an
objector is told the disposition and the reasons).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from consult.core.problem import Problem
from consult.core.reply import ENGLISH
from consult.core.submission import character_problems, unfolded

Disposition = Literal[
    "accepted", "accepted_with_modification", "partially_accepted", "not_accepted", "noted", "deferred", "out_of_scope", "duplicate"
]
DISPOSITIONS: tuple[Disposition, ...] = get_args(Disposition)
"""A comment that its author withdrew needs none."""
LONGEST = 4000
"""Characters of a reason in one language."""
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a body decides on any number of comments: language -> reason; `duplicate_of` the reference of the comment that says the same."""

    disposition: Disposition
    reasons: Mapping[str, str] = field(default_factory=dict)
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on one comment. `number` counts the decisions on it; `actor` who recorded it, None where that is not told."""

    decision: str
    """Its reference, such as PS3-2-D0007."""
    disposition: Disposition
    reasons: Mapping[str, str]
    duplicate_of: str | None
    number: int
    at: datetime
    actor: str | None = None

    def reason(self, language: str) -> tuple[str, str] | None:
        """(language, text): the reader's, else English, else any; None where there is none."""
        found = min(self.reasons, key=lambda each: (each != language, each != ENGLISH, each), default=None)
        return (found, self.reasons[found]) if found is not None else None


def needs_reason(disposition: Disposition) -> bool:
    """Everything but yes: also `noted`, the word that commenters resent most. A duplicate names the comment it repeats instead."""
    return disposition not in ("accepted", "duplicate")


def read_decision(fields: Mapping[str, str], languages: Iterable[str]) -> tuple[NewDecision | None, list[Problem]]:
    """What a form says in `disposition`, `reason-<language>` and `duplicate_of`, and what is wrong with it: disposition_missing,
    decision_reason_needed, decision_reason_long, duplicate_of_missing, control_character (where: field).
    """
    said = fields.get("disposition", "")
    disposition = next((each for each in DISPOSITIONS if each == said), None)
    reasons, problems = {}, []
    first = "reason"
    for language in languages:
        name = f"reason-{language}"
        first = name if first == "reason" else first
        text = unfolded(fields.get(name, ""))
        if not text.strip():
            continue
        if len(text) > LONGEST:
            problems.append(Problem("decision_reason_long", {"field": name}, {"length": len(text), "longest": LONGEST}))
        problems += character_problems(name, text)
        reasons[language] = text
    if disposition is None:
        return None, [Problem("disposition_missing", {"field": "disposition"}), *problems]
    if needs_reason(disposition) and not reasons:
        problems.append(Problem("decision_reason_needed", {"field": first}))
    original = fields.get("duplicate_of", "").strip().upper() if disposition == "duplicate" else ""
    if disposition == "duplicate" and not original:
        problems.append(Problem("duplicate_of_missing", {"field": "duplicate_of"}))
    return (None if problems else NewDecision(disposition, reasons, original or None)), problems
