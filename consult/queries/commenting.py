"""What a comment form needs: its round with the window, and the very clause text it is opened for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.change import Spans
from consult.core.comment_details import Ground
from consult.core.submission import CommentTarget
from consult.core.window import Window
from consult.extensions import db
from consult.models import (
    ChangeClause,
    ChangeRow,
    ChangeSet,
    ChangeText,
    ClauseRow,
    ClauseText,
    Consultation,
    Round,
    RoundDocument,
    Standard,
    Version,
    VersionText,
)
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class RoundForComments:
    """A round as its forms show it. `title` of the consultation; `cancelled`: the round or its consultation is."""

    id: int
    consultation: str
    title: Wording
    number: int
    window: Window
    display_rule: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target stands: the version under consultation, and the clause (of it, or of a baseline for a removed one)."""

    version: int | None = None
    clause: int | None = None


@dataclass(frozen=True, slots=True)
class ShownText:
    """The text of a clause as shown, with its key. `language` may differ from the page's where a text is missing in it."""

    id: int
    language: str
    label: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Redline:
    """What changed in a clause against the main baseline: spans of title and text, and the numbers of its predecessors."""

    baseline: str
    old: tuple[str, ...]
    title: Spans
    text: Spans
    bounded: bool


@dataclass(frozen=True, slots=True)
class FormSubject:
    """What a form is about. `standard` is its title, `version_name` that of the draft, or of the baseline that holds a removed clause.

    `ground`: what the details of the comment are read against.
    """

    target: CommentTarget
    standard: Wording | None = None
    version_name: str | None = None
    shown: ShownText | None = None
    redline: Redline | None = None
    ground: Ground = field(default_factory=Ground)


def round_for_comments(*, consultation: str, number: int, language: str) -> RoundForComments | None:
    row = db.session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
    ).first()
    if row is None:
        return None
    found, of = row
    title = staff_texts([("consultation", of.id)], language).get(("consultation", of.id, "title"), Wording(of.slug, language))
    cancelled = found.state != "planned" or of.state != "active"
    return RoundForComments(found.id, of.slug, title, found.number, found.window, found.display_rule, cancelled)


def place_of(*, round_id: int, target: CommentTarget) -> Place | None:
    """The rows a target means in a round; None where the round has no such document or clause, or the removed clause was not removed."""
    if target.kind == "process":
        return Place()
    version = db.session.scalar(
        select(RoundDocument.version_id)
        .join(Standard, Standard.id == RoundDocument.standard_id)
        .where(RoundDocument.round_id == round_id, Standard.slug == target.standard)
    )
    if version is None:
        return None
    if target.kind == "document" or (target.kind == "new" and not target.number):
        return Place(version)
    clause = _removed_clause(version, target) if target.kind == "removed" else _clause(version, target.number)
    return None if clause is None else Place(version, clause)


def clause_ids(*, version: int, numbers: Collection[str]) -> dict[str, int]:
    """Those clauses of a version that have these numbers."""
    rows = db.session.execute(select(ClauseRow.number, ClauseRow.id).where(ClauseRow.version_id == version, ClauseRow.number.in_(numbers)))
    return {number: id for number, id in rows if number is not None}


def clause_numbers(*, versions: Collection[int]) -> dict[int, dict[str, str]]:
    """Version -> number in addresses -> as printed, in document order; one statement."""
    rows = db.session.execute(
        select(ClauseRow.version_id, ClauseRow.number, func.min(ClauseText.label))
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .join(Version, Version.id == ClauseRow.version_id)
        .where(ClauseRow.version_id.in_(versions), ClauseRow.number.is_not(None), ClauseText.language == Version.prevails)
        .group_by(ClauseRow.version_id, ClauseRow.number, ClauseRow.position)
        .order_by(ClauseRow.version_id, ClauseRow.position)
    )
    found: dict[int, dict[str, str]] = {version: {} for version in versions}
    for version, number, label in rows:
        found[version][number or ""] = label
    return found


def ground_of(*, version: int | None, source: str | None, target: CommentTarget) -> Ground:
    """What the details of a comment on a target are read against; one statement."""
    numbers = clause_numbers(versions=[version])[version] if version is not None else {}
    return Ground.of(target, source, numbers)


def ground_in_round(*, round_name: str, target: CommentTarget, language: str) -> Ground:
    """The same for a round by its name (`<consultation>/<n>`) and a reader of `language`; an empty one where the round has no such target."""
    consultation, _, number = round_name.partition("/")
    round_ = round_for_comments(consultation=consultation, number=int(number), language=language)
    subject = form_subject(round_id=round_.id, target=target, language=language) if round_ else None
    return subject.ground if subject else Ground()


def shown_text(*, clause: int, language: str, text: int | None = None) -> ShownText | None:
    """The newest text of a clause in a language, else in the prevailing one, else in any; or the very one with the key `text`."""
    statement = (
        select(ClauseText)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .where(ClauseText.clause_id == clause)
        .order_by(ClauseText.language != language, ClauseText.language != Version.prevails, ClauseText.revision.desc())
    )
    row = db.session.scalar((statement if text is None else statement.where(ClauseText.id == text)).limit(1))
    return ShownText(row.id, row.language, row.label, row.title, row.text) if row else None


def form_subject(*, round_id: int, target: CommentTarget, language: str) -> FormSubject | None:
    """What the form for `target` shows on a page in `language`; None where there is no such thing in the round."""
    place = place_of(round_id=round_id, target=target)
    if place is None:
        return None
    if place.version is None:
        return FormSubject(target)
    title = standard_title(place.version, language)
    name = db.session.scalars(select(Version.name).where(Version.id == place.version)).one()
    shown = None if place.clause is None else shown_text(clause=place.clause, language=language, text=target.clause_text)
    if place.clause is not None and shown is None:
        return None
    redline = _redline(round_id, place, shown.language) if shown and target.kind == "clause" and place.clause else None
    seen = CommentTarget(target.kind, target.standard, target.number, target.baseline, shown.id if shown else None)
    version_name = target.baseline if target.kind == "removed" else name
    ground = ground_of(version=place.version, source=shown.text if shown else None, target=seen)
    return FormSubject(seen, title, version_name, shown, redline, ground)


def _clause(version: int, number: str | None) -> int | None:
    return db.session.scalar(select(ClauseRow.id).where(ClauseRow.version_id == version, ClauseRow.number == number))


def _removed_clause(version: int, target: CommentTarget) -> int | None:
    """A clause of a baseline that the draft removed or merged into another, by the newest change set of the two: its number is gone."""
    rows = db.session.execute(
        select(ClauseRow.id, ChangeRow.kinds)
        .join(ChangeClause, _side(ClauseRow, "old"))
        .join(ChangeRow, ChangeRow.id == ChangeClause.change_id)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(Version, Version.id == ChangeSet.baseline_id)
        .where(ChangeSet.version_id == version, Version.name == target.baseline, ClauseRow.version_id == Version.id)
        .where(ClauseRow.number == target.number)
        .order_by(ChangeSet.revision.desc())
    ).first()
    return rows.id if rows is not None and {"removed", "merged"} & set(rows.kinds) else None


def _side(clause: type[ClauseRow], side: Literal["old", "new"]) -> ColumnElement[bool]:
    return and_(ChangeClause.clause_id == clause.id, ChangeClause.side == side)


def standard_title(version: int, language: str) -> Wording:
    row = db.session.execute(
        select(VersionText.title, VersionText.language)
        .join(Version, Version.id == VersionText.version_id)
        .where(VersionText.version_id == version)
        .order_by(VersionText.language != language, VersionText.language != Version.prevails)
        .limit(1)
    ).one()
    return Wording(row.title, row.language)


def _redline(round_id: int, place: Place, language: str) -> Redline | None:
    """The stored words of the change that made this clause, against the round's main baseline. Several predecessors stand in one change."""
    baseline = aliased(Version)
    row = db.session.execute(
        select(ChangeRow.id, ChangeRow.kinds, ChangeText.title, ChangeText.text, ChangeText.bounded, baseline.name)
        .join(ChangeClause, ChangeClause.change_id == ChangeRow.id)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(RoundDocument, and_(RoundDocument.round_id == round_id, RoundDocument.version_id == ChangeSet.version_id))
        .join(baseline, baseline.id == ChangeSet.baseline_id)
        .join(ChangeText, and_(ChangeText.change_id == ChangeRow.id, ChangeText.language == language))
        .where(ChangeClause.clause_id == place.clause, ChangeClause.side == "new", ChangeSet.version_id == place.version)
        .where(or_(RoundDocument.baseline_id == ChangeSet.baseline_id, and_(RoundDocument.baseline_id.is_(None), ChangeSet.position == 0)))
        .order_by(ChangeSet.revision.desc(), ChangeText.revision.desc(), ChangeRow.position)
        .limit(1)
    ).first()
    if row is None or "unchanged" in row.kinds or "added" in row.kinds:
        return None
    old = db.session.scalars(
        select(ClauseRow.number)
        .join(ChangeClause, _side(ClauseRow, "old"))
        .where(ChangeClause.change_id == row.id)
        .order_by(ChangeClause.position)
    )
    return Redline(row.name, tuple(number or "" for number in old), _spans(row.title), _spans(row.text), row.bounded)


def _spans(stored: list[list[str]]) -> Spans:
    return tuple((mark, text) for mark, text in stored)  # type: ignore[misc]
