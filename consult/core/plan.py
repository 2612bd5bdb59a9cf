"""A consultation as it is planned: texts, items and rounds with local wall times. What `consult schedule` reads and the office will write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from consult.core.question import Asked
from consult.core.vocabulary import DisplayRule

Texts = Mapping[str, Mapping[str, str]]
"""Field -> language -> text."""


@dataclass(frozen=True, slots=True)
class ItemPlan:
    kind: Literal["milestone", "step", "highlight", "question"]
    texts: Texts
    on: date | None = None


ResourceKind = Literal["paper", "webinar", "page"]
RESOURCES: tuple[ResourceKind, ...] = get_args(ResourceKind)


@dataclass(frozen=True, slots=True)
class ResourcePlan:
    """A paper, webinar or page; `texts`: title, lead, body. `at` is a wall time in `zone`; both or neither."""

    name: str
    kind: ResourceKind
    texts: Texts
    at: datetime | None = None
    zone: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """A question of a round, tied to a clause of a document, to a document, or to neither. `texts`: text, note, low and high (ends of a
    scale), and `option_<code>` for each option of a choice.
    """

    asked: Asked
    texts: Texts
    standard: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """`opens` and `closes` are wall times in `zone`; `documents` are (standard, version, main baseline or None)."""

    number: int
    opens: datetime
    closes: datetime
    zone: str
    documents: tuple[tuple[str, str, str | None], ...]
    texts: Texts
    display_rule: DisplayRule = "after_moderation"
    grace_minutes: int = 0
    questions: tuple[QuestionPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultationPlan:
    slug: str
    prefix: str
    position: int
    texts: Texts
    items: tuple[ItemPlan, ...]
    rounds: tuple[RoundPlan, ...]
    resources: tuple[ResourcePlan, ...] = ()
