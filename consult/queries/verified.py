"""What `consult verify` looks at: whether what is kept for speed equals a recount, and whether the record has no gap."""

from dataclasses import dataclass

from sqlalchemy import func, select

from consult.extensions import db
from consult.models import Comment, Consultation, Event, EventCounter, Round
from consult.queries.counted import miscounted


@dataclass(frozen=True, slots=True)
class Verified:
    """Each empty where all is well. `miscounted`: references of comments beside which something else is kept than a recount gives; `gaps`: scopes
    whose events are not numbered 1 to n; `numbers`: rounds (`<consultation>/<n>`) whose comments are not numbered 1 to the newest. `comments` were recounted,
    `events` looked at.
    """

    comments: int
    events: int
    miscounted: tuple[str, ...]
    gaps: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not (self.miscounted or self.gaps or self.numbers)


def verified() -> Verified:
    """Counts everything again; three statements, each over all rows."""
    scopes = db.session.execute(
        select(EventCounter.scope, EventCounter.last_seq, func.count(Event.id), func.coalesce(func.max(Event.seq), 0))
        .outerjoin(Event, Event.scope == EventCounter.scope)
        .group_by(EventCounter.scope, EventCounter.last_seq)
        .order_by(EventCounter.scope)
    ).all()
    rounds = db.session.execute(
        select(Consultation.slug, Round.number, Round.last_comment, func.count(Comment.id), func.coalesce(func.max(Comment.number), 0))
        .join(Consultation, Consultation.id == Round.consultation_id)
        .outerjoin(Comment, Comment.round_id == Round.id)
        .group_by(Round.id, Consultation.slug, Round.number, Round.last_comment)
        .order_by(Round.id)
    ).all()
    return Verified(
        comments=sum(row[3] for row in rounds),
        events=sum(row[2] for row in scopes),
        miscounted=miscounted(),
        gaps=tuple(scope for scope, last, many, highest in scopes if not last == many == highest),
        numbers=tuple(f"{slug}/{number}" for slug, number, last, many, highest in rounds if not last == many == highest),
    )
