"""What changes mean, as stored: the newest row of each counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consult.core.meaning import Sign
from consult.extensions import db
from consult.models import ChangeMeaning, ChangeRow, ChangeSet, Standard, Version


@dataclass(frozen=True, slots=True)
class MeaningSeen:
    """`row` is what a form carries as seen. `suggested`: the labels the program had suggested; `confirmed`: a person decided."""

    row: int
    labels: tuple[str, ...]
    signs: tuple[Sign, ...]
    confirmed: bool
    suggested: tuple[str, ...]
    note: str | None
    at: datetime


def meanings(changes: Any) -> Mapping[int, MeaningSeen]:
    """Change id -> what it means; `changes` are ids or a select of them; one statement."""
    rows = db.session.scalars(select(ChangeMeaning).where(ChangeMeaning.change_id.in_(changes)).order_by(ChangeMeaning.id))
    first: dict[int, tuple[str, ...]] = {}
    found = {}
    for row in rows:
        suggested = first.setdefault(row.change_id, tuple(row.labels))
        found[row.change_id] = MeaningSeen(
            row.id, tuple(row.labels), tuple(_signs(row.signs)), row.state == "confirmed", suggested, row.note, row.at
        )
    return found


def _signs(stored: Iterable[Any]) -> Iterable[Sign]:
    return (Sign(*each) for each in stored)


@dataclass(frozen=True, slots=True)
class Review:
    """One map of changes: how many of its changes were labelled, and how many of these labels a person confirmed."""

    standard: str
    version: str
    baseline: str
    labelled: int
    confirmed: int


def reviews() -> tuple[Review, ...]:
    """All maps that count (their newest revision), newest version first within a standard; one statement."""
    baseline = Version.__table__.alias("baseline")
    newest = select(func.max(ChangeMeaning.id)).where(ChangeMeaning.change_id == ChangeRow.id).correlate(ChangeRow).scalar_subquery()
    rows = db.session.execute(
        select(Standard.slug, Version.name, baseline.c.name, ChangeSet.revision, ChangeMeaning.state, func.count())
        .select_from(ChangeSet)
        .join(Version, Version.id == ChangeSet.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(baseline, baseline.c.id == ChangeSet.baseline_id)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .join(ChangeMeaning, ChangeMeaning.id == newest)
        .group_by(
            Standard.slug, Version.position, Version.name, ChangeSet.position, baseline.c.name, ChangeSet.revision, ChangeMeaning.state
        )
        .order_by(Standard.slug, Version.position.desc(), ChangeSet.position, ChangeSet.revision)
    )
    counts: dict[tuple[str, str, str], tuple[int, dict[str, int]]] = {}
    for standard, version, name, revision, state, count in rows:
        key = (standard, version, name)
        if key not in counts or counts[key][0] != revision:
            counts[key] = (revision, {})
        counts[key][1][state] = count
    return tuple(Review(*key, sum(states.values()), states.get("confirmed", 0)) for key, (_, states) in counts.items())
