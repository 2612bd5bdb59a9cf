"""Published comments that say what somebody is about to say on the same place: offered to be endorsed instead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from consult.core.alike import Candidate, gist, offered
from consult.core.submission import CommentTarget
from consult.extensions import db
from consult.models import ClauseRow, Comment, CommentLikeness
from consult.queries.comments import Chosen, CommentSeen, comment_from, comments_query, is_displayed, may_see

MOST_COMPARED = 300
"""Published comments of a place that a text is compared with, the newest first."""
MOST_TIMES = 10
OFFERED = 3
Spot = tuple[str, str | None, str | None, str | None]
"""What a comment speaks of: target, standard, number, baseline (for a removed clause)."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody is about to say, and where."""

    key: str
    target: CommentTarget
    text: str | None
    proposed: str | None = None
    rationale: str | None = None

    @property
    def spot(self) -> Spot:
        return spot(self.target)


def spot(target: CommentTarget) -> Spot:
    return target.kind, target.standard, target.number or None, target.baseline


def said_already(*, round_id: int, sayings: Sequence[Saying], now: datetime) -> Mapping[str, tuple[CommentSeen, ...]]:
    """Key of a saying -> published comments on the same place that say it, the likest first; sayings of which there are none are left out.

    Two statements, however many sayings. Of comments that repeat each other the first is offered.
    """
    asked = [each for each in sayings if gist(each.text, each.proposed, each.rationale).says_something]
    if not asked:
        return {}
    by_spot = _published(round_id, asked, now)
    found = {}
    for each in asked:
        rows = by_spot.get(each.spot, ())
        candidates = [Candidate(row.sequence, gist(row.text, row.proposed, row.rationale)) for row in rows]
        matches = offered(gist(each.text, each.proposed, each.rationale), candidates, most=OFFERED)
        if matches:
            of = {row.sequence: row for row in rows}
            found[each.key] = tuple(of[match.key] for match in matches)
    return found


def _published(round_id: int, asked: Sequence[Saying], now: datetime) -> Mapping[Spot, list[CommentSeen]]:
    """Comments the public reads on the places asked for, by the place their author gave them."""
    shown = is_displayed(round_id, now)
    targets = {each.target.kind for each in asked}
    clauses = select(ClauseRow.id).where(ClauseRow.number.in_({each.target.number for each in asked if each.target.number}))
    whole = [each for each in asked if not each.target.number]
    wanted = [Comment.clause_id.in_(clauses)] + ([Comment.clause_id.is_(None)] if whole else [])
    query = (
        comments_query(round_id, "public", shown, Chosen())
        .outerjoin(CommentLikeness, CommentLikeness.comment_id == Comment.id)
        .add_columns(func.coalesce(CommentLikeness.head_id, Comment.id).label("group"))
        .where(Comment.target.in_(targets), or_(*wanted), may_see("text", "public", shown))
        .order_by(Comment.number.desc())
        .limit(MOST_COMPARED * min(len(asked), MOST_TIMES))
    )
    first = {row.group: row for row in db.session.execute(query)}  # of each group the earliest that is published
    found: dict[Spot, list[CommentSeen]] = defaultdict(list)
    for row in sorted(first.values(), key=lambda row: row.sequence):
        comment = comment_from(row, "public", shown)
        baseline = comment.version if comment.target == "removed" else None
        found[(comment.target, comment.standard, comment.number, baseline)].append(comment)
    return found
