"""A later copy of a form: which of its rows stood in the earlier one, word for word or changed, and which are new or gone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 60.0
"""From here on (0..100) two remarks at the same place are one that was reworked, where more than one stand there."""
SAME_ELSEWHERE = 90.0
"""And at different places, one that was moved."""
A_COPY = 0.5
"""So much of the shorter list of rows has to occur in the other: two forms of the same person share less."""


@dataclass(frozen=True, slots=True)
class Said:
    """A row for comparing: where it stands ("" where nowhere), and all that it says."""

    place: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(part for part in self.words if part)


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each row of the later copy (by index) its row in the earlier one, or None; `same` where not a word differs; `gone`: earlier rows
    without a later one.
    """

    earlier: tuple[int | None, ...]
    same: frozenset[int]
    gone: tuple[int, ...]

    @property
    def alike(self) -> int:
        return sum(each is not None for each in self.earlier)

    @property
    def is_copy(self) -> bool:
        shorter = min(len(self.earlier), self.alike + len(self.gone))
        return shorter > 0 and self.alike / shorter >= A_COPY


def paired(old: Sequence[Said], new: Sequence[Said]) -> Pairing:
    """Equal rows first, then remarks at the same place, then equal words at another place; each row once, in the order of the files."""
    free: dict[int, None] = dict.fromkeys(range(len(old)))
    found: dict[int, int] = {}
    equal: dict[Said, list[int]] = defaultdict(list)
    for at, row in enumerate(old):
        equal[row].append(at)
    for at, row in enumerate(new):
        if equal[row]:
            found[at] = equal[row].pop(0)
            del free[found[at]]
    same = frozenset(found)
    _at_place(old, new, free, found)
    _elsewhere(old, new, free, found)
    return Pairing(tuple(found.get(at) for at in range(len(new))), same, tuple(free))


def _at_place(old: Sequence[Said], new: Sequence[Said], free: dict[int, None], found: dict[int, int]) -> None:
    here: dict[str, list[int]] = defaultdict(list)
    there: dict[str, list[int]] = defaultdict(list)
    for at in free:
        here[old[at].place].append(at)
    for at, row in enumerate(new):
        if at not in found and row.place:
            there[row.place].append(at)
    for place, later in there.items():
        for at in later:
            left = [each for each in here[place] if each in free]
            if not left:
                break
            best = max(left, key=lambda each: fuzz.ratio(old[each].text, new[at].text))
            alone = len(later) == 1 and len(here[place]) == 1
            if alone or fuzz.ratio(old[best].text, new[at].text) >= ALIKE:
                found[at] = best
                del free[best]


def _elsewhere(old: Sequence[Said], new: Sequence[Said], free: dict[int, None], found: dict[int, int]) -> None:
    """The few that are left: bounded, since each is compared with each."""
    if len(free) * (len(new) - len(found)) > 250_000:
        return
    for at, row in enumerate(new):
        if at in found or not free or not row.text:
            continue
        best = max(free, key=lambda each: fuzz.ratio(old[each].text, row.text))
        if fuzz.ratio(old[best].text, row.text) >= SAME_ELSEWHERE:
            found[at] = best
            del free[best]
