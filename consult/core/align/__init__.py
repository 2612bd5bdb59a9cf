"""Links the clauses of two versions: identical ones first, the rest by content, headings and neighbours; numbers count as far as they agree with content."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from consult.core.align.anchors import identical
from consult.core.align.chances import Chances, chances
from consult.core.align.features import Pairs, measure, trust_in_numbers
from consult.core.align.links import Hopes, Scored, links
from consult.core.align.reading import read
from consult.core.align.review import (
    Alignment,
    Candidate,
    Contradiction,
    Possible,
    Shortlists,
    contradictions,
    doubtful,
    possibles,
    shortlists,
)
from consult.core.align.select import STRANGERS, keep
from consult.core.align.vectors import Floats
from consult.core.change import Link
from consult.core.clause import Draft

__all__ = ["STRANGERS", "Alignment", "Candidate", "Contradiction", "Possible", "Shortlists", "align", "candidates", "doubtful", "survey"]

Known = Mapping[str, tuple[str, ...]]


class _Survey(NamedTuple):
    fixed: list[Scored]
    pairs: Pairs
    sure: Floats
    result: Chances


def survey(old: Draft, new: Draft, *, correspondence: Known | None = None) -> Alignment:
    """Links the numbered clauses of two versions, and says how far that can be trusted.

    Links are in document order of the new version and name every number of both; a removed clause follows the clause its neighbour became.
    `correspondence` maps new numbers to old ones ((): added); what it names is taken as recorded and closed to everything else; where the
    content speaks against it, `contradicted` says so. Scores are probabilities: of an added or removed clause, that nothing corresponds to
    it. `unsure` asks a person to look, with the shortlists beside it. Deterministic.
    """
    known = correspondence or {}
    found = _survey(old, new, known)
    kept, expected = _kept(found)
    scored = [*found.fixed, *kept]
    return Alignment(
        links=links(scored, old, new, _hopes(found)),
        shortlists=shortlists(found.pairs, found.result.every, old, new),
        possibles=possibles(found.pairs, found.result, scored, old, new),
        contradicted=_contradicted(old, new, known) if known else (),
        trust=trust_in_numbers(found.pairs),
        expected=expected,
    )


def align(old: Draft, new: Draft, *, correspondence: Known | None = None) -> tuple[Link, ...]:
    """Returns the links of `survey` alone."""
    return survey(old, new, correspondence=correspondence).links


def candidates(old: Draft, new: Draft, *, correspondence: Known | None = None) -> Shortlists:
    """Returns the shortlists of `survey` alone: for each clause the five of the other version that most probably correspond."""
    return survey(old, new, correspondence=correspondence).shortlists


def _survey(old: Draft, new: Draft, correspondence: Known) -> _Survey:
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


def _recorded(old: Draft, new: Draft, correspondence: Known) -> list[Scored]:
    before = {clause.number: at for at, clause in enumerate(old.numbered)}
    after = {clause.number: at for at, clause in enumerate(new.numbered)}
    return [
        Scored(before[source], after[number], 1.0, "recorded")
        for number, sources in sorted(correspondence.items())
        if number in after
        for source in sorted(set(sources))
        if source in before
    ]


def _contradicted(old: Draft, new: Draft, correspondence: Known) -> tuple[Contradiction, ...]:
    """The comparison once more as if nothing were recorded, and what it says otherwise with a strong voice."""
    free = _survey(old, new, {})
    return contradictions(free.pairs, free.result.every, correspondence, old, new)


def _hopes(found: _Survey) -> Hopes:
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for i, j, chance in zip(found.pairs.left.tolist(), found.pairs.right.tolist(), found.result.every.tolist(), strict=True):
        best[0][i] = max(chance, best[0].get(i, 0.0))
        best[1][j] = max(chance, best[1].get(j, 0.0))
    return Hopes(*best)


def _kept(found: _Survey) -> tuple[list[Scored], float]:
    """The pairs kept beside the identical and recorded ones, and the expected F1 of the whole map."""
    result, pairs = found.result, found.pairs
    places = np.concatenate([result.assigned, result.further])
    chance = result.every[places]
    chosen, expected = keep(chance, certain=sum(pair.reason == "recorded" for pair in found.fixed))
    number = pairs.column("number")
    return [
        Scored(int(pairs.left[at]), int(pairs.right[at]), float(chance[k]), "number" if number[at] > 0.5 and chance[k] < 0.9 else "content")
        for k, at in enumerate(places)
        if chosen[k] and not found.sure[at]
    ], expected
