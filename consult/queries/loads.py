"""What waits for the people of the secretariat: in each consultation, and in the office for a second person."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.received_file import CONFIRM_WITHIN
from consult.core.revision import SHOWN_ON
from consult.extensions import db
from consult.models import (
    AnswerSheet,
    BasketComment,
    ClauseRow,
    ClauseText,
    Comment,
    Consultation,
    CorrectionRequest,
    Endorsement,
    FileReading,
    OfficeDraft,
    PublicationRequest,
    ReceivedFile,
    ReceivedRow,
    Reply,
    Round,
    Standard,
    Submission,
    Version,
)
from consult.queries.late_links import LateLinkSeen, late_links
from consult.queries.office_drafts import DraftSeen, open_draft

ASKING = ("pending", "cleared", "held")
"""States of a comment whose question is still to be answered."""


@dataclass(frozen=True, slots=True)
class Load:
    """What waits in a consultation: comments (and since when), revisions of comments that are shown, questions without an answer,
    endorsements, submissions of answers only, files that nobody could read or whose rows are ours to place.
    """

    pending: int = 0
    held: int = 0
    oldest: datetime | None = None
    revised: int = 0
    unanswered: int = 0
    endorsements: int = 0
    answers: int = 0
    files: int = 0

    @property
    def quiet(self) -> bool:
        return not (self.pending or self.revised or self.unanswered or self.endorsements or self.answers or self.files)


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """A correction of a clause's translation that waits."""

    standard: str
    version: str
    language: str
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """What one person asked for and another confirms."""

    drafts: tuple[DraftSeen, ...] = ()
    corrections: tuple[CorrectionAsked, ...] = ()
    links: tuple[LateLinkSeen, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drafts or self.corrections or self.links)


def loads(now: datetime) -> dict[str, Load]:
    """Consultation slug -> what waits there; four statements."""
    found: dict[str, Load] = {}
    for slug, pending, held, oldest, revised, unanswered in db.session.execute(_comments()):
        found[slug] = Load(pending, held, oldest, revised, unanswered)
    for name, counted in (("endorsements", _endorsements()), ("answers", _answers()), ("files", _files(now))):
        for slug, count in db.session.execute(counted):
            found[slug] = replace(found.get(slug, Load()), **{name: count})
    return {slug: load for slug, load in found.items() if load != Load()}


def second_person(*, account: int, language: str, now: datetime) -> SecondPerson:
    """What this account did not ask for itself. Statements grow with the drafts that somebody asked to publish, not with anything else."""
    asked = db.session.execute(
        select(OfficeDraft.standard, OfficeDraft.version)
        .where(exists().where(PublicationRequest.draft_id == OfficeDraft.id))
        .order_by(OfficeDraft.id)
    ).all()
    drafts = [draft for standard, version in asked if (draft := open_draft(standard, version)) and not draft.published]
    return SecondPerson(
        tuple(each for each in drafts if each.request and each.request.valid and each.request.account != account),
        tuple(CorrectionAsked(*row) for row in db.session.execute(_corrections(account))),
        tuple(each for each in late_links(language, now) if each.state == "asked" and each.issuer != account),
    )


def unanswered() -> ColumnElement[bool]:
    """As a condition on Comment: it asks, still stands, and no language has an answer."""
    return and_(
        Comment.position == "question",
        Comment.state.in_(ASKING),
        ~exists().where(Reply.comment_id == Comment.id, Reply.text != "", Reply.number == _newest_reply()).correlate(Comment),
    )


def revised() -> ColumnElement[bool]:
    """`core.revision.waits` as a condition on Comment."""
    return and_(Comment.state.in_(SHOWN_ON), Comment.newest_revision > Comment.judged_revision)


def _comments() -> Select[*tuple[Any, ...]]:
    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    pending = Comment.state == "pending"
    return (
        select(
            Consultation.slug, count(pending), count(Comment.state == "held"), func.min(case((pending, Submission.received_at))),
            count(revised()), count(unanswered()),
        )
        .join(Round, Round.consultation_id == Consultation.id)
        .join(Comment, Comment.round_id == Round.id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(or_(Comment.state.in_(("pending", "held")), Comment.newest_revision > Comment.judged_revision, Comment.position == "question"))
        .group_by(Consultation.slug)
    )  # fmt: skip


def _endorsements() -> Select[*tuple[Any, ...]]:
    return (
        select(Consultation.slug, func.count(Endorsement.id))
        .join(Round, Round.consultation_id == Consultation.id)
        .join(Comment, Comment.round_id == Round.id)
        .join(Endorsement, Endorsement.comment_id == Comment.id)
        .where(Endorsement.state == "pending")
        .group_by(Consultation.slug)
    )


def _answers() -> Select[*tuple[Any, ...]]:
    return (
        select(Consultation.slug, func.count(AnswerSheet.id))
        .join(Round, Round.consultation_id == Consultation.id)
        .join(AnswerSheet, AnswerSheet.round_id == Round.id)
        .where(AnswerSheet.state == "pending")
        .group_by(Consultation.slug)
    )


def _files(now: datetime) -> Select[*tuple[Any, ...]]:
    """Files as `moderating.files` calls them ours: to be typed in, or with rows that their sender can decide about no more."""
    left = (
        exists()
        .where(ReceivedRow.file_id == ReceivedFile.id, ReceivedRow.state.in_(("waiting", "taken")), ReceivedRow.comment_id.is_(None))
        .where(~exists().where(BasketComment.id == ReceivedRow.draft_id, BasketComment.comment_id.is_not(None)).correlate(ReceivedRow))
        .correlate(ReceivedFile)
    )
    ours = or_(ReceivedFile.owner_kind == "account", and_(Round.closes_at <= now, ReceivedFile.arrived_at <= now - CONFIRM_WITHIN))
    return (
        select(Consultation.slug, func.count(ReceivedFile.id))
        .join(Round, Round.consultation_id == Consultation.id)
        .join(ReceivedFile, ReceivedFile.round_id == Round.id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(or_(FileReading.state == "unreadable", and_(FileReading.state == "read", ours, left)))
        .group_by(Consultation.slug)
    )


def _corrections(account: int) -> Select[*tuple[Any, ...]]:
    """The newest request of each clause and language, while the text is the one it was made for."""
    later, text = aliased(CorrectionRequest), aliased(ClauseText)
    return (
        select(Standard.slug, Version.name, CorrectionRequest.language, ClauseRow.number, ClauseText.label)
        .select_from(CorrectionRequest)
        .join(ClauseRow, ClauseRow.id == CorrectionRequest.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(ClauseText, and_(ClauseText.clause_id == ClauseRow.id, ClauseText.language == CorrectionRequest.language))
        .where(ClauseText.sha256 == CorrectionRequest.seen_sha256, CorrectionRequest.actor_id.is_distinct_from(account))
        .where(
            ~exists().where(
                text.clause_id == ClauseText.clause_id, text.language == ClauseText.language, text.revision > ClauseText.revision
            )
        )
        .where(
            ~exists().where(
                later.clause_id == CorrectionRequest.clause_id,
                later.language == CorrectionRequest.language,
                later.id > CorrectionRequest.id,
            )
        )
        .order_by(CorrectionRequest.id)
    )


def _newest_reply() -> Any:
    other = aliased(Reply)
    newest = select(func.max(other.number)).where(other.comment_id == Reply.comment_id, other.language == Reply.language)
    return newest.correlate(Reply).scalar_subquery()
