"""Whom clauses bind: an activity is bound by a requirement that names it or names none. One rule for pages, lists and files.

A change of activities between two versions is a change even where the words are equal.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

REQUIREMENT = "requirement"
"""The kind of clause that binds; notes, definitions and information bind nobody."""


class Bound(Protocol):
    """A clause as far as it binds: `applies` are codes of activities (empty: all), `leaf` says that no clause stands below it."""

    @property
    def number(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def applies(self) -> tuple[str, ...]: ...
    @property
    def leaf(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Balance:
    """Numbers of the criteria that bind somebody, in document order: those of the old version, those of the new one, the new ones none of
    whose predecessors did (also wholly new ones), and the old ones none of whose successors does (also removed ones).
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    newly: tuple[str, ...]
    no_longer: tuple[str, ...]


def asked(values: Iterable[str], every: Collection[str]) -> tuple[str, ...]:
    """The activities an address names (`activities=mine,refinery`, also repeated), each once and in the body's order; unknown ones fall away."""
    named = {code.strip() for value in values for code in value.split(",")}
    return tuple(code for code in every if code in named)


def binds(applies: Collection[str], chosen: Collection[str], kind: str = REQUIREMENT) -> bool:
    """Whether a clause binds one of the chosen activities. Nothing chosen means everybody: every requirement binds."""
    return kind == REQUIREMENT and (not chosen or not applies or not set(applies).isdisjoint(chosen))


def concerns(old: Iterable[Bound], new: Iterable[Bound], chosen: Collection[str]) -> bool:
    """Whether a change is to be shown to those who chose activities: it binds them, or did so before. Nothing chosen: always."""
    return not chosen or any(binds(clause.applies, chosen, clause.kind) for side in (old, new) for clause in side)


def shift(old: Iterable[Bound], new: Iterable[Bound], every: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Activities that a change begins to bind, and those it no longer binds, in the order of `every` (all activities there are).

    Nothing for a change with an empty side: who is bound by a clause that was added or removed stands with the clause.
    """
    before, after = list(old), list(new)
    if not before or not after:
        return (), ()
    was, now = _reach(before, every), _reach(after, every)
    return tuple(code for code in every if code in now - was), tuple(code for code in every if code in was - now)


def _reach(clauses: Iterable[Bound], every: Sequence[str]) -> frozenset[str]:
    return frozenset(code for clause in clauses if clause.kind == REQUIREMENT for code in (clause.applies or every))


def balance(links: Iterable[tuple[Sequence[Bound], Sequence[Bound]]], chosen: Collection[str]) -> Balance:
    """What changes for those who chose activities, from the (old, new) sides of every link of a change map. Criteria alone count: clauses
    above others are their headings.
    """
    before: dict[str, bool] = {}
    after: dict[str, bool] = {}
    for old, new in links:
        bound_before, bound_after = ([each.number or "" for each in side if each.leaf and _bound(each, chosen)] for side in (old, new))
        for number in bound_before:
            before[number] = before.get(number, False) or bool(bound_after)
        for number in bound_after:
            after[number] = after.get(number, False) or bool(bound_before)
    return Balance(
        tuple(before),
        tuple(after),
        tuple(number for number, bound_already in after.items() if not bound_already),
        tuple(number for number, binds_still in before.items() if not binds_still),
    )


def _bound(clause: Bound, chosen: Collection[str]) -> bool:
    return binds(clause.applies, chosen, clause.kind)
