"""Links the clauses of two versions: identical ones first, the rest by content, headings and neighbours; numbers count as far as they agree with content."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from consult.core.align.anchors import identical
from consult.core.align.chances import Chances, chances
from consult.core.align.features import Pairs, measure
from consult.core.align.links import Hopes, Scored, links
from consult.core.align.reading import read
from consult.core.align.select import keep
from consult.core.align.vectors import Floats
from consult.core.change import Link
from consult.core.clause import Draft

__all__ = ["Candidate", "Shortlists", "align", "candidates"]


class Candidate(NamedTuple):
    """A clause that may correspond: its number and the probability 0..1 that it does."""

    number: str
    score: float


class Shortlists(NamedTuple):
    """For every old (new) number with candidates: the most probable clauses on the other side, best first."""

    old: dict[str, tuple[Candidate, ...]]
    new: dict[str, tuple[Candidate, ...]]


class _Survey(NamedTuple):
    fixed: list[Scored]
    pairs: Pairs
    sure: Floats
    result: Chances


def align(old: Draft, new: Draft, *, correspondence: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Link, ...]:
    """Returns the links between the numbered clauses of two versions, in document order of the new one.

    Every number of both drafts occurs; a removed clause follows the clause its neighbour became. `correspondence` maps new numbers to
    old ones ((): added); what it names is taken as recorded and closed to everything else. Scores are probabilities: of an added or removed
    clause, that nothing corresponds to it. `unsure` asks a person to look, with `candidates` as the shortlist. Deterministic.
    """
    survey = _survey(old, new, correspondence or {})
    return links([*survey.fixed, *_kept(survey)], old, new, _hopes(survey))


def candidates(old: Draft, new: Draft, *, count: int = 5, correspondence: Mapping[str, tuple[str, ...]] | None = None) -> Shortlists:
    """Returns for each clause the `count` clauses of the other version that most probably correspond: a shortlist where a link is unsure.

    Links kept by `align` are among them; probabilities are the same as the scores there. Clauses closed by `correspondence` have none.
    """
    survey = _survey(old, new, correspondence or {})
    chance = survey.result.every
    lists: tuple[dict[str, list[Candidate]], dict[str, list[Candidate]]] = ({}, {})
    for at in np.argsort(-chance, kind="stable"):
        before, after = old.numbered[survey.pairs.left[at]].number, new.numbered[survey.pairs.right[at]].number
        score = round(float(chance[at]), 3)
        lists[0].setdefault(before, []).append(Candidate(after, score))
        lists[1].setdefault(after, []).append(Candidate(before, score))
    return Shortlists(*({number: tuple(found[:count]) for number, found in sorted(side.items())} for side in lists))


def _survey(old: Draft, new: Draft, correspondence: Mapping[str, tuple[str, ...]]) -> _Survey:
    fixed = _recorded(old, new, correspondence)
    before, after = read(old), read(new)
    closed_old = {pair.old for pair in fixed}
    closed_new = {at for at, clause in enumerate(after.clauses) if clause.number in correspondence}
    same = [pair for pair in identical(before, after) if pair.old not in closed_old and pair.new not in closed_new]
    fixed += [Scored(pair.old, pair.new, 1.0, "identical") for pair in same]
    pairs = measure(before, after, [(pair.old, pair.new) for pair in same], closed_old, closed_new)
    known = set(same)
    sure = np.array([float((int(i), int(j)) in known) for i, j in zip(pairs.left, pairs.right, strict=True)])
    return _Survey(fixed, pairs, sure, chances(pairs, sure, before, after))


def _recorded(old: Draft, new: Draft, correspondence: Mapping[str, tuple[str, ...]]) -> list[Scored]:
    before = {clause.number: at for at, clause in enumerate(old.numbered)}
    after = {clause.number: at for at, clause in enumerate(new.numbered)}
    return [
        Scored(before[source], after[number], 1.0, "recorded")
        for number, sources in sorted(correspondence.items())
        if number in after
        for source in sorted(set(sources))
        if source in before
    ]


def _hopes(survey: _Survey) -> Hopes:
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for i, j, chance in zip(survey.pairs.left.tolist(), survey.pairs.right.tolist(), survey.result.every.tolist(), strict=True):
        best[0][i] = max(chance, best[0].get(i, 0.0))
        best[1][j] = max(chance, best[1].get(j, 0.0))
    return Hopes(*best)


def _kept(survey: _Survey) -> list[Scored]:
    result, pairs = survey.result, survey.pairs
    places = np.concatenate([result.assigned, result.further])
    chance = result.every[places]
    chosen = keep(chance)
    number = pairs.column("number")
    return [
        Scored(int(pairs.left[at]), int(pairs.right[at]), float(chance[k]), "number" if number[at] > 0.5 and chance[k] < 0.9 else "content")
        for k, at in enumerate(places)
        if chosen[k] and not survey.sure[at]
    ]
