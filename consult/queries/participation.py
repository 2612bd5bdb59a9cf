"""Who takes part and when: for the pictures of a consultation's page and of the committee."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.sql.elements import ColumnElement

from consult.extensions import db
from consult.models import Comment, Submission


def arrivals(rounds: Collection[int]) -> Mapping[int, tuple[tuple[datetime, int], ...]]:
    """Round id -> (minute, comments received in it), all states; one statement. A zone's midnight is always a whole minute."""
    minute = _minute()
    rows = db.session.execute(
        select(Submission.round_id, minute, func.count(Comment.id))
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Submission.round_id.in_(rounds))
        .group_by(Submission.round_id, minute)
    )
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for owner, at, count in rows:
        found[owner].append((datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=UTC), count))
    return defaultdict(tuple, {owner: tuple(listed) for owner, listed in found.items()})


def _minute() -> ColumnElement[str]:
    if db.engine.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M", Submission.received_at)
    return func.to_char(func.timezone("UTC", Submission.received_at), "YYYY-MM-DD HH24:MI")


def countries_of(round_id: int) -> dict[str, int]:
    """Country -> comments received, all states; one statement. Not for showing as it is: see `core.regions.told_regions`."""
    rows = db.session.execute(
        select(Submission.country, func.count(Comment.id))
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Submission.round_id == round_id)
        .group_by(Submission.country)
    )
    return {row[0]: row[1] for row in rows}
