"""Endorsements, and the one way in which comments, copies, signatories and endorsements are counted: side by side, never added together.

A comment counts once from its receipt, whatever its words repeat and whatever becomes of it. A copy is a comment that says the same as an earlier
one on the same place of the same round; it is among the comments received. An endorsement counts from its receipt for as long as it stands: not
withdrawn, erased, withheld or disowned; one mail address counts once for a comment. Signatories are the members that an organisation's submission
names or counts.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult.core.problem import Problem
from consult.core.submission import Person, character_problems, unfolded
from consult.core.vocabulary import STATES, Channel

LONGEST_NUANCE = 1_000
"""Characters (code points after CRLF -> LF)."""
STANDS_IN = ("pending", "cleared", "held")
"""States in which an endorsement counts."""


@dataclass(frozen=True, slots=True)
class EndorsementForm:
    """A hand-in that adds a party to a published comment. Like a SubmittedForm: `key` makes it count once; `again`: meant although it was just sent."""

    key: str
    consultation: str
    round: int
    comment: str
    language: str
    person: Person
    nuance: str | None = None
    nuance_language: str | None = None
    channel: Channel = "web"
    opened_at: datetime | None = None
    again: bool = field(default=False, compare=False)

    @property
    def content_sha256(self) -> str:
        said = {"endorses": self.comment, "round": [self.consultation, self.round], "person": self.person.as_data, "nuance": self.nuance}
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Group:
    """`n` endorsements of one kind. `repeats`: of a mail address that endorsed the comment before. `stakeholder_class` None: the viewer may not see it."""

    state: str
    n: int
    disowned: bool = False
    repeats: bool = False
    stakeholder_class: str | None = None

    @property
    def counts(self) -> bool:
        return self.state in STANDS_IN and not self.disowned and not self.repeats


@dataclass(frozen=True, slots=True)
class Counts:
    """The four columns of a place (or a comment, a document, a round), and what is behind them.

    `comments` all received, each copy too; `copies` of them; `members` that each submission (its key) states; `endorsements` that count,
    `endorsed_by` class those of which the viewer may see it; `endorsements_received` by state, all of them.
    """

    comments: int = 0
    copies: int = 0
    members: Mapping[int, int] = field(default_factory=dict)
    endorsements: int = 0
    endorsed_by: Mapping[str, int] = field(default_factory=dict)
    endorsements_received: Mapping[str, int] = field(default_factory=dict)

    @property
    def distinct(self) -> int:
        """Different texts among the comments."""
        return self.comments - self.copies

    @property
    def signatories(self) -> int:
        """Members of the organisations that spoke: those of a submission once, however many comments it has here."""
        return sum(self.members.values())

    @property
    def endorsements_in_all(self) -> int:
        return sum(self.endorsements_received.get(state, 0) for state in STATES)


def counted(*, comments: int = 0, copies: int = 0, members: Mapping[int, int] | None = None, endorsements: Iterable[Group] = ()) -> Counts:
    """The figures that every page, export and receipt shows: nobody else decides what counts."""
    by_class, received, n = Counter[str](), Counter[str](), 0
    for group in endorsements:
        received[group.state] += group.n
        if group.counts:
            n += group.n
            if group.stakeholder_class is not None:
                by_class[group.stakeholder_class] += group.n
    return Counts(comments, copies, dict(members or {}), n, dict(by_class), dict(received))


def together(each: Iterable[Counts]) -> Counts:
    """Column by column; the columns are never added to one another."""
    all_of = tuple(each)
    by_class, received = Counter[str](), Counter[str]()
    members: dict[int, int] = {}
    for counts in all_of:
        by_class.update(counts.endorsed_by)
        received.update(counts.endorsements_received)
        members.update(counts.members)
    return Counts(
        sum(counts.comments for counts in all_of), sum(counts.copies for counts in all_of), members,
        sum(counts.endorsements for counts in all_of), dict(by_class), dict(received),
    )  # fmt: skip


def endorsement_reference(comment: str, number: int) -> str:
    """Such as PS3-2-0041-E3: the third of that comment, citable for ever."""
    return f"{comment}-E{number}"


def typed_nuance(written: str) -> str | None:
    """As it is stored; None for what is only white space."""
    value = unfolded(written)
    return value if value.strip() else None


def nuance_problems(nuance: str | None) -> list[Problem]:
    value = nuance or ""
    over = len(value) - LONGEST_NUANCE
    if over > 0:
        return [Problem("too_long", {"field": "nuance"}, {"limit": LONGEST_NUANCE, "over": over})]
    return character_problems("nuance", value)
