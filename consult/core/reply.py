"""What the secretariat answers to a comment that asks a question: short, in the languages of the installation, published under it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from consult.core.problem import Problem
from consult.core.submission import character_problems, unfolded

TextState = Literal["machine", "checked", "official"]
TEXT_STATES: tuple[TextState, ...] = get_args(TextState)
LONGEST = 4000
"""Characters in one language."""
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """The newest text in one language. `number` counts its revisions."""

    language: str
    text: str
    state: str
    at: datetime
    number: int


def nearest_reply(replies: Iterable[ReplySeen], language: str) -> ReplySeen | None:
    """The one in the reader's language, else in English, else any; None where there is none."""
    return min(replies, key=lambda each: (each.language != language, each.language != ENGLISH, each.language), default=None)


def read_replies(fields: Mapping[str, str], languages: Iterable[str]) -> tuple[dict[str, tuple[str, str]], list[Problem]]:
    """Language -> text ("" takes it back) and state, for each `reply-<language>` of a form, and what is wrong."""
    found: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for language in languages:
        name = f"reply-{language}"
        if name not in fields:
            continue
        text = unfolded(fields[name]) if fields[name].strip() else ""
        if len(text) > LONGEST:
            problems.append(Problem("reply_long", {"field": name}, {"length": len(text), "longest": LONGEST}))
        problems += character_problems(name, text)
        state = fields.get(f"state-{language}", "official")
        found[language] = (text, state if state in TEXT_STATES else "official")
    return found, problems
