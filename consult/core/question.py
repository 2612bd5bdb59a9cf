"""Questions that a round asks besides comments: choice, scale, text; all optional. What a form answered, as stored text and back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from consult.core.problem import Problem
from consult.core.submission import character_problems, unfolded
from consult.core.vocabulary import ModerationState

QuestionKind = Literal["single", "multiple", "scale", "text"]
KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
LONGEST = 2000
"""Characters of an answer in words."""
FEW = 5
"""Fewer answers than this are not told in public, nor by class."""
PREFIX = "answer-"
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its rules need it. `options`: codes of a choice, in order; of a scale the points as numbers, the lowest first."""

    code: str
    kind: QuestionKind
    options: tuple[str, ...] = ()


def field_of(code: str) -> str:
    """Name of its field in a form; of a multiple choice, of each box with the option behind a further hyphen and dot."""
    return f"{PREFIX}{code}"


def read_answers(fields: Mapping[str, str], asked: Iterable[Asked]) -> tuple[dict[str, str], list[Problem]]:
    """Code -> stored answer ("" where a question of the form was left open), for the questions that the form shows, and what is wrong.

    A form shows a question where it has the field `asked-<code>`. Choices outside the list count as none.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for question in asked:
        if f"asked-{question.code}" not in fields:
            continue
        name = field_of(question.code)
        if question.kind == "multiple":
            found[question.code] = " ".join(option for option in question.options if fields.get(f"{name}.{option}"))
        elif question.kind == "text":
            found[question.code] = text = _text(fields.get(name, ""))
            if len(text) > LONGEST:
                problems.append(Problem("too_long", {"field": name}, {"limit": LONGEST, "over": len(text) - LONGEST}))
            problems += character_problems(name, text)
        else:
            chosen = fields.get(name, "")
            found[question.code] = chosen if chosen in question.options else ""
    return found, problems


def as_fields(answers: Mapping[str, str], asked: Iterable[Asked]) -> dict[str, str]:
    """Stored answers as the form is filled in."""
    fields: dict[str, str] = {}
    for question in asked:
        said, name = answers.get(question.code, ""), field_of(question.code)
        if question.kind == "multiple":
            fields |= {f"{name}.{option}": "1" for option in said.split()}
        elif said:
            fields[name] = said
    return fields


def chosen(kind: str, said: str) -> tuple[str, ...]:
    """The options of a stored answer; none of an answer in words."""
    return () if kind == "text" else tuple(said.split())


@dataclass(frozen=True, slots=True)
class Counted:
    """How a question was answered: by how many, and how often each option; by class where that is told, few classes left out together."""

    answers: int
    options: Mapping[str, int]
    classes: Mapping[str, Mapping[str, int]]


def count_answers(asked: Asked, said: Iterable[tuple[str, str]]) -> Counted:
    """`said`: (class, stored answer). A class with fewer than FEW answers is not broken down."""
    rows = [(stakeholder_class, chosen(asked.kind, text)) for stakeholder_class, text in said if text]
    sizes: dict[str, int] = {}
    for stakeholder_class, _ in rows:
        sizes[stakeholder_class] = sizes.get(stakeholder_class, 0) + 1
    told = {name: dict.fromkeys(asked.options, 0) for name, size in sizes.items() if size >= FEW}
    total = dict.fromkeys(asked.options, 0)
    for stakeholder_class, options in rows:
        for option in options:
            if option in total:
                total[option] += 1
                if stakeholder_class in told:
                    told[stakeholder_class][option] += 1
    return Counted(len(rows), total, told)


STANDS: tuple[ModerationState, ...] = ("cleared", "held", "pending")
"""States of which one is enough among its comments, or as its own where it has none, for the answers of a submission to be counted."""


def state_of_answers(comments: Iterable[str]) -> ModerationState:
    """The state of answers that came with comments: they are read once one of these is cleared, counted while one stands, and go with the last."""
    states = set(comments)
    order: tuple[ModerationState, ...] = (*STANDS, "withheld", "withdrawn", "erased")
    return next((state for state in order if state in states), "erased")


def first_state(asked: Iterable[Asked], answers: Mapping[str, str]) -> ModerationState:
    """That of answers which come without a comment: words wait for moderation, in choices there is nothing to be read."""
    return "pending" if any(each.kind == "text" and answers.get(each.code) for each in asked) else "cleared"


def _text(value: str) -> str:
    stored = unfolded(value)
    return stored if stored.strip() else ""
