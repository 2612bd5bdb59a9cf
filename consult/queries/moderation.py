"""What moderators read: the queue, one comment with its whole log. Everything here is the secretariat's view; who may have it, the web decides."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.anchor import Anchor, AnchorSeen
from consult.core.comment_details import FurtherClause
from consult.core.group_input import GroupTold, told_of_group
from consult.core.organisation_room import MembersTold
from consult.core.visibility import narrower, seen
from consult.extensions import db
from consult.models import (
    Account,
    ClauseRow,
    Comment,
    CommentRevision,
    Consultation,
    GroupInputRow,
    ModerationStep,
    Party,
    Placement,
    Round,
    Standard,
    Submission,
    Version,
)
from consult.queries.clause_names import NamedClause, clause_names
from consult.queries.details import ANCHOR, anchor_from, anchors_now, further_column, further_from
from consult.queries.group_inputs import group_columns, group_from
from consult.queries.late_links import late_reason
from consult.queries.loads import revised, unanswered
from consult.queries.members_told import members_of

REFERENCE = re.compile(r"\s*([A-Za-z0-9]+-\d+-\d+)\s*")
PAGE = 25
REVISED, UNANSWERED = "revised", "unanswered"
BESIDE = {REVISED: revised, UNANSWERED: unanswered}
"""What may be asked for like a state, and the condition it is."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is wanted; None or "" takes all; the states `revised` and `unanswered` those with a revision that waits, or a question without an answer. `clause` is a key; `words` are sought in the texts and in who wrote them."""

    state: str | None = "pending"
    language: str | None = None
    stakeholder_class: str | None = None
    clause: int | None = None
    standard: str | None = None
    """Slug of the document that the comment stands on now."""
    words: str = ""

    @property
    def reference(self) -> str | None:
        """Where the words are a reference, nothing else counts."""
        found = REFERENCE.fullmatch(self.words)
        return found[1].upper() if found else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One comment of the queue. `clause` is where it stands now; without one it speaks of the document (`version`) or the consultation.

    With `erased` only reference, place, language, state and date are told.
    """

    id: int
    reference: str
    round: int
    target: str
    clause: NamedClause | None
    version: str | None
    language: str
    state: str
    received_at: datetime
    erased: bool
    text: str = ""
    rationale: str = ""
    proposed: str = ""
    type: str | None = None
    position: str | None = None
    stakeholder_class: str | None = None
    country: str | None = None
    capacity: str | None = None
    group: GroupTold | None = None
    name: str | None = None
    organisation: str | None = None
    mail: str | None = None
    confirmation: str | None = None
    choice: str | None = None
    channel: str | None = None
    late: bool = False
    late_reason: str | None = None
    """Why a personal link let it in after closing."""
    anchor: Anchor | None = None
    further: tuple[FurtherClause, ...] = ()
    evidence: tuple[str, ...] = ()
    whole: bool = False
    """The proposed wording is the whole clause text, edited."""
    revision: int = 1
    """The newest, whose words these are."""
    revised: bool = False
    """Its author revised it after it had been decided on: the newest words wait."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue, oldest first; `after` (a reference) continues it, None at its end."""

    rows: tuple[Waiting, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts for the filters: comments by state over all, by language, class, clause (key) and document (slug) within the chosen state."""

    states: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    clauses: Mapping[int, int] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)
    revised: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """`who`: the name of the `account`, both None for the author or the command line (`by`: account, party, operator)."""

    before: str
    after: str
    reason: str | None
    note: str | None
    by: str
    account: int | None
    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Placing:
    """`clause` None: on no clause."""

    clause: NamedClause | None
    by: str
    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenComment:
    """A comment with its log. `text_seen` is the key of the clause text its author saw, `siblings` the other comments of the same hand-in."""

    row: Waiting
    round_id: int
    clause_id: int | None
    author_clause: int | None
    text_seen: int | None
    steps: tuple[Step, ...]
    placings: tuple[Placing, ...]
    siblings: tuple[str, ...]
    anchor: AnchorSeen | None = None
    """The words it is about, held against the newest text."""
    members: MembersTold | None = None


def queue(
    *, consultation: str, wanted: Filter, language: str, after: str | None = None, before: str | None = None, limit: int = PAGE
) -> Queue:
    """Comments in order of receipt from behind `after` (a reference), or the `limit` that come before `before`; at most three statements."""
    query = _rows(consultation, wanted)
    if before is not None:
        query = query.where(Comment.id < _id(before)).order_by(Comment.id.desc())
    else:
        query = query.order_by(Comment.id)
        if after is not None:
            query = query.where(Comment.id > _id(after))
    found = db.session.execute(query.limit(limit + 1)).all()
    names = clause_names({row.clause_id for row in found if row.clause_id is not None}, language)
    rows = [_waiting(row, names) for row in found[:limit]]
    if before is not None:
        rows.reverse()
    return Queue(tuple(rows), rows[-1].reference if before is None and len(found) > limit else None)


def facets(*, consultation: str, wanted: Filter) -> Facets:
    """One statement, whatever is counted."""
    beside = [case((condition(), 1), else_=0) for condition in BESIDE.values()]
    columns = (Comment.state, *beside, Comment.language, Comment.declared_class, Comment.placed_clause_id, Comment.version_id)
    rows = (
        select(
            *(column.label(name) for column, name in zip(columns, ("state", *BESIDE, "language", "cls", "clause", "version"), strict=True))
        )
        .add_columns(func.count().label("n"))
        .select_from(Comment)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation)
        .group_by(*columns)
        .subquery()
        .c
    )
    grouped = (
        select(rows.state, rows[REVISED], rows[UNANSWERED], rows.language, rows.cls, rows.clause, Standard.slug, rows.n)
        .outerjoin(ClauseRow, ClauseRow.id == rows.clause)
        .outerjoin(Version, Version.id == func.coalesce(ClauseRow.version_id, rows.version))
        .outerjoin(Standard, Standard.id == Version.standard_id)
    )
    counted: tuple[Counter[Any], ...] = (Counter(), Counter(), Counter(), Counter(), Counter())
    found = Counter[str]()
    for state, waits, asks, language, stakeholder_class, clause, document, n in db.session.execute(grouped):
        counted[0][state] += n
        chosen = {REVISED: waits, UNANSWERED: asks}
        found.update({name: n for name, true in chosen.items() if true})
        if wanted.state in (None, "", state) or chosen.get(wanted.state or ""):
            for counter, code in zip(counted[1:], (language, stakeholder_class, clause, document), strict=True):
                if code is not None:
                    counter[code] += n
    states, languages, classes, clauses, documents = (dict(counter) for counter in counted)
    return Facets(states, languages, classes, clauses, documents, found[REVISED], found[UNANSWERED])


def open_comment(*, consultation: str, reference: str, language: str) -> OpenComment | None:
    """One comment of a consultation with its log; six statements, seven where it is about some words of the clause. None where the consultation has no such comment."""
    row = db.session.execute(_rows(consultation, Filter(state=None, words=reference))).first()
    if row is None or REFERENCE.fullmatch(reference) is None:
        return None
    steps = db.session.execute(
        select(ModerationStep, Account.name)
        .outerjoin(Account, and_(Account.id == ModerationStep.actor_id, ModerationStep.actor_kind == "account"))
        .where(ModerationStep.comment_id == row.id)
        .order_by(ModerationStep.id)
    ).all()
    placements = db.session.execute(
        select(Placement, Account.name)
        .outerjoin(Account, and_(Account.id == Placement.actor_id, Placement.actor_kind == "account"))
        .where(Placement.comment_id == row.id)
        .order_by(Placement.id)
    ).all()
    siblings = db.session.scalars(
        select(Comment.reference).where(Comment.submission_id == row.submission_id, Comment.id != row.id).order_by(Comment.id)
    ).all()
    keys: list[int | None] = [row.clause_id, *(placement.clause_id for placement, _ in placements)]
    names = clause_names({key for key in keys if key is not None}, language)
    return OpenComment(
        row=_waiting(row, names), round_id=row.round_id, clause_id=row.clause_id, author_clause=row.author_clause, text_seen=row.text_seen,
        steps=tuple(_step(step, name) for step, name in steps),
        placings=tuple(Placing(names.get(p.clause_id or 0), p.actor_kind, name, p.at) for p, name in placements),
        siblings=tuple(siblings), anchor=anchors_now([row.reference]).get(row.reference) if row.anchor_words else None,
        members=members_of([row.id]).get(row.reference),
    )  # fmt: skip


def newest_steps(*, consultation: str, references: Collection[str]) -> dict[str, Step]:
    """Reference -> its newest step, those never moved or of other consultations left out; one statement, none for no references."""
    if not references:
        return {}
    rows = db.session.execute(
        select(Comment.reference, ModerationStep, Account.name)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(ModerationStep, _newest(ModerationStep))
        .outerjoin(Account, and_(Account.id == ModerationStep.actor_id, ModerationStep.actor_kind == "account"))
        .where(Comment.reference.in_(references), Consultation.slug == consultation)
        .order_by(Comment.id)
    )
    return {reference: _step(step, name) for reference, step, name in rows}


def _rows(consultation: str, wanted: Filter) -> Select[Any]:
    parts: tuple[Any, ...] = (
        Comment.id, Comment.reference, Comment.round_id, Comment.submission_id, Comment.target, CommentRevision.type, CommentRevision.position,
        Comment.language, Comment.state, Comment.publication_choice.label("comment_choice"), Comment.clause_id.label("author_clause"),
        Comment.clause_text_id.label("text_seen"), Submission.publication_choice.label("submission_choice"), Submission.received_at,
        Submission.late, late_reason(), Submission.channel, Submission.confirmation, Submission.capacity, Submission.declared_class, Submission.country,
        Party.name, Party.mail, Party.organisation, CommentRevision.text, CommentRevision.rationale, CommentRevision.proposed,
        CommentRevision.evidence, CommentRevision.whole, *ANCHOR, further_column().label("further"),
        Comment.placed_clause_id.label("clause_id"), Round.number.label("round"), Version.name.label("version"), Comment.newest_revision,
        case((revised(), 1), else_=0).label("waits"), *group_columns(),
    )  # fmt: skip
    query = (
        select(*parts)
        .select_from(Comment)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .outerjoin(GroupInputRow, GroupInputRow.submission_id == Submission.id)
        .outerjoin(CommentRevision, _newest(CommentRevision))
        .outerjoin(ClauseRow, ClauseRow.id == Comment.placed_clause_id)
        .outerjoin(Version, Version.id == func.coalesce(ClauseRow.version_id, Comment.version_id))
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .where(Consultation.slug == consultation)
    )
    if wanted.reference:
        return query.where(Comment.reference == wanted.reference)
    for column, code in (
        (Comment.state, None if wanted.state in BESIDE else wanted.state),
        (Comment.language, wanted.language),
        (Submission.declared_class, wanted.stakeholder_class),
        (Comment.placed_clause_id, wanted.clause),
        (Standard.slug, wanted.standard),
    ):
        if code:
            query = query.where(column == code)
    if wanted.state in BESIDE:
        query = query.where(BESIDE[wanted.state]())
    if words := wanted.words.strip():
        said = (
            CommentRevision.text,
            CommentRevision.rationale,
            CommentRevision.proposed,
            CommentRevision.evidence,
            Party.name,
            Party.organisation,
        )
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in said)))
    return query


def _newest(table: Any) -> ColumnElement[bool]:
    """Joins the newest of a comment's rows: revisions, placements and steps only ever grow."""
    other = aliased(table)
    newest = select(func.max(other.id)).where(other.comment_id == Comment.id).correlate(Comment).scalar_subquery()
    return and_(table.comment_id == Comment.id, table.id == newest)


def _step(row: ModerationStep, name: str | None) -> Step:
    account = row.actor_id if row.actor_kind == "account" else None
    return Step(row.before, row.after, row.reason, row.note, row.actor_kind, account, name, row.at)


def _id(reference: str) -> Any:
    return select(Comment.id).where(Comment.reference == reference).scalar_subquery()


def _waiting(row: Any, names: Mapping[int, NamedClause]) -> Waiting:
    choice = narrower(row.submission_choice, row.comment_choice)
    common = (
        row.id, row.reference, row.round, row.target, names.get(row.clause_id), row.version, row.language, row.state, row.received_at,
    )  # fmt: skip
    if not seen("secretariat", row.state, choice).text:
        return Waiting(*common, erased=True)
    return Waiting(
        *common, erased=False, text=row.text or "", rationale=row.rationale or "", proposed=row.proposed or "", type=row.type,
        position=row.position, stakeholder_class=row.declared_class, country=row.country, capacity=row.capacity, name=row.name,
        group=told_of_group(group_from(row), "secretariat", seen("secretariat", row.state, choice)),
        organisation=row.organisation, mail=row.mail, confirmation=row.confirmation, choice=choice, channel=row.channel, late=row.late,
        anchor=anchor_from(row), further=further_from(row.further), whole=bool(row.whole),
        evidence=tuple(row.evidence.split("\n")) if row.evidence else (),
        late_reason=row.late_reason,
        revision=row.newest_revision, revised=bool(row.waits),
    )  # fmt: skip
