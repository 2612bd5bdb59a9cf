"""An organisation's room: who may do what in it and when, what its members say to a comment, and which comments say the same."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from consult.core.alike import gist, likeness
from consult.core.limits import Limit

Role = Literal["coordinator", "member"]
ROLES: tuple[Role, ...] = ("coordinator", "member")

Answer = Literal["agree", "disagree"]
ANSWERS: tuple[Answer, ...] = ("agree", "disagree")

Statement = Literal["named", "counted", "not_stated"]
STATEMENTS: tuple[Statement, ...] = ("named", "counted", "not_stated")
"""What a submission says about the members of its organisation."""

OPEN = Limit(60, timedelta(hours=1))
"""Rooms that one network may open; people who come in by a link are not counted."""
WAY_BACK = timedelta(hours=1)
"""So long a link or a code lets a member in who had lost her own."""
OBJECTION = timedelta(days=3)
"""So long a coordinator may object before a member who asked becomes coordinator."""
SENTENCE = 1000
"""Characters of a minority view."""
MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A comment of a room for finding those that say the same. `place`: what it speaks of; `by`: whose it is."""

    key: str
    place: tuple[str | None, ...]
    by: str
    text: str | None
    proposed: str | None
    rationale: str | None


@dataclass(frozen=True, slots=True)
class Like:
    """Comments that say the same, the fullest first; `identical`: letter for letter."""

    keys: tuple[str, ...]
    identical: bool


@dataclass(frozen=True, slots=True)
class Minority:
    """What a member who disagrees had handed in beside a comment; `text` None: erased. `name`: where members are named and this one agreed."""

    text: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class MembersTold:
    """What a submission of a room says about its members: how many took part, names where they are named, how many said this comment."""

    statement: str | None
    members: int | None
    names: tuple[str, ...]
    said_by: int | None
    minority: tuple[Minority, ...]


def may_draft(role: Role, *, own: bool, inner_deadline: datetime | None, now: datetime) -> bool:
    """Whether a comment may be given or changed: by its member until the inner deadline, by the coordinator as long as the round is open."""
    return role == "coordinator" or (own and (inner_deadline is None or now < inner_deadline))


def may_take_over(asked_at: datetime | None, now: datetime) -> bool:
    """Whether a member who asked for the role may take it: nobody has objected for three days."""
    return asked_at is not None and now >= asked_at + OBJECTION


def voice(name: str, organisation: str | None, of_form: str | None = None) -> str:
    """For whom somebody in the room speaks: whose form it is, else her organisation, else herself. Members are counted by it."""
    return of_form or organisation or name


def view_name(answer: int, sentence: str | None) -> str:
    """How forms name a minority view with the words that were read: a decision about other words is none about these."""
    return f"view-{answer}-{hashlib.sha256((sentence or '').encode()).hexdigest()[:12]}"


def like_comments(said: Sequence[Said]) -> list[Like]:
    """Groups of two and more that say the same of the same place, in the order of their first; by the rule that finds copies in public, too."""
    gists = {each.key: gist(each.text, each.proposed, each.rationale) for each in said}
    groups: list[list[Said]] = []
    for each in said:
        near = (group for group in groups if group[0].place == each.place and likeness(gists[group[0].key], gists[each.key]))
        home = next(near, None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    return [_like(group) for group in groups if len(group) > 1]


def _like(group: Sequence[Said]) -> Like:
    fullest = sorted(group, key=lambda each: -len(_words(each)))
    return Like(tuple(each.key for each in fullest), len({_words(each) for each in group}) == 1)


def _words(each: Said) -> str:
    return "\n".join(part or "" for part in (each.text, each.proposed, each.rationale))
