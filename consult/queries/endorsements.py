"""Endorsements as a viewer may read them: beside their comment, in exports, on a receipt, in moderation. What is hidden is taken out here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from consult.core.endorsement import Group, endorsement_reference
from consult.core.receipt import EndorsementOnReceipt
from consult.core.visibility import Viewer, narrower, seen
from consult.core.vocabulary import ModerationState
from consult.extensions import db
from consult.models import Comment, CommentRevision, Consultation, Endorsement, EndorsementStep, Party, Round, Submission
from consult.queries.comments import Chosen, CommentSeen, comment_from, comments_query, is_displayed
from consult.queries.counts import repeats
from consult.queries.late_links import late_reason

PAGE = 50
LISTED = 200
"""Endorsements of one comment that a page lists; all of them are in the files."""


@dataclass(frozen=True, slots=True)
class EndorsementSeen:
    """An endorsement as one viewer reads it. With a `stub` only the first six fields are told, and `reason` where it says so.

    `counts`: among the endorsements of its comment (`core.endorsement.Group`). `earlier_words`: the comment was changed after it was endorsed.
    `nuance_reason`: why the nuance alone is withheld. `stub` is one of `core.visibility`, or `comment_hidden`: the comment itself is not shown.
    """

    reference: str
    comment: str
    received_on: date
    state: str
    counts: bool
    earlier_words: bool
    stub: str | None = None
    reason: str | None = None
    stakeholder_class: str | None = None
    country: str | None = None
    capacity: str | None = None
    name: str | None = None
    organisation: str | None = None
    nuance: str | None = None
    language: str | None = None
    nuance_reason: str | None = None
    choice: str | None = None
    late: bool | None = None
    late_reason: str | None = None
    """Why a personal link let it in after closing; not for the public."""
    channel: str | None = None
    received_at: datetime | None = None
    mail: str | None = None
    confirmation: str | None = None
    key: int | None = None
    """Of the row, for moderation."""


@dataclass(frozen=True, slots=True)
class EndorsementQueue:
    """A page of endorsements for moderation, oldest first. `after` (a key) continues it; `waiting` counts all that nobody has looked at."""

    rows: tuple[EndorsementSeen, ...]
    after: int | None
    waiting: int


def published_comment(*, round_id: int, reference: str, now: datetime) -> CommentSeen | None:
    """A comment of the round or its stub, as the public reads it; None where there is none. Two statements."""
    shown = is_displayed(round_id, now)
    row = db.session.execute(comments_query(round_id, "public", shown, Chosen()).where(Comment.reference == reference)).first()
    return comment_from(row, "public", shown) if row else None


def endorsements_of(*, round_id: int, comment: str, viewer: Viewer, now: datetime, limit: int = LISTED) -> tuple[EndorsementSeen, ...]:
    """Endorsements of a comment in order of receipt, stubs among them; two statements."""
    shown = is_displayed(round_id, now)
    rows = db.session.execute(endorsement_rows().where(Comment.reference == comment).order_by(Endorsement.number).limit(limit))
    return tuple(endorsement_from(row, viewer, shown) for row in rows)


def endorsements_by_comment(
    *, round_id: int, comments: Collection[str], viewer: Viewer, now: datetime, limit: int = LISTED
) -> Mapping[str, tuple[EndorsementSeen, ...]]:
    """Reference -> the first endorsements of that comment, those of none left out; two statements, none for no comments."""
    if not comments:
        return {}
    shown = is_displayed(round_id, now)
    rows = db.session.execute(
        endorsement_rows().where(Comment.reference.in_(comments), Endorsement.number <= limit).order_by(Endorsement.number)
    )
    found: dict[str, tuple[EndorsementSeen, ...]] = {}
    for row in rows:
        found[row.comment] = (*found.get(row.comment, ()), endorsement_from(row, viewer, shown))
    return found


def endorsement_on_receipt(*, submission: str) -> EndorsementOnReceipt | None:
    """The endorsement that a hand-in made; None where it made none. One statement. Whoever asks must have shown the right to see it."""
    return _own(Submission.reference == submission)


def endorsement_by_key(*, key: int) -> EndorsementOnReceipt | None:
    """The endorsement of that key, for the mail to its sender; one statement."""
    return _own(Endorsement.id == key)


def endorsement_queue(
    *, consultation: str, state: str | None, comment: str | None = None, after: int = 0, limit: int = PAGE
) -> EndorsementQueue:
    """Endorsements in a state (None: all), of one comment where it is named; two statements."""
    within = endorsement_rows().where(Consultation.slug == consultation)
    query = within.where(Endorsement.id > after).order_by(Endorsement.id).limit(limit + 1)
    if state is not None:
        query = query.where(Endorsement.state == state)
    if comment is not None:
        query = query.where(Comment.reference == comment)
    rows = tuple(endorsement_from(row, "secretariat", True) for row in db.session.execute(query))
    return EndorsementQueue(rows[:limit], rows[limit - 1].key if len(rows) > limit else None, waiting(consultation=consultation))


def waiting(*, consultation: str) -> int:
    """Endorsements of a consultation that nobody has looked at; one statement."""
    return db.session.scalars(
        select(func.count(Endorsement.id))
        .join(Comment, Comment.id == Endorsement.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Endorsement.state == "pending")
    ).one()


def endorsement_rows() -> Select[Any]:
    """Endorsements with all that an EndorsementSeen is made of."""
    newest = aliased(EndorsementStep)
    step = select(func.max(newest.id)).where(newest.endorsement_id == Endorsement.id).correlate(Endorsement).scalar_subquery()
    parts: tuple[Any, ...] = (
            Endorsement.id, Endorsement.number, Endorsement.nuance, Endorsement.language, Endorsement.state, Endorsement.nuance_reason,
            Comment.reference.label("comment"), Comment.state.label("comment_state"), Comment.publication_choice.label("comment_choice"),
            Comment.number.label("comment_number"), Comment.cleared_revision, CommentRevision.number.label("revision"),
            _author.publication_choice.label("author_choice"), Submission.publication_choice, Submission.received_at, Submission.late, late_reason(),
            Submission.channel, Submission.confirmation, Submission.capacity, Submission.declared_class, Submission.country,
            Party.name, Party.mail, Party.organisation, EndorsementStep.reason, repeats().label("again"),
    )  # fmt: skip
    return (
        select(*parts)
        .select_from(Endorsement)
        .join(Comment, Comment.id == Endorsement.comment_id)
        .join(CommentRevision, CommentRevision.id == Endorsement.revision_id)
        .join(_author, _author.id == Comment.submission_id)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .outerjoin(EndorsementStep, EndorsementStep.id == step)
    )


_author = aliased(Submission)


def endorsement_from(row: Any, viewer: Viewer, shown: bool) -> EndorsementSeen:
    """A row of `endorsement_rows` with everything taken out that the viewer may not see."""
    disowned = row.confirmation == "disowned"
    state: ModerationState = "withheld" if disowned and row.state not in ("withdrawn", "erased") else row.state
    allowed = seen(viewer, state, row.publication_choice, shown)
    stub: str | None = allowed.stub
    hidden = seen(viewer, row.comment_state, narrower(row.author_choice, row.comment_choice), shown).stub is not None
    if stub is None and hidden and viewer != "secretariat":
        stub = "comment_hidden"
    told: dict[str, Any] = {"reason": "disowned" if disowned else row.reason} if allowed.reason and state == "withheld" else {}
    if stub is None:
        told |= {"nuance": row.nuance, "language": row.language, "nuance_reason": row.nuance_reason, "choice": row.publication_choice}
        told |= {"late": row.late, "channel": row.channel, "late_reason": row.late_reason if viewer != "public" else None}
        if row.nuance_reason and viewer != "secretariat":
            told |= {"nuance": None, "language": None}
        if allowed.stakeholder_class:
            told["stakeholder_class"] = row.declared_class
        if allowed.country:
            told |= {"country": row.country, "capacity": row.capacity}
        told |= {"name": row.name} if allowed.name else {}
        told |= {"organisation": row.organisation} if allowed.organisation else {}
        told |= {"mail": row.mail, "confirmation": row.confirmation} if allowed.mail else {}
    if viewer == "secretariat":
        told |= {"received_at": row.received_at, "key": row.id}
    return EndorsementSeen(
        endorsement_reference(row.comment, row.number), row.comment, row.received_at.date(), state,
        Group(row.state, 1, disowned, bool(row.again)).counts, bool(row.cleared_revision and row.cleared_revision > row.revision), stub, **told,
    )  # fmt: skip


def _own(which: Any) -> EndorsementOnReceipt | None:
    query = endorsement_rows().add_columns(
        Comment.round_id, Comment.language.label("comment_language"), CommentRevision.text, CommentRevision.proposed, Consultation.slug,
        Round.number.label("round"), Submission.reference.label("submission"), Submission.language.label("pages"),
    )  # fmt: skip
    row = db.session.execute(query.where(which)).first()
    if row is None:
        return None
    public = seen("public", row.comment_state, narrower(row.author_choice, row.comment_choice))
    return EndorsementOnReceipt(
        endorsement_reference(row.comment, row.number), row.comment, row.slug, row.round, row.state, row.reason if row.state == "withheld" else None,
        row.nuance, row.language, row.nuance_reason, row.text if public.text else None, row.proposed if public.text else None,
        row.comment_language, public.stub, bool(row.cleared_revision and row.cleared_revision > row.revision), row.submission, row.mail, row.pages,
    )  # fmt: skip
