"""A published version in one language with all that its files say of it, and two of them with what changed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from consult.core.binding import concerns
from consult.core.change import Change
from consult.core.clause import Clause, Draft

Applies = Mapping[str, tuple[str, ...]]
"""Number -> the activities a clause binds; empty or missing: all."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction of this translation after publication, and the labels of the clauses it touched."""

    at: datetime
    reason: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """`status`: draft, adopted, superseded. `prevails` is the language that counts where translations differ."""

    draft: Draft
    status: str
    dated: date | None
    effective: date | None
    transition_until: date | None
    normative: bool
    prevails: str
    published_at: datetime
    baselines: tuple[str, ...] = ()
    applies: Applies = field(default_factory=dict)
    corrections: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a clause changed, as staff wrote it; `language` is another than the edition's where nobody has translated it."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A change with what is said beside it. `swapped`: the two clauses changed places; `reasons` by number of the side that is shown.

    `confirmed`: a person said that the removed clause has no successor. `came` and `went`: activities it begins to bind and no longer
    binds, a change even where the words are equal. `meaning`: labels of what the change means for those it binds.
    """

    change: Change
    swapped: bool = False
    confirmed: bool = False
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    meaning: tuple[str, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)

    @property
    def is_change(self) -> bool:
        return self.change.link.kinds != ("unchanged",) or self.binds_others

    @property
    def binds_others(self) -> bool:
        return bool(self.came or self.went)

    @property
    def shown(self) -> tuple[str, ...]:
        """The numbers under which it stands: the new ones, of a removed clause the old one."""
        return self.change.link.new or self.change.link.old


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """Two editions of one language and everything between them, unchanged clauses too. `activities`: only what binds those was kept."""

    old: Edition
    new: Edition
    noted: tuple[Noted, ...]
    activities: tuple[str, ...] = ()
    total: int = 0
    """Clauses before anything was left out."""


def only_binding(comparison: EditionChanges, activities: tuple[str, ...]) -> EditionChanges:
    """The comparison without clauses that bind none of the activities, neither before nor after; groups stay where a clause stands under them."""
    if not activities:
        return comparison
    before, after = _bound(comparison.old), _bound(comparison.new)
    kept = tuple(
        each
        for each in comparison.noted
        if concerns([before[n] for n in each.change.link.old], [after[n] for n in each.change.link.new], activities)
    )
    old, new = ({n for each in kept for n in getattr(each.change.link, side)} for side in ("old", "new"))
    return replace(
        comparison, old=_only(comparison.old, old), new=_only(comparison.new, new), noted=kept, activities=activities
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Bound:
    number: str
    kind: str
    applies: tuple[str, ...]
    leaf: bool = True


def _bound(edition: Edition) -> dict[str, _Bound]:
    return {each.number: _Bound(each.number, each.kind, edition.applies.get(each.number, ())) for each in edition.draft.numbered}


def _only(edition: Edition, numbers: Collection[str]) -> Edition:
    """The numbered clauses, and every group that still has one of them before the next group of its level or above."""
    kept: list[Clause] = []
    waiting: list[Clause] = []
    for clause in edition.draft.clauses:
        if clause.is_group:
            waiting = [*(each for each in waiting if each.level < clause.level), clause]
        elif clause.number in numbers:
            kept += [*waiting, clause]
            waiting = []
    return replace(edition, draft=replace(edition.draft, clauses=tuple(kept)))


def in_document_order(comparison: EditionChanges) -> Iterator[tuple[Clause, Noted | None]]:
    """Headings and clauses of the new edition in its order, each with its (first) change; a removed clause of the old one where it stood.

    None goes with a heading without a number.
    """
    olds = {clause.number: clause for clause in comparison.old.draft.numbered}
    first: dict[str, Noted] = {}
    gone: dict[str, list[Noted]] = {}
    last = ""
    for each in comparison.noted:
        for number in each.change.link.new:
            first.setdefault(number, each)
            last = number
        if not each.change.link.new:
            gone.setdefault(last, []).append(each)

    def removed(behind: str) -> Iterator[tuple[Clause, Noted]]:
        return ((olds[number], each) for each in gone.get(behind, ()) for number in each.change.link.old)

    yield from removed("")
    for clause in comparison.new.draft.clauses:
        yield clause, first.get(clause.number) if clause.number else None
        if clause.number:
            yield from removed(clause.number)
