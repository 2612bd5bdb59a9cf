"""Clauses and published comments that hold all the terms of a query; nothing is found by words its reader may not see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, text
from sqlalchemy.orm import aliased

from consult.core.search import Term
from consult.core.visibility import displayed
from consult.extensions import db
from consult.models import (
    ClauseRow,
    ClauseText,
    Comment,
    CommentRevision,
    Consultation,
    Round,
    SearchEntry,
    Standard,
    Submission,
    Version,
)
from consult.queries.comments import may_see

PAGE = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a search; None takes all. `newest`: only the newest version of each standard, and what is under consultation."""

    terms: tuple[Term, ...]
    number: str = ""
    standard: str | None = None
    language: str | None = None
    newest: bool = True


@dataclass(frozen=True, slots=True)
class ClauseFound:
    standard: str
    version: str
    number: str
    label: str
    title: str
    plain: str
    language: str


@dataclass(frozen=True, slots=True)
class CommentFound:
    """`words`: comment, rationale and proposed wording, as the public may read them."""

    consultation: str
    round: int
    reference: str
    words: str
    language: str
    standard: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; `total` of all pages."""

    entries: tuple[Any, ...]
    total: int


def clauses_found(wanted: Wanted, *, language: str, page: int = 1) -> Found:
    """The clause whose number was typed first, then those in the reader's language, those whose title holds a term, then in order of standard and clause; two statements.

    One language of a clause is told: the reader's where it is met there, else the one it is met in.
    """
    if not wanted.terms:
        return Found((), 0)
    query = (
        select(ClauseRow.id, SearchEntry.language)
        .select_from(SearchEntry)
        .join(ClauseRow, ClauseRow.id == SearchEntry.owner_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(SearchEntry.kind == "clause", _meets(wanted.terms))
    )
    if wanted.standard:
        query = query.where(Standard.slug == wanted.standard)
    if wanted.language:
        query = query.where(SearchEntry.language == wanted.language)
    if wanted.newest:
        query = query.where(Version.id.in_(_newest_versions()))
    rank = func.row_number().over(
        partition_by=ClauseRow.id,
        order_by=(SearchEntry.language != language, SearchEntry.language != Version.prevails, SearchEntry.language),
    )
    met = query.add_columns(rank.label("rank")).subquery()
    total = db.session.execute(select(func.count()).select_from(met).where(met.c.rank == 1)).scalar_one()
    newer = aliased(ClauseText)
    last = select(func.max(newer.revision)).where(newer.clause_id == met.c.id, newer.language == met.c.language).scalar_subquery()
    exact = case((ClauseRow.number == wanted.number, 0), else_=1)
    in_title = case((or_(*(func.lower(ClauseText.title).contains(term.text) for term in wanted.terms)), 0), else_=1)
    rows = db.session.execute(
        select(Standard.slug, Version.name, ClauseRow.number, ClauseText.label, ClauseText.title, ClauseText.plain, ClauseText.language)
        .select_from(met)
        .join(ClauseRow, ClauseRow.id == met.c.id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(ClauseText, and_(ClauseText.clause_id == met.c.id, ClauseText.language == met.c.language, ClauseText.revision == last))
        .where(met.c.rank == 1)
        .order_by(exact, ClauseText.language != language, in_title, Standard.slug, Version.position.desc(), ClauseRow.position)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Found(tuple(ClauseFound(row[0], row[1], row[2] or "", *row[3:]) for row in rows), total)


def comments_found(wanted: Wanted, *, now: datetime, page: int = 1) -> Found:
    """Comments the public may read, newest first; three statements."""
    if not wanted.terms:
        return Found((), 0)
    query = (
        select(Comment.id)
        .select_from(SearchEntry)
        .join(Comment, Comment.id == SearchEntry.owner_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .outerjoin(Version, Version.id == Comment.version_id)
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .where(SearchEntry.kind == "comment", _meets(wanted.terms), _readable(now))
    )
    if wanted.standard:
        query = query.where(Standard.slug == wanted.standard)
    if wanted.language:
        query = query.where(Comment.language == wanted.language)
    total = db.session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows: Any = (
        query.with_only_columns(
            Consultation.slug, Round.number, Comment.reference, CommentRevision.text, CommentRevision.rationale, CommentRevision.proposed,
            Comment.language, Standard.slug.label("standard"), ClauseRow.number.label("clause"),
        )
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.number == func.coalesce(Comment.cleared_revision, Comment.newest_revision)))
        .outerjoin(ClauseRow, ClauseRow.id == Comment.clause_id)
        .order_by(Comment.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )  # fmt: skip
    return Found(
        tuple(
            CommentFound(slug, number, reference, "\n".join(each for each in words if each), language, standard, clause)
            for slug, number, reference, *words, language, standard, clause in db.session.execute(rows)
        ),
        total,
    )


def _meets(terms: Sequence[Term]) -> ColumnElement[bool]:
    """All tokens of all terms, by the database's own index."""
    asked = [(token, term.prefix) for term in terms for token in term.tokens]
    if db.engine.dialect.name == "sqlite":
        match = " ".join(f'"{token}"{" *" if prefix else ""}' for token, prefix in asked)
        return SearchEntry.id.in_(text("select rowid from search_index where search_index match :asked").bindparams(asked=match))
    match = " & ".join(f"'{token}'{':*' if prefix else ''}" for token, prefix in asked)
    vector = func.array_to_tsvector(func.string_to_array(SearchEntry.tokens, text("' '")))
    return vector.op("@@")(text("cast(:asked as tsquery)").bindparams(asked=match))


def _newest_versions() -> Select[Any]:
    """The last version of each standard; those under consultation are the last ones."""
    newest = select(Version.standard_id, func.max(Version.position).label("position")).group_by(Version.standard_id).subquery()
    return select(Version.id).join(newest, and_(newest.c.standard_id == Version.standard_id, newest.c.position == Version.position))


def _readable(now: datetime) -> ColumnElement[bool]:
    """What the public may read the text of, round by round as its display rule says."""
    rounds: Collection[Round] = db.session.scalars(select(Round)).all()
    shown = [each.id for each in rounds if displayed(each.display_rule, each.window, now, each.report_at)]  # type: ignore[arg-type]
    return and_(Comment.round_id.in_(shown), may_see("text", "public", True))
