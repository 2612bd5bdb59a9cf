"""What a person needs to judge a map of clauses: candidates, possible further links, recorded links that the text speaks against."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from consult.core.align.chances import Chances
from consult.core.align.features import Pairs
from consult.core.align.links import POSSIBLE, Scored
from consult.core.align.select import FLOOR, STRANGERS
from consult.core.align.vectors import Floats
from consult.core.change import Link
from consult.core.clause import Draft

SHORTLIST = 5
"""Candidates named per clause: among the five best stands the true predecessor in 85 to 98 of 100 cases."""
STRONG = 0.75
"""Another clause contradicts a recorded link when it corresponds with at least this probability, and the recorded one hardly at all."""

PossibleKind = Literal["split", "merged", "link"]


class Candidate(NamedTuple):
    """A clause that may correspond: its number and the probability 0..1 that it does."""

    number: str
    score: float


class Shortlists(NamedTuple):
    """For every old (new) number with candidates: the most probable clauses on the other side, best first."""

    old: dict[str, tuple[Candidate, ...]]
    new: dict[str, tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Possible:
    """A further pair of clauses that was not linked but may well belong together: for a person to confirm, never automatic.

    `split`: a part of the old clause, which has a link, may have become this new one as well; `merged`: the old clause may have gone into this
    new one, which has a link; `link`: neither has one.
    """

    kind: PossibleKind
    old: str
    new: str
    score: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A recorded link that the content speaks against: `new` is recorded as coming from `recorded` ((): added), reads like `old`.

    `score` is the probability of `old` and `recorded_score` the best of the recorded ones, both as if nothing were recorded.
    """

    new: str
    recorded: tuple[str, ...]
    old: str
    score: float
    recorded_score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The map of two versions. `trust` 0..1: how far equal numbers can be believed here. `expected`: the F1 that the probabilities promise."""

    links: tuple[Link, ...]
    shortlists: Shortlists
    possibles: tuple[Possible, ...]
    contradicted: tuple[Contradiction, ...]
    trust: float
    expected: float

    @property
    def strangers(self) -> bool:
        """Whether the two hardly belong together: only links more probably right than wrong were kept."""
        return self.expected < STRANGERS


def shortlists(pairs: Pairs, every: Floats, old: Draft, new: Draft) -> Shortlists:
    """The most probable candidates of each clause, then those most alike; clauses closed by a recorded link have none."""
    before, after = old.numbered, new.numbered
    lists: tuple[dict[str, list[Candidate]], dict[str, list[Candidate]]] = ({}, {})
    for at in np.lexsort((np.arange(len(every)), -pairs.column("alike"), -every)):
        one, two = before[pairs.left[at]].number, after[pairs.right[at]].number
        score = round(float(every[at]), 3)
        for side, own, other in ((lists[0], one, two), (lists[1], two, one)):
            found = side.setdefault(own, [])
            if len(found) < SHORTLIST:
                found.append(Candidate(other, score))
    return Shortlists(*({number: tuple(found) for number, found in sorted(side.items())} for side in lists))


def doubtful(alignment: Alignment) -> dict[str, dict[str, tuple[Candidate, ...]]]:
    """The shortlists, by side, of the clauses without a link or with an unsure one: those a person should look at."""
    looked: dict[str, set[str]] = {"old": set(), "new": set()}
    for link in alignment.links:
        if link.unsure or not link.old or not link.new:
            looked["old"].update(link.old)
            looked["new"].update(link.new)
    lists = {"old": alignment.shortlists.old, "new": alignment.shortlists.new}
    return {side: {number: found for number, found in lists[side].items() if number in looked[side]} for side in lists}


def possibles(pairs: Pairs, result: Chances, kept: Iterable[Scored], old: Draft, new: Draft) -> tuple[Possible, ...]:
    """Pairs with a probability of at least POSSIBLE that were not kept, most probable first; no more than SHORTLIST per clause."""
    linked = {(pair.old, pair.new) for pair in kept}
    with_old, with_new = {i for i, _ in linked}, {j for _, j in linked}
    words = [[len(row) for row in rows.places] for rows in pairs.words]
    before, after = old.numbered, new.numbered
    counted: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    found = []
    for at in np.argsort(-result.every, kind="stable"):
        i, j, score = int(pairs.left[at]), int(pairs.right[at]), float(result.every[at])
        if score < POSSIBLE:
            break
        if (i, j) in linked or counted[0][i] >= SHORTLIST or counted[1][j] >= SHORTLIST:
            continue
        counted[0][i] += 1
        counted[1][j] += 1
        kind = _kind(i in with_old, j in with_new, smaller_new=words[1][j] <= words[0][i])
        found.append(Possible(kind, before[i].number, after[j].number, round(score, 3)))
    return tuple(found)


def _kind(old_linked: bool, new_linked: bool, *, smaller_new: bool) -> PossibleKind:
    """Where both have a link already, the smaller of the two is taken as a part of the larger."""
    if old_linked and (not new_linked or smaller_new):
        return "split"
    return "merged" if new_linked else "link"


def contradictions(
    pairs: Pairs, every: Floats, correspondence: Mapping[str, tuple[str, ...]], old: Draft, new: Draft
) -> tuple[Contradiction, ...]:
    """`every` are the probabilities as if nothing were recorded."""
    olds, news = old.numbered, new.numbered
    numbers = {clause.number for clause in olds}
    best: dict[str, tuple[float, str]] = {}
    recorded: dict[str, float] = {}
    for at in np.argsort(-every, kind="stable"):
        before, after, score = olds[pairs.left[at]].number, news[pairs.right[at]].number, float(every[at])
        if after not in correspondence:
            continue
        if before in correspondence[after]:
            recorded[after] = max(score, recorded.get(after, 0.0))
        else:
            best.setdefault(after, (score, before))
    return tuple(
        Contradiction(
            number,
            tuple(source for source in sources if source in numbers),
            best[number][1],
            round(best[number][0], 3),
            round(recorded.get(number, 0.0), 3),
        )
        for number, sources in sorted(correspondence.items())
        if number in best and best[number][0] >= STRONG and recorded.get(number, 0.0) < FLOOR
    )
