"""What a person should look at in a stored map of clauses: candidates, possible links, contradicted records, clauses without a counterpart."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from consult.core.relink import fingerprint
from consult.extensions import db
from consult.models import (
    ChangeCandidate,
    ChangeClause,
    ChangeRow,
    ChangeSet,
    ChangeSetTrust,
    ClauseRow,
    ClauseText,
    ContradictedLink,
    LinkConfirmation,
    PossibleLink,
    Standard,
    Version,
)

HAND = "hand"
"""The reason of links that a person set; nobody need confirm them."""


@dataclass(frozen=True, slots=True)
class CandidateSeen:
    """A clause of the other version that may correspond, with the probability 0..1."""

    clause: int
    number: str
    score: float


@dataclass(frozen=True, slots=True)
class PossibleSeen:
    """Two clauses that may belong together and are not linked. `kind`: split, merged, or link where neither has a link."""

    kind: str
    old: int
    old_number: str
    new: int
    new_number: str
    score: float


@dataclass(frozen=True, slots=True)
class ContradictedSeen:
    """The clause `new` is recorded as coming from elsewhere (or as new); its text reads like `old` with this probability."""

    new: int
    new_number: str
    old: int
    old_number: str
    score: float
    recorded_score: float


@dataclass(frozen=True, slots=True)
class ChangeReview:
    """What the comparison of two versions left open. Probabilities 0..1; clauses by id, with their numbers.

    `trust_in_numbers`: how far equal numbers can be believed in this pair; `expected_f1`: how good the map may be expected to be;
    `strangers`: the versions hardly belong together. `candidates`: by clause, of either version, without a sure link; most probable first.
    """

    trust_in_numbers: float
    expected_f1: float
    strangers: bool
    candidates: Mapping[int, tuple[CandidateSeen, ...]]
    possibles: tuple[PossibleSeen, ...]
    contradicted: tuple[ContradictedSeen, ...]


def change_review(version: int, baseline: int) -> ChangeReview | None:
    """Of the newest map that the program made from `baseline` to `version` (ids); None where it made none. Five statements."""
    trust = db.session.scalars(
        select(ChangeSetTrust)
        .join(ChangeSet, ChangeSet.id == ChangeSetTrust.change_set_id)
        .where(ChangeSet.version_id == version, ChangeSet.baseline_id == baseline)
        .order_by(ChangeSet.revision.desc())
    ).first()
    if trust is None:
        return None
    made = trust.change_set_id
    candidates = db.session.scalars(
        select(ChangeCandidate).where(ChangeCandidate.change_set_id == made).order_by(ChangeCandidate.clause_id, ChangeCandidate.position)
    ).all()
    possibles = db.session.scalars(select(PossibleLink).where(PossibleLink.change_set_id == made).order_by(PossibleLink.position)).all()
    contradicted = db.session.scalars(
        select(ContradictedLink).where(ContradictedLink.change_set_id == made).order_by(ContradictedLink.id)
    ).all()
    numbers = _numbers(ClauseRow.version_id.in_((version, baseline)))
    lists: dict[int, list[CandidateSeen]] = defaultdict(list)
    for row in candidates:
        lists[row.clause_id].append(CandidateSeen(row.candidate_id, numbers[row.candidate_id], row.score))
    return ChangeReview(
        trust_in_numbers=trust.numbers,
        expected_f1=trust.expected_f1,
        strangers=trust.strangers,
        candidates={clause: tuple(found) for clause, found in lists.items()},
        possibles=tuple(PossibleSeen(p.kind, p.old_id, numbers[p.old_id], p.new_id, numbers[p.new_id], p.score) for p in possibles),
        contradicted=tuple(
            ContradictedSeen(c.new_id, numbers[c.new_id], c.old_id, numbers[c.old_id], c.score, c.recorded_score) for c in contradicted
        ),
    )


def unconfirmed(version: int, baseline: int) -> frozenset[int]:
    """Changes (ids, newest map of the pair) that only the program calls added or removed: pages say "no successor found" and the like.

    A person settles them by a link set by hand, or by confirming for these very texts that there is no counterpart; the newest
    confirmation counts. Four statements.
    """
    newest = select(func.max(ChangeSet.revision)).where(ChangeSet.version_id == version, ChangeSet.baseline_id == baseline)
    rows = db.session.execute(
        select(ChangeRow.id, ChangeRow.kinds, ChangeClause.side, ChangeClause.clause_id)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(ChangeClause, ChangeClause.change_id == ChangeRow.id)
        .where(ChangeSet.version_id == version, ChangeSet.baseline_id == baseline, ChangeSet.revision == newest.scalar_subquery())
        .where(ChangeRow.reason != HAND)
    ).all()
    alone = [row for row in rows if row.kinds in (["added"], ["removed"])]
    named = _named([row.clause_id for row in alone])
    settled = _confirmed(version, baseline)
    return frozenset(row.id for row in alone if (row.side, *named[row.clause_id]) not in settled)


def _numbers(which: ColumnElement[bool]) -> dict[int, str]:
    return {id: number or "" for id, number in db.session.execute(select(ClauseRow.id, ClauseRow.number).where(which))}


def _named(clauses: list[int]) -> dict[int, tuple[str, str]]:
    """Number and fingerprint of the prevailing text, which never changes once published."""
    rows = db.session.execute(
        select(ClauseRow.id, ClauseRow.number, ClauseText.title, ClauseText.text)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.id.in_(clauses), ClauseText.language == Version.prevails, ClauseText.revision == 1)
    )
    return {row.id: (row.number or "", fingerprint(row.title, row.text)) for row in rows}


def _confirmed(version: int, baseline: int) -> set[tuple[str, str, str]]:
    """(side, number, fingerprint) of clauses that a person confirmed to have no counterpart, and did not take back."""
    older = select(Version.name).where(Version.id == baseline).scalar_subquery()
    rows = db.session.scalars(
        select(LinkConfirmation)
        .join(Standard, Standard.slug == LinkConfirmation.standard)
        .join(Version, Version.standard_id == Standard.id)
        .where(Version.id == version, LinkConfirmation.version == Version.name, LinkConfirmation.baseline == older)
        .order_by(LinkConfirmation.id)
    )
    found: dict[tuple[str, str, str], bool] = {}
    for row in rows:
        if (len(row.old), len(row.new)) in ((1, 0), (0, 1)):
            side, (number, sha256) = ("old", row.old[0]) if row.old else ("new", row.new[0])
            found[side, number, sha256] = row.confirmed
    return {key for key, confirmed in found.items() if confirmed}
