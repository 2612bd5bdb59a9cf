"""How the clauses of one version flow into another: what the picture of a change map shows, without any drawing.

Clauses stand in groups (the principles of the new version; behind them what only the old one had). A group that only kept or reworded its
clauses can be folded to one row of ticks; lines are drawn inside a group only: what came from or went to another group says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from consult.core.change import Spans

Way = Literal["kept", "renumbered", "moved", "swapped", "split", "merged"]
_WAYS: tuple[Way, ...] = ("split", "merged", "moved", "renumbered")
_STRUCTURAL = frozenset(_WAYS)


@dataclass(frozen=True, slots=True)
class Spot:
    """A clause, or the head of a group (`number` "" where that is an unnumbered heading). `group`: key of the group it stands in."""

    number: str
    label: str
    title: str
    group: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FlowLink:
    """A link as the picture needs it. `share`: 0..1, how much of the words changed."""

    kinds: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    share: float
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """From the `old`th row on the left to the `new`th on the right of its group."""

    way: Way
    old: int
    new: int
    reworded: bool


@dataclass(frozen=True, slots=True)
class Left:
    """A clause of the old version. `gone`: it has no successor. `to`: its successors that stand in another group."""

    spot: Spot
    gone: bool
    to: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """A clause of the new version. `came`: it has no predecessor. `since`: its predecessors that stand in another group."""

    spot: Spot
    came: bool
    since: tuple[Spot, ...]
    share: float
    reworded: bool


@dataclass(frozen=True, slots=True)
class FlowGroup:
    """`counts`: clauses that are unchanged, modified, added (of the old side: removed), and links of each structural kind."""

    head: Spot
    left: tuple[Left, ...]
    right: tuple[Right, ...]
    lines: tuple[Line, ...]
    counts: Counter[str]

    @property
    def folds(self) -> bool:
        """Nothing but rewording, additions and removals: every clause that stayed is where it was."""
        return (
            all(line.way == "kept" for line in self.lines)
            and not any(each.since for each in self.right)
            and not any(each.to for each in self.left)
        )

    @property
    def rows(self) -> int:
        return max(len(self.left), len(self.right))


@dataclass(frozen=True, slots=True)
class Side:
    """All numbered clauses of a version in document order, and the heads of their groups by key. A head may be one of the clauses."""

    clauses: tuple[Spot, ...]
    heads: Mapping[str, Spot]

    def only(self, numbers: Collection[str]) -> "Side":
        """These clauses alone, in the groups they stand in."""
        return replace(self, clauses=tuple(spot for spot in self.clauses if spot.number in numbers))

    def headed(self, number: str) -> str | None:
        """The key of the group whose head this clause is; None where it heads none, or nothing stands below it."""
        group = next((spot.group for spot in self.clauses if spot.number == number and self.heads[spot.group].number == number), None)
        return group if sum(spot.group == group for spot in self.clauses) > 1 else None


def share_changed(*spans: Spans) -> float:
    """0..1: letters removed or added out of all letters on both sides; white space weighs nothing."""
    kept = changed = 0
    for mark, text in (span for run in spans for span in run):
        weight = sum(not letter.isspace() for letter in text)
        kept += 2 * weight if mark == "=" else 0
        changed += 0 if mark == "=" else weight
    return changed / (kept + changed) if kept + changed else 0.0


def flow(old: Side, new: Side, links: Iterable[FlowLink]) -> tuple[FlowGroup, ...]:
    """The groups in the order of the new version; one that only the old version had stands behind where the group before it went.

    Each clause of both sides is a row of exactly one group, or the head of one: heads linked with each other are told as heads only.
    """
    known = ({spot.number: spot for spot in old.clauses}, {spot.number: spot for spot in new.clauses})
    listed = [link for link in links if known[0].keys() >= set(link.old) and known[1].keys() >= set(link.new)]
    homes = _homes(old, listed, known)
    heads = {(link.old[0], link.new[0]) for link in listed if _joins_heads(link, old, new, homes)}
    by_clause: tuple[dict[str, list[FlowLink]], dict[str, list[FlowLink]]] = ({}, {})
    for link in listed:
        for at, numbers in enumerate((link.old, link.new)):
            for number in numbers:
                by_clause[at].setdefault(number, []).append(link)
    flowing = _Flow(listed, by_clause, known, homes, {a for a, _ in heads}, {b for _, b in heads})
    return tuple(group for key in _order(old, new, homes) if (group := flowing.group(key, old, new)).rows)


Known = tuple[dict[str, Spot], dict[str, Spot]]


def _homes(old: Side, links: Sequence[FlowLink], known: Known) -> dict[str, str]:
    """Old group -> where it is drawn: "new:" and the group that most of its clauses went to, else "old:" and its own key."""
    votes: dict[str, Counter[str]] = {}
    for link in links:
        for a in link.old:
            votes.setdefault(known[0][a].group, Counter()).update(known[1][b].group for b in link.new)
    groups = dict.fromkeys(spot.group for spot in old.clauses)
    return {key: f"new:{votes[key].most_common(1)[0][0]}" if votes.get(key) else f"old:{key}" for key in groups}


def _joins_heads(link: FlowLink, old: Side, new: Side, homes: Mapping[str, str]) -> bool:
    if not len(link.old) == len(link.new) == 1:
        return False
    of_old, of_new = old.headed(link.old[0]), new.headed(link.new[0])
    return of_old is not None and of_new is not None and homes.get(of_old) == f"new:{of_new}"


def _order(old: Side, new: Side, homes: Mapping[str, str]) -> list[str]:
    order = list(dict.fromkeys(f"new:{spot.group}" for spot in new.clauses))
    before = ""
    for key in homes.values():
        if key not in order:
            order.insert(order.index(before) + 1 if before in order else 0, key)
        before = key
    return order


@dataclass(frozen=True, slots=True)
class _Flow:
    links: Sequence[FlowLink]
    by_clause: tuple[Mapping[str, Sequence[FlowLink]], Mapping[str, Sequence[FlowLink]]]
    known: Known
    homes: Mapping[str, str]
    old_heads: set[str]
    new_heads: set[str]

    def group(self, key: str, old: Side, new: Side) -> FlowGroup:
        lefts = [spot for spot in old.clauses if self.homes[spot.group] == key and spot.number not in self.old_heads]
        rights = [spot for spot in new.clauses if f"new:{spot.group}" == key and spot.number not in self.new_heads]
        rows = {spot.number: at for at, spot in enumerate(lefts)}, {spot.number: at for at, spot in enumerate(rights)}
        side, _, name = key.partition(":")
        lines = [
            Line("swapped" if link.swapped else _way(link), rows[0][a], rows[1][b], "modified" in link.kinds)
            for link in self.links
            for a in link.old
            for b in link.new
            if a in rows[0] and b in rows[1]
        ]
        return FlowGroup(
            (new if side == "new" else old).heads[name],
            tuple(self._left(spot, rows[1]) for spot in lefts),
            tuple(self._right(spot, rows[0]) for spot in rights),
            tuple(lines),
            self._counts(*rows),
        )

    def _left(self, spot: Spot, here: Mapping[str, int]) -> Left:
        went = dict.fromkeys(b for link in self.by_clause[0].get(spot.number, ()) for b in link.new)
        return Left(spot, not went, tuple(self.known[1][b] for b in went if b not in here))

    def _right(self, spot: Spot, here: Mapping[str, int]) -> Right:
        mine = self.by_clause[1].get(spot.number, ())
        since = dict.fromkeys(a for link in mine for a in link.old)
        return Right(
            spot,
            not since,
            tuple(self.known[0][a] for a in since if a not in here),
            max((link.share for link in mine), default=0.0),
            any("modified" in link.kinds for link in mine),
        )

    def _counts(self, left: Mapping[str, int], right: Mapping[str, int]) -> Counter[str]:
        """A link counts for its structural kinds in the group of its first clause."""
        counts: Counter[str] = Counter()
        for link in self.links:
            here = sum(b in right for b in link.new)
            if not link.new:
                counts["removed"] += sum(a in left for a in link.old)
            else:
                counts["added" if not link.old else "modified" if "modified" in link.kinds else "unchanged"] += here
            if link.new and link.old and link.new[0] in right:
                counts.update((_STRUCTURAL & set(link.kinds)) | ({"swapped"} if link.swapped else set()))
        return counts


def _way(link: FlowLink) -> Way:
    return cast(Way, next((way for way in _WAYS if way in link.kinds), "kept"))
