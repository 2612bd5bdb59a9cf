"""Counts of comments that always add up: received = pending + cleared + held + withheld + withdrawn + erased."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consult.core.vocabulary import STATES


@dataclass(frozen=True, slots=True)
class Tally:
    """Comments on one clause (or document, round …). `states` covers all received; positions, classes and languages count what the viewer may see."""

    states: Mapping[str, int] = field(default_factory=dict)
    positions: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    proposals: int = 0

    @property
    def received(self) -> int:
        return sum(self.states.get(state, 0) for state in STATES)


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum, state by state, position by position."""
    sums: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    proposals = 0
    for tally in tallies:
        for counter, part in zip(sums, (tally.states, tally.positions, tally.classes, tally.languages), strict=True):
            counter.update(part)
        proposals += tally.proposals
    states, positions, classes, languages = (dict(counter) for counter in sums)
    return Tally(states, positions, classes, languages, proposals)
