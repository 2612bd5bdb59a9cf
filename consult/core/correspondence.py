"""A correspondence table: old and new numbers side by side; and what a corrected one says otherwise than the links as they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from consult.core.change import Link
from consult.core.draft import address
from consult.core.problem import Problem
from consult.core.relink import Pairing

COLUMNS = ("old_number", "old_title", "new_number", "new_title", "kinds", "score", "reason", "confirmed")


@dataclass(frozen=True, slots=True)
class CorrespondenceRow:
    """One pair of clauses, or one without a counterpart (an empty number). A split or merger takes a row per pair."""

    old_number: str
    old_title: str
    new_number: str
    new_title: str
    kinds: tuple[str, ...]
    score: float
    reason: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a row of a corrected table says: numbers as written, `row` as a spreadsheet counts it."""

    row: int
    old: str
    new: str


def read_rows(rows: Iterable[Said], old: Collection[str], new: Collection[str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Pairs of numbers ("" for none) and everything wrong, by row and column: `row_empty`, `link_number_unknown`, `row_contradicts`."""
    pairs: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for said in rows:
        numbers = []
        for column, written, known in (("old_number", said.old, old), ("new_number", said.new, new)):
            number = address(written.strip()) if written.strip() else ""
            if number and number not in known:
                where: dict[str, str | int] = {"row": said.row, "column": column}
                problems.append(Problem("number_in_no_version", where, {"number": written.strip()[:40]}))
            numbers.append(number)
        if not any(numbers):
            problems.append(Problem("row_empty", {"row": said.row}))
            continue
        pairs.setdefault((numbers[0], numbers[1]), said.row)
    problems += _contradictions(pairs)
    return list(pairs), sorted(problems, key=lambda problem: int(problem.where["row"]))


def _contradictions(pairs: dict[tuple[str, str], int]) -> Iterable[Problem]:
    """A clause that one row links and another says to have no counterpart."""
    for side, column in ((0, "old_number"), (1, "new_number")):
        linked: dict[str, int] = {}
        for pair, row in pairs.items():
            if all(pair):
                linked.setdefault(pair[side], row)
        for pair, row in pairs.items():
            if not pair[1 - side] and pair[side] in linked:
                yield Problem("row_contradicts", {"row": row, "column": column}, {"number": pair[side], "other": linked[pair[side]]})


def differing(pairs: Sequence[tuple[str, str]], links: Sequence[Link]) -> list[Pairing]:
    """What to set so that the links are as the table says, in its order; clauses that the table does not name stay as they are."""
    wanted, held = _groups(pairs), {(link.old, link.new) for link in links}
    current = {
        (old, new) for link in links for old in link.old or ("",) for new in link.new or ("",)
    }  # fmt: skip
    pairings: list[Pairing] = []
    for group in wanted:
        named_old, named_new = {old for old, _ in group if old}, {new for _, new in group if new}
        touching = {(old, new) for old, new in current if old in named_old or new in named_new}
        if touching == set(group):
            continue
        stars = _stars(group)
        if len(stars) > 1:  # free all of its clauses first: only then may they be shared
            pairings += [Pairing(tuple(sorted(named_old)), ()), Pairing((), tuple(sorted(named_new)))]
            stars = [replace(star, also=True) for star in stars]
        pairings += stars
    return [each for each in pairings if each.also or (each.old, each.new) not in held]


def _groups(pairs: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Pairs that hang together through a common clause."""
    groups: list[list[tuple[str, str]]] = []
    for pair in pairs:
        mine = [group for group in groups if any((old and old == pair[0]) or (new and new == pair[1]) for old, new in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*(each for group in mine for each in group), pair])
    return groups


def _stars(group: Sequence[tuple[str, str]]) -> list[Pairing]:
    """The group as links with one clause on at least one side, the largest first."""
    rest, made = list(group), list[Pairing]()
    while rest:
        by_old = {old: tuple(new for o, new in rest if o == old and new) for old, _ in rest if old}
        by_new = {new: tuple(old for old, n in rest if n == new and old) for _, new in rest if new}
        old = max(by_old, key=lambda number: len(by_old[number]), default="")
        new = max(by_new, key=lambda number: len(by_new[number]), default="")
        if old and (not new or len(by_old[old]) >= len(by_new[new])):
            pairing, taken = Pairing((old,), by_old[old]), {(o, n) for o, n in rest if o == old}
        else:
            pairing, taken = Pairing(by_new[new], (new,)), {(o, n) for o, n in rest if n == new}
        made.append(pairing)
        rest = [pair for pair in rest if pair not in taken]
    return made
