"""What the committee reads: a table over all clauses of a round, and what was said on one place. Shown is what the viewer may see."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from consult.core.endorsement import Counts, together
from consult.core.tally import Tally, total
from consult.core.visibility import Viewer
from consult.extensions import db
from consult.models import ClauseText, Comment
from consult.queries.changes import LinkSeen, change_maps
from consult.queries.clause_names import NamedClause, clause_names
from consult.queries.comments import Chosen, CommentSeen, Place, comments_query, is_displayed, may_see, tallies, with_files
from consult.queries.comments import place as place_of
from consult.queries.consultations import DocumentSeen, RoundSeen
from consult.queries.counts import counts_by_place
from consult.queries.details import also_on, further_counts
from consult.queries.standards import ClauseSeen, clauses

PAGE = 50
Sort = Literal["clause", "received", "oppose", "undecided"]
SORTS: tuple[Sort, ...] = ("clause", "received", "oppose", "undecided")
RowKind = Literal["process", "document", "clause", "new", "removed"]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One place that comments stand on. `clause` names it (for `new` the clause after which; None before all), `top` is its principle.

    `links` are its changes against the main baseline; `heading`: a principle, under which others stand.
    """

    place: Place
    kind: RowKind
    standard: str | None
    tally: Tally
    clause: NamedClause | None = None
    top: str | None = None
    heading: bool = False
    links: tuple[LinkSeen, ...] = ()
    also: int = 0
    """Comments that stand elsewhere and apply here besides: told apart, never added to those received."""
    counts: Counts = field(default_factory=Counts)
    decided: int = 0
    """Of its cleared comments, those of which the committee has said what becomes of them."""

    @property
    def undecided(self) -> int:
        return self.tally.states.get("cleared", 0) - self.decided

    @property
    def opposed(self) -> float:
        """Share of opposition among those who took a position; 0 where nobody did."""
        taken = sum(self.tally.positions.values())
        return self.tally.positions.get("oppose", 0) / taken if taken else 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """All places of a round in order: the consultation itself, then each document with its clauses and the clauses it removed."""

    rows: tuple[GridRow, ...]

    @property
    def total(self) -> Tally:
        return total(row.tally for row in self.rows)

    @property
    def counts(self) -> Counts:
        return together(row.counts for row in self.rows)

    @property
    def decided(self) -> int:
        return sum(row.decided for row in self.rows)

    @property
    def silent(self) -> tuple[GridRow, ...]:
        """Changed clauses on which nobody spoke; principles do not count."""
        changed = (row for row in self.rows if row.kind == "clause" and any(link.is_change for link in row.links))
        return tuple(row for row in changed if not row.heading and row.tally.received == 0)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or its stub, with the clause text its author saw (None with a stub and where none was shown)."""

    comment: CommentSeen
    text_seen: str | None
    text_language: str | None
    also: bool = False
    """It stands on another clause, counts there, and applies here besides."""


@dataclass(frozen=True, slots=True)
class SaidPage:
    """`next_after` continues the list, None at its end."""

    rows: tuple[Said, ...]
    next_after: int | None


def grid(*, round: RoundSeen, viewer: Viewer, language: str, now: datetime) -> Grid:
    """Every clause of the round's documents, spoken on or not, and every other place that received a comment: the sum is all received."""
    counted = tallies(round_id=round.id, viewer=viewer, now=now)
    rows = [GridRow("process", "process", None, counted.pop("process"))] if "process" in counted else []
    for document in round.documents:
        rows += _document_rows(document, counted)
    also = further_counts(round_id=round.id)
    rows = [replace(row, also=also.get(row.place, 0)) if isinstance(row.place, int) else row for row in rows]
    rest = clause_names({clause for place in counted if (clause := _clause_of(place)) is not None}, language)
    rows += [_other(place, tally, rest) for place, tally in counted.items()]
    beside = counts_by_place(round_id=round.id, viewer=viewer, now=now)
    decided = decided_by_place(round_id=round.id)
    return Grid(tuple(replace(row, counts=beside.get(row.place, row.counts), decided=decided.get(row.place, 0)) for row in rows))


def decided_by_place(*, round_id: int) -> Mapping[Place, int]:
    """Place -> how many of its cleared comments are decided; one statement."""
    where = (Comment.target, Comment.version_id, Comment.placed_clause_id)
    rows = db.session.execute(
        select(*where, func.count())
        .where(Comment.round_id == round_id, Comment.state == "cleared", Comment.disposition.is_not(None))
        .group_by(*where)
    )
    found: Counter[Place] = Counter()
    for target, version_id, clause_id, count in rows:
        found[place_of(target, version_id, clause_id)] += count
    return found


def arranged(rows: Iterable[GridRow], sort: Sort) -> tuple[GridRow, ...]:
    """In the order of the documents, or the most comments, the most opposition or the most undecided first."""
    if sort == "received":
        return tuple(sorted(rows, key=lambda row: -row.tally.received))
    if sort == "oppose":
        return tuple(sorted(rows, key=lambda row: (-row.opposed, -row.tally.positions.get("oppose", 0), -row.tally.received)))
    if sort == "undecided":
        return tuple(sorted(rows, key=lambda row: -row.undecided))
    return tuple(rows)


def said(*, round_id: int, place: Place, viewer: Viewer, chosen: Chosen | None = None, after: int | None = None, limit: int = PAGE,
         now: datetime) -> SaidPage:  # fmt: skip
    """Comments and stubs on one place in order of receipt; three statements. A filter on what the viewer may not see finds nothing."""
    shown = is_displayed(round_id, now)
    query = (
        comments_query(round_id, viewer, shown, chosen or Chosen())
        .add_columns(ClauseText.text.label("seen_text"))
        .where(or_(_at(place), also_on(place)) if isinstance(place, int) else _at(place))
        .order_by(Comment.number)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(Comment.number > after)
    rows, found = [], db.session.execute(query).all()
    for row, comment in zip(found, with_files(found, viewer, shown), strict=True):
        readable = comment.stub is None
        rows.append(Said(comment, row.seen_text if readable else None, row.seen_language if readable else None, _also(comment, place)))
    return SaidPage(tuple(rows[:limit]), rows[limit - 1].comment.sequence if len(rows) > limit else None)


def _also(comment: CommentSeen, place: Place) -> bool:
    return isinstance(place, int) and (comment.clause_id != place or comment.target == "new")


def positions_by_class(*, round_id: int, place: Place, viewer: Viewer, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Class -> position ("" for none) -> comments the viewer may read; two statements."""
    shown = is_displayed(round_id, now)
    rows = db.session.execute(
        select(Comment.declared_class, Comment.position, func.count())
        .where(Comment.round_id == round_id, _at(place), may_see("text", viewer, shown), may_see("stakeholder_class", viewer, shown))
        .group_by(Comment.declared_class, Comment.position)
    )
    found: dict[str, dict[str, int]] = {}
    for stakeholder_class, position, count in rows:
        found.setdefault(stakeholder_class or "", {})[position or ""] = count
    return found


def _document_rows(document: DocumentSeen, counted: dict[Place, Tally]) -> list[GridRow]:
    """Takes the places of this document out of `counted`."""
    version = document.version
    listed = [clause for clause in clauses(version) if clause.number is not None]
    maps = change_maps(version, [document.baseline] if document.baseline else [])
    links: dict[int, tuple[LinkSeen, ...]] = {}
    removed: list[NamedClause] = []
    for link in maps[document.baseline].links if document.baseline in maps else ():
        for new in link.new:
            links[new.id] = (*links.get(new.id, ()), link)
        if "removed" in link.kinds:
            removed += [
                _named_removed(version.standard, old.id, old.version, old.number, old.label, old.title, old.language) for old in link.old
            ]

    def take(place: Place) -> Tally:
        return counted.pop(place, Tally())

    rows = [GridRow(place, "document", version.standard, take(place)) for place in (f"document:{version.id}",)]
    if f"first:{version.id}" in counted:
        rows.append(GridRow(f"first:{version.id}", "new", version.standard, take(f"first:{version.id}")))
    for clause in listed:
        named = _named(clause, version.standard, version.name, version.id)
        heading = clause.number == clause.top and not clause.leaf
        rows.append(GridRow(clause.id, "clause", version.standard, take(clause.id), named, clause.top, heading, links.get(clause.id, ())))
        if f"new:{clause.id}" in counted:
            rows.append(GridRow(f"new:{clause.id}", "new", version.standard, take(f"new:{clause.id}"), named, clause.top))
    rows += [GridRow(each.id, "removed", version.standard, take(each.id), each) for each in removed]
    return rows


def _named(clause: ClauseSeen, standard: str, version: str, version_id: int) -> NamedClause:
    return NamedClause(clause.id, standard, version, version_id, clause.number or "", clause.label, clause.title, clause.language)


def _named_removed(standard: str, id: int, version: str, number: str, label: str, title: str, language: str) -> NamedClause:
    return NamedClause(id, standard, version, 0, number, label, title, language)


def _other(place: Place, tally: Tally, names: Mapping[int, NamedClause]) -> GridRow:
    """A place outside of the round's documents, such as a clause removed against another baseline."""
    clause = names.get(_clause_of(place) or 0)
    kind: RowKind = (
        "new" if isinstance(place, str) and place.startswith(("new", "first")) else "document" if isinstance(place, str) else "removed"
    )
    return GridRow(place, kind, clause.standard if clause else None, tally, clause)


def _clause_of(place: Place) -> int | None:
    if isinstance(place, int):
        return place
    return int(place.removeprefix("new:")) if place.startswith("new:") else None


def _at(place: Place) -> ColumnElement[bool]:
    """`queries.comments.place` as a condition."""
    placed = Comment.placed_clause_id
    if isinstance(place, int):
        return and_(placed == place, Comment.target != "new")
    if place == "process":
        return and_(placed.is_(None), Comment.version_id.is_(None))
    kind, _, key = place.partition(":")
    if kind == "new":
        return and_(placed == int(key), Comment.target == "new")
    proposed = Comment.target == "new" if kind == "first" else Comment.target != "new"
    return and_(placed.is_(None), Comment.version_id == int(key), proposed)
