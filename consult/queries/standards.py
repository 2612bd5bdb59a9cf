"""Standards as readers see them: their versions, and the clauses of a version in one language. Changes: `consult.queries.changes`."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from consult.extensions import db
from consult.models import ChangeSet, ClauseRow, ClauseText, Correction, Standard, Version, VersionText
from consult.queries.texts import nearest


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version. `language` is that of the edition shown: the reader's, or the prevailing one where there is none.

    `baselines` are the names of the versions it is compared with, the main one first.
    """

    id: int
    standard: str
    name: str
    title: str
    language: str
    languages: tuple[str, ...]
    prevails: str
    status: str
    normative: bool
    dated: date | None
    effective: date | None
    transition_until: date | None
    baselines: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"


@dataclass(frozen=True, slots=True)
class ClauseName:
    """A clause where only its name is told. `language` is that of label and title; kind, applies and leaf say whom it binds (core.binding)."""

    id: int
    number: str
    label: str
    title: str
    language: str
    version: str
    kind: str = "requirement"
    applies: tuple[str, ...] = ()
    leaf: bool = True


@dataclass(frozen=True, slots=True)
class ClauseSeen:
    """A clause or an unnumbered heading (`number` None) of a version; `text` is Markdown. `top` is the number of the principle it stands in.

    `applies`: activities it binds, empty for all. `leaf`: nothing stands below it. `revision` above 1: a corrected translation.
    """

    id: int
    number: str | None
    label: str
    title: str
    text: str
    language: str
    kind: str
    level: int
    parent: str | None
    top: str | None
    leaf: bool
    applies: tuple[str, ...]
    source: tuple[str, ...]
    text_id: int
    revision: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CorrectionSeen:
    """A correction of a translation after publication, and the labels of the clauses it touched."""

    language: str
    reason: str
    at: datetime
    labels: tuple[str, ...]


def versions(language: str, *, standard: str | None = None, ids: Collection[int] | None = None) -> tuple[VersionSeen, ...]:
    """Versions of all standards or of one, newest first within their standard; three statements."""
    query = select(Version, Standard.slug).join(Standard, Standard.id == Version.standard_id)
    if standard is not None:
        query = query.where(Standard.slug == standard)
    if ids is not None:
        query = query.where(Version.id.in_(ids))
    rows = db.session.execute(query.order_by(Standard.slug, Version.position.desc())).all()
    found = [version.id for version, _ in rows]
    titles: dict[int, dict[str, str]] = defaultdict(dict)
    for owner, written, title in db.session.execute(
        select(VersionText.version_id, VersionText.language, VersionText.title)
        .where(VersionText.version_id.in_(found))
        .order_by(VersionText.language)
    ):
        titles[owner][written] = title
    baselines = _baselines(found)
    return tuple(_version(row, slug, titles[row.id], baselines[row.id], language) for row, slug in rows)


def titles_of_standards(language: str) -> dict[str, str]:
    """By slug, as the newest version of each is called in a language; three statements."""
    return {each.standard: each.title for each in reversed(versions(language))}


def _baselines(versions: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = db.session.execute(
        select(ChangeSet.version_id, Version.name)
        .join(Version, Version.id == ChangeSet.baseline_id)
        .where(ChangeSet.version_id.in_(versions))
        .order_by(ChangeSet.version_id, ChangeSet.position)
    )
    for owner, name in rows:
        found[owner][name] = None
    return defaultdict(tuple, {owner: tuple(names) for owner, names in found.items()})


def _version(row: Version, slug: str, titles: dict[str, str], baselines: tuple[str, ...], language: str) -> VersionSeen:
    shown = nearest(titles, language, row.prevails)
    return VersionSeen(
        id=row.id, standard=slug, name=row.name, title=titles[shown], language=shown, languages=tuple(titles), prevails=row.prevails,
        status=row.status, normative=row.normative, dated=row.date, effective=row.effective, transition_until=row.transition_until,
        baselines=baselines,
    )  # fmt: skip


def version(standard: str, name: str, language: str) -> VersionSeen | None:
    """One version; three statements."""
    return next((each for each in versions(language, standard=standard) if each.name == name), None)


def clauses(version: VersionSeen) -> tuple[ClauseSeen, ...]:
    """All clauses and headings of a version in document order, the newest revision of their texts; one statement."""
    rows = db.session.execute(
        select(
            ClauseRow.id, ClauseRow.number, ClauseRow.level, ClauseRow.parent_id, ClauseRow.kind, ClauseRow.applies, ClauseRow.source,
            ClauseText.id.label("text_id"), ClauseText.label, ClauseText.title, ClauseText.text, ClauseText.revision, ClauseText.sha256,
        )
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.version_id == version.id, ClauseText.language == version.language)
        .order_by(ClauseRow.position, ClauseText.revision)
    )  # fmt: skip
    newest = {row.id: row for row in rows}
    parents = {row.parent_id for row in newest.values()}

    def top(row: object) -> str | None:
        above = row
        while (parent := newest.get(above.parent_id)) is not None:  # type: ignore[attr-defined]
            above = parent
        number: str | None = above.number  # type: ignore[attr-defined]
        return number

    return tuple(
        ClauseSeen(
            id=row.id, number=row.number, label=row.label, title=row.title, text=row.text, language=version.language, kind=row.kind,
            level=row.level, parent=newest[row.parent_id].number if row.parent_id in newest else None, top=top(row),
            leaf=row.number is not None and row.id not in parents, applies=tuple(row.applies), source=tuple(row.source),
            text_id=row.text_id, revision=row.revision, sha256=row.sha256,
        )
        for row in newest.values()
    )  # fmt: skip


def corrections(version: VersionSeen) -> tuple[CorrectionSeen, ...]:
    """Corrections of the version's translations, oldest first; one statement."""
    rows = db.session.execute(
        select(Correction.id, Correction.language, Correction.reason, Correction.at, ClauseText.label)
        .join(ClauseText, ClauseText.correction_id == Correction.id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(Correction.version_id == version.id)
        .order_by(Correction.id, ClauseRow.position)
    )
    found: dict[int, list[object]] = defaultdict(list)
    told = {}
    for id, written, reason, at, label in rows:
        found[id].append(label)
        told[id] = (written, reason, at)
    return tuple(CorrectionSeen(*told[id], labels=tuple(str(label) for label in labels if label)) for id, labels in found.items())
