"""Pairs of published versions whose links the office looks after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from consult.extensions import db
from consult.models import ChangeRow, ChangeSet, Standard, Version


@dataclass(frozen=True, slots=True)
class PairListed:
    """The newest revision of a change set; `unsure` of its links ask for a look."""

    standard: str
    version: str
    baseline: str
    revision: int
    made_at: datetime
    links: int
    unsure: int


def pairs() -> tuple[PairListed, ...]:
    """The newest version first; one statement."""
    baseline = aliased(Version)
    newest = select(func.max(ChangeSet.id)).group_by(ChangeSet.version_id, ChangeSet.baseline_id).scalar_subquery()
    unsure = func.count(ChangeRow.id).filter(ChangeRow.unsure)
    rows = db.session.execute(
        select(Standard.slug, Version.name, baseline.name, ChangeSet.revision, ChangeSet.made_at, func.count(ChangeRow.id), unsure)
        .join(Version, Version.id == ChangeSet.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(baseline, baseline.id == ChangeSet.baseline_id)
        .outerjoin(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .where(ChangeSet.id.in_(newest))
        .group_by(
            ChangeSet.id, Standard.slug, Version.name, Version.position, baseline.name, ChangeSet.revision, ChangeSet.made_at,
            ChangeSet.position,
        )
        .order_by(Standard.slug, Version.position.desc(), ChangeSet.position)
    )  # fmt: skip
    return tuple(PairListed(*row) for row in rows)
