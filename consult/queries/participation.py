"""Who takes part and when: for the pictures of a consultation's page and of the committee."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.sql.elements import ColumnElement

from consult.extensions import db
from consult.models import Comment, Submission

QUARTER = 900
"""Seconds."""


def arrivals(rounds: Collection[int]) -> Mapping[int, tuple[tuple[datetime, int], ...]]:
    """Round id -> (quarter of an hour, comments received in it), all states; one statement. A zone's midnight is always a whole quarter."""
    quarter = _quarter()
    rows = db.session.execute(
        select(Submission.round_id, quarter, func.count(Comment.id))
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Submission.round_id.in_(rounds))
        .group_by(Submission.round_id, quarter)
        .order_by(Submission.round_id, quarter)
    )
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for owner, at, count in rows:
        found[owner].append((datetime.fromtimestamp(at * QUARTER, UTC), count))
    return defaultdict(tuple, {owner: tuple(listed) for owner, listed in found.items()})


def _quarter() -> ColumnElement[int]:
    """Quarters of an hour since 1970."""
    if db.engine.dialect.name == "sqlite":
        return cast(func.strftime("%s", Submission.received_at), Integer) // QUARTER
    return cast(func.floor(func.extract("epoch", Submission.received_at) / QUARTER), Integer)


def countries_of(round_id: int) -> dict[str, int]:
    """Country -> comments received, all states; one statement. Not for showing as it is: see `core.regions.told_regions`."""
    rows = db.session.execute(
        select(Submission.country, func.count(Comment.id))
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Submission.round_id == round_id)
        .group_by(Submission.country)
    )
    return {row[0]: row[1] for row in rows}
