"""A later copy of a form: which of its rows stood in the earlier one or were handed in, word for word or changed, and which are new or gone.

The rule, in this order, each row once: the same words at the same place; the same words in the same clause cell (wherever a person put that row);
words it said before, there; what is alike at the same place, or in the same clause cell; the same words at another place, or nearly. Deterministic: of equals the
first, in the order of the files.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 60.0
"""From here on (0..100) two remarks at the same place are one that was reworked, where more than one stand there."""
ALIKE_ALONE = 50.0
"""And where one stands there alone, of what was handed in: other words may as well be a further remark, and must not stand in its place."""
SAME_ELSEWHERE = 90.0
"""And at different places, one that was moved."""
A_COPY = 0.5
"""So much of the shorter list of rows has to occur in the other: two forms of the same person share less."""
TELLING = 20
"""Characters from which on words at another place, or inside a longer remark, are the same remark: "Agreed." stands in many rows."""
LOOKED_AT = 300
"""Characters at either end of a remark that its likeness is measured on."""
EACH_WITH_EACH = 10_000
"""So many pairs of remarks at one place, or left over, are compared; of more only those whose rows are near each other in the order of the files."""
NEAREST = 40


@dataclass(frozen=True, slots=True)
class Said:
    """A row for comparing: where it stands ("" where nowhere), and all that it says.

    `cell`: sheet and clause cell as written, None where it came from no file; `before`: other wordings it had; `over`: it was taken back, and is
    only recognised word for word.
    """

    place: str
    words: tuple[str, ...]
    cell: tuple[str, str] | None = None
    before: tuple[tuple[str, ...], ...] = ()
    over: bool = False

    @property
    def text(self) -> str:
        return "\n".join(part for part in self.words if part)


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each row of the later copy (by index) its row in the earlier one, or None; `same` where not a word differs; `older` where it says what
    the earlier row said before; `gone`: earlier rows without a later one.
    """

    earlier: tuple[int | None, ...]
    same: frozenset[int]
    gone: tuple[int, ...]
    older: frozenset[int] = frozenset()

    @property
    def alike(self) -> int:
        return sum(each is not None for each in self.earlier)

    @property
    def is_copy(self) -> bool:
        shorter = min(len(self.earlier), self.alike + len(self.gone))
        return shorter > 0 and self.alike / shorter >= A_COPY


def place_key(kind: str | None, standard: str | None, number: str | None, baseline: str | None) -> str:
    """A place for comparing, "" where a row stands nowhere yet."""
    return "/".join((kind, standard or "", number or "", baseline or "")) if kind else ""


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are compared: programs change white space, quotes and the composition of letters on the way, and no person did."""
    return tuple(re.sub(r"[\s\u200b\ufeff]+", " ", unicodedata.normalize("NFC", each).translate(_QUOTES)).strip() for each in words)


_QUOTES = str.maketrans("‘’‚“”„", "'''\"\"\"")


def paired(old: Sequence[Said], new: Sequence[Said], *, alone: float = 0.0) -> Pairing:
    """Which rows go together, by the rule above; `alone`: how alike two remarks must be that stand at a place alone. What it compares is bounded (`EACH_WITH_EACH`), whatever a file holds."""
    pairs = _Pairs([_folded(each) for each in old], [_folded(each) for each in new])
    pairs.equal(lambda row: [(row.place, row.words)])
    pairs.equal(lambda row: [(row.cell, row.words)] if row.cell and row.cell[1] else [])
    same = set(pairs.found)
    pairs.equal(lambda row: [(row.place, each) for each in row.before], lambda row: [(row.place, row.words)])
    pairs.equal(lambda row: [(row.cell, each) for each in row.before] if row.cell else [], lambda row: [(row.cell, row.words)])
    older = set(pairs.found) - same
    pairs.alike_at(lambda row: row.place, alone)
    pairs.alike_at(lambda row: "/".join(row.cell) if row.cell and row.cell[1] else "", alone)
    at_hand = set(pairs.found)
    pairs.equal(lambda row: [row.words] if len(row.text) >= TELLING else [])
    same |= {at for at in set(pairs.found) - at_hand if not new[at].place}
    pairs.nearly_elsewhere()
    return Pairing(tuple(pairs.found.get(at) for at in range(len(new))), frozenset(same), tuple(pairs.free), frozenset(older))


def _folded(row: Said) -> Said:
    return Said(row.place, folded(row.words), row.cell, tuple(folded(each) for each in row.before), row.over)


class _Pairs:
    """What was found so far: `found` later row -> earlier row, `free` earlier rows that none was found for."""

    def __init__(self, old: Sequence[Said], new: Sequence[Said]) -> None:
        self._old, self._new = old, new
        self.free: dict[int, None] = dict.fromkeys(range(len(old)))
        self.found: dict[int, int] = {}

    def equal(self, of_old: Callable[[Said], Sequence[Hashable]], of_new: Callable[[Said], Sequence[Hashable]] | None = None) -> None:
        """Rows of which a key is equal."""
        there: dict[Hashable, list[int]] = defaultdict(list)
        for at in self.free:
            for key in of_old(self._old[at]):
                there[key].append(at)
        for at, row in enumerate(self._new):
            if at not in self.found:
                fits = (each for key in (of_new or of_old)(row) for each in there.get(key, ()) if each in self.free)
                self._take(at, next(fits, None))

    def alike_at(self, spot: Callable[[Said], str], least_alone: float) -> None:
        """Remarks at the same place: a single one with less likeness than several."""
        here: dict[str, list[int]] = defaultdict(list)
        later: dict[str, list[int]] = defaultdict(list)
        for at in self.free:
            if not self._old[at].over:
                here[spot(self._old[at])].append(at)
        for at, row in enumerate(self._new):
            if at not in self.found and spot(row):
                later[spot(row)].append(at)
        for name, rows in later.items():
            alone = len(rows) == 1 and len(here[name]) == 1
            self._likest_first(rows, here[name], least_alone if alone else ALIKE)

    def nearly_elsewhere(self) -> None:
        rows = [at for at, row in enumerate(self._new) if at not in self.found and len(row.text) >= TELLING]
        self._likest_first(rows, [at for at in self.free if not self._old[at].over], SAME_ELSEWHERE)

    def _likest_first(self, rows: Sequence[int], among: Sequence[int], least: float) -> None:
        """Pairs the likest two first, so that a new remark does not take the place of one that is there unchanged but for a word."""
        all_of_them = len(rows) * len(among) <= EACH_WITH_EACH
        pairs = []
        for order, at in enumerate(rows):
            start = 0 if all_of_them else max(0, min(order, len(among)) - NEAREST // 2)
            for each in among if all_of_them else among[start : start + NEAREST]:
                likeness = _likeness(self._old[each].text, self._new[at].text, least)
                if likeness >= least:
                    pairs.append((-likeness, at, each))
        for _, at, each in sorted(pairs):
            if at not in self.found and each in self.free:
                self._take(at, each)

    def _take(self, at: int, earlier: int | None) -> None:
        if earlier is not None:
            self.found[at] = earlier
            del self.free[earlier]


def _likeness(one: str, other: str, least: float) -> float:
    """0..100. A remark that is part of the other is the same: one row was split into two, or two were made one."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= TELLING and least < SAME_ELSEWHERE and shorter.strip(" .;,。；，") in longer:
        return 100.0
    return fuzz.ratio(_ends(one), _ends(other), score_cutoff=least)


def _ends(text: str) -> str:
    return text if len(text) <= 2 * LOOKED_AT else text[:LOOKED_AT] + text[-LOOKED_AT:]
