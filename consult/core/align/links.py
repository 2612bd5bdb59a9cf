"""From pairs of clauses to links with kinds, in the order in which a reader meets them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from consult.core.change import JOINT, ChangeKind, Link
from consult.core.clause import Clause, Draft

UNSURE = 0.75
"""A link less probable than this asks for a person's look."""
POSSIBLE = 0.15
"""A clause is not quietly added or removed while another clause corresponds to it with at least this probability."""


class Scored(NamedTuple):
    """Places of an old and a new clause (among the numbered ones), the probability that they correspond, and why."""

    old: int
    new: int
    score: float
    reason: str


class Hopes(NamedTuple):
    """For old and new clauses, by place: the probability of their best candidate. No entry: no candidate."""

    old: Mapping[int, float]
    new: Mapping[int, float]


def links(pairs: Iterable[Scored], old: Draft, new: Draft, hopes: Hopes) -> tuple[Link, ...]:
    """Groups pairs into stars (one to one, split, merged) and gives every clause without a pair a link of its own.

    The score of an added or removed clause is the probability that none of its candidates corresponds, taken from the best of them.
    """
    before, after = old.numbered, new.numbered
    pairs = sorted(pairs)
    moved = _out_of_order(pairs, before, after)
    found = [_link(star, before, after, moved) for star in stars(pairs)]
    with_old, with_new = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    found += [
        ((at, -1), _lone("removed", (clause.number,), (), hopes.old.get(at, 0.0))) for at, clause in enumerate(before) if at not in with_old
    ]
    found += [
        ((-1, at), _lone("added", (), (clause.number,), hopes.new.get(at, 0.0))) for at, clause in enumerate(after) if at not in with_new
    ]
    return _ordered(found, pairs)


def _lone(kind: ChangeKind, old: tuple[str, ...], new: tuple[str, ...], hope: float) -> Link:
    return Link((kind,), old, new, round(1 - hope, 3), "none", hope >= POSSIBLE)


def stars(pairs: list[Scored]) -> list[list[Scored]]:
    """Cuts the pairs into groups with one clause on at least one side; every pair stands in one group, larger groups first."""
    rest = set(pairs)
    groups: list[list[Scored]] = []
    while rest:
        by_old: dict[int, list[Scored]] = {}
        by_new: dict[int, list[Scored]] = {}
        for pair in sorted(rest):
            by_old.setdefault(pair.old, []).append(pair)
            by_new.setdefault(pair.new, []).append(pair)
        sized = sorted([*by_old.values(), *by_new.values()], key=lambda star: (-len(star), star[0].new, star[0].old))
        taken: set[Scored] = set()
        most = len(sized[0])
        for star in sized:
            if len(star) == most and not taken & set(star):
                groups.append(star)
                taken.update(star)
        rest -= taken
    return groups


def _link(star: list[Scored], before: tuple[Clause, ...], after: tuple[Clause, ...], moved: set[int]) -> tuple[tuple[int, int], Link]:
    olds, news = sorted({pair.old for pair in star}), sorted({pair.new for pair in star})
    kinds: list[ChangeKind] = []
    if len(news) > 1:
        kinds.append("split")
    elif len(olds) > 1:
        kinds.append("merged")
    if len(star) == 1:
        if before[olds[0]].number != after[news[0]].number:
            kinds.append("renumbered")
        if news[0] in moved:
            kinds.append("moved")
    elif not {before[at].number for at in olds} & {after[at].number for at in news}:
        kinds.append("renumbered")
    if sides(before[at] for at in olds) != sides(after[at] for at in news):
        kinds.append("modified")
    score = min(pair.score for pair in star)
    reason = "split" if len(news) > 1 else "merged" if len(olds) > 1 else star[0].reason
    if all(pair.reason == "recorded" for pair in star):
        reason = "recorded"
    link = Link(
        tuple(kinds) or ("unchanged",),
        tuple(before[at].number for at in olds),
        tuple(after[at].number for at in news),
        round(score, 3),
        reason,
        score < UNSURE,
    )
    return (olds[0], news[0]), link


def sides(clauses: Iterable[Clause]) -> tuple[str, str]:
    """Titles and texts of one side of a change, several clauses joined as its spans are."""
    together = list(clauses)
    return JOINT.join(clause.title for clause in together), JOINT.join(clause.text for clause in together)


def _out_of_order(pairs: list[Scored], before: tuple[Clause, ...], after: tuple[Clause, ...]) -> set[int]:
    """New places of clauses that moved: their section's partner is another section, or they left the order of their neighbours."""
    single = _singles(pairs)
    partner = {before[pair.old].number: after[pair.new].number for pair in single}
    homes: dict[object, dict[object, int]] = {}
    for pair in single:
        home, now = _home(before[pair.old]), _home(after[pair.new])
        homes.setdefault(home, {})[now] = homes.setdefault(home, {}).get(now, 0) + 1
    moved: set[int] = set()
    groups: dict[tuple[object, object], list[Scored]] = {}
    for pair in single:
        home, now = _home(before[pair.old]), _home(after[pair.new])
        if _stayed(home, now, homes[home], partner):
            groups.setdefault((home, now), []).append(pair)
        else:
            moved.add(pair.new)
    for group in groups.values():
        moved |= _not_increasing(group)
    swapped = {pair.new for pair in single if partner.get(after[pair.new].number) == before[pair.old].number}
    return moved - swapped


def _singles(pairs: list[Scored]) -> list[Scored]:
    olds, news = Counter(pair.old for pair in pairs), Counter(pair.new for pair in pairs)
    return [pair for pair in pairs if olds[pair.old] == 1 and news[pair.new] == 1]


def _home(clause: Clause) -> object:
    return clause.parent if clause.parent is not None else clause.path


def _stayed(home: object, now: object, seen: Mapping[object, int], partner: Mapping[str, str]) -> bool:
    """A clause stayed when its section went where it went: the parents correspond, or most of the section went there."""
    if isinstance(home, str) and home in partner:
        return partner[home] == now
    return seen[now] == max(seen.values())


def _not_increasing(group: list[Scored]) -> set[int]:
    """New places outside the longest run of clauses in the same order; of two that swapped places the later moved."""
    places = [pair.new for pair in sorted(group)]
    tails: list[int] = []
    at_length: list[int] = []
    for place in places:
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        at_length.append(length)
    kept: set[int] = set()
    want = len(tails) - 1
    limit = None
    for place, length in zip(reversed(places), reversed(at_length), strict=True):
        if length == want and (limit is None or place < limit):
            kept.add(place)
            limit, want = place, want - 1
    return set(places) - kept


def _ordered(found: list[tuple[tuple[int, int], Link]], pairs: list[Scored]) -> tuple[Link, ...]:
    """Document order of the new draft; a removed clause follows the clause its old neighbour before it became."""
    partner: dict[int, int] = {}
    for pair in pairs:
        partner[pair.old] = max(pair.new, partner.get(pair.old, -1))

    def place(entry: tuple[tuple[int, int], Link]) -> tuple[int, int, int]:
        old, new = entry[0]
        if new >= 0:
            return (new, 0, old)
        before = next((partner[at] for at in range(old - 1, -1, -1) if at in partner), -1)
        return (before, 1, old)

    return tuple(link for _, link in sorted(found, key=place))
