"""What clauses refer to and what refers to them, in the reader's language; and what of it changed since a baseline."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import and_, select, tuple_

from consult.core.citation import Edition, Editions, cited_edition
from consult.extensions import db
from consult.models import ChangeClause, ChangeRow, ChangeSet, CitationRow, ClauseRow, ClauseText, Standard, TermRow, Version, VersionText
from consult.queries.standards import VersionSeen

TermKey = tuple[str, str, str, int]
"""(standard, version, number of the definition clause, position): a term in any language."""


@dataclass(frozen=True, slots=True)
class CitationSeen:
    """A target with its places in the text of `clause_id`. `version` is "" where the text names none; `position` -1 for a clause."""

    clause_id: int
    kind: str
    standard: str
    number: str
    version: str
    position: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TermSeen:
    """A defined term of a version; `start` and `end` are the place of its name in the definition clause, -1 where that is its title."""

    key: TermKey
    clause_id: int
    name: str
    definition: str
    language: str
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The same in every language of a version."""
        return f"term-{self.key[2]}-{self.key[3] + 1}"


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause that is cited, or that cites; `document` is the title of its standard, in `language` as all else."""

    standard: str
    version: str
    number: str
    label: str
    title: str
    document: str
    language: str


def editions() -> dict[str, tuple[Edition, ...]]:
    """Every version of every standard, the oldest first; one statement."""
    found: dict[str, tuple[Edition, ...]] = defaultdict(tuple)
    for slug, row in db.session.execute(
        select(Standard.slug, Version).join(Version, Version.standard_id == Standard.id).order_by(Standard.slug, Version.position)
    ):
        day = row.date or row.published_at.astimezone(UTC).date()
        found[slug] += (Edition(row.id, slug, row.name, day, row.status == "draft"),)
    return found


def citations(version: VersionSeen, clause_id: int | None = None) -> dict[int, tuple[CitationSeen, ...]]:
    """Clause id -> what its text refers to, in the language shown; of all clauses or of one; one statement."""
    query = (
        select(ClauseText.clause_id, CitationRow)
        .join(CitationRow, CitationRow.clause_text_id == ClauseText.id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseRow.version_id == version.id, ClauseText.language == version.language)
        .order_by(ClauseRow.position, CitationRow.id)
    )
    if clause_id is not None:
        query = query.where(ClauseRow.id == clause_id)
    found: dict[int, tuple[CitationSeen, ...]] = defaultdict(tuple)
    for owner, row in db.session.execute(query):
        spans = tuple((start, end) for start, end in row.spans)
        found[owner] += (CitationSeen(owner, row.kind, row.standard, row.number, row.version, row.position, spans),)
    return found


def terms(versions: Collection[tuple[str, str]], language: str) -> dict[TermKey, TermSeen]:
    """The terms that versions (standard, name) define, in their order, in the language or else in the prevailing one; one statement."""
    if not versions:
        return {}
    rows = db.session.execute(
        select(Standard.slug, Version.name.label("version"), ClauseRow.number, ClauseText.clause_id, ClauseText.language, TermRow)
        .join(ClauseText, ClauseText.id == TermRow.clause_text_id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(tuple_(Standard.slug, Version.name).in_(list(versions)), ClauseText.language.in_([language, Version.prevails]))
        .order_by(Standard.slug, Version.position, ClauseRow.position, ClauseText.language == language, TermRow.position)
    )
    found = {}
    for slug, version, number, clause_id, written, row in rows:
        key = (slug, version, number or "", row.position)
        found[key] = TermSeen(key, clause_id, row.name, row.definition, written, row.start, row.end)
    return found


def cited_by(version: VersionSeen, number: str, every: Editions, beside: Mapping[str, str]) -> tuple[CitedClause, ...]:
    """Clauses that cite a clause: of its own version, and of the newest version of each other standard that means this one; one statement.

    `beside`: the versions of a round (standard -> version).
    """
    rows = db.session.execute(
        select(
            Standard.slug, Version.id.label("version_id"), Version.name.label("version"), ClauseRow.number, ClauseText.label, ClauseText.title,
            ClauseText.language, CitationRow.version.label("named"), VersionText.title.label("document"),
        )
        .join(ClauseText, ClauseText.id == CitationRow.clause_text_id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == ClauseText.language))
        .where(
            CitationRow.kind == "clause", CitationRow.standard == version.standard, CitationRow.number == number,
            ClauseText.language == version.language, ClauseRow.number.is_not(None),
        )
        .order_by(Standard.slug, Version.position, ClauseRow.position)
    ).all()  # fmt: skip
    by_id = {each.id: each for found in every.values() for each in found}
    own, others = [], dict[str, list[CitedClause]]()
    for row in rows:
        citing = CitedClause(row.slug, row.version, row.number or "", row.label, row.title, row.document, row.language)
        meant = cited_edition(every, by_id[row.version_id], version.standard, row.named, _beside(beside, row.slug, row.version))
        if meant is None or meant.id != version.id:
            continue
        if row.slug == version.standard:
            own.append(citing) if row.version == version.name else None
        elif beside.get(row.slug, row.version) == row.version:
            kept = others.setdefault(row.slug, [])
            kept[:] = [each for each in kept if each.version == row.version] + [citing]
    return (*own, *(each for found in others.values() for each in found))


def cited_clauses(places: Collection[tuple[int, str]], language: str) -> dict[tuple[int, str], CitedClause]:
    """(version id, number) -> the clause, in the language or else in the prevailing one; those that exist; one statement."""
    if not places:
        return {}
    rows = db.session.execute(
        select(
            Version.id,
            Standard.slug,
            Version.name,
            ClauseRow.number,
            ClauseText.label,
            ClauseText.title,
            VersionText.title,
            ClauseText.language,
        )
        .join(ClauseRow, ClauseRow.version_id == Version.id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .join(VersionText, and_(VersionText.version_id == Version.id, VersionText.language == ClauseText.language))
        .where(tuple_(ClauseRow.version_id, ClauseRow.number).in_(list(places)), ClauseText.language.in_([language, Version.prevails]))
        .order_by(ClauseText.language == language, ClauseText.revision)
    )
    return {(row[0], row[3] or ""): CitedClause(row[1], row[2], row[3] or "", *row[4:]) for row in rows}


def _beside(beside: Mapping[str, str], standard: str, version: str) -> Mapping[str, str]:
    """The versions of a round mean each other; texts from outside of it do not mean them for that reason."""
    return beside if beside.get(standard) == version else {}


def reworded(pairs: Collection[tuple[int, str]]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Version id -> number -> kinds of its change, for clauses whose words differ from those of a baseline; pairs are (version id, name of the
    baseline). One statement. Clauses that only moved or got another number do not count.
    """
    if not pairs:
        return {}
    rows = db.session.execute(
        select(ChangeSet.version_id, ClauseRow.number, ChangeRow.kinds, ChangeSet.id.label("change_set"))
        .join(Version, Version.id == ChangeSet.baseline_id)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .join(ChangeClause, ChangeClause.change_id == ChangeRow.id)
        .join(ClauseRow, ClauseRow.id == ChangeClause.clause_id)
        .where(tuple_(ChangeSet.version_id, Version.name).in_(list(pairs)), ChangeClause.side == "new", ClauseRow.number.is_not(None))
        .order_by(ChangeSet.version_id, ChangeSet.revision, ClauseRow.position)
    ).all()
    newest = {row.version_id: row.change_set for row in rows}
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for version_id, number, kinds, change_set in rows:
        if newest[version_id] == change_set and {"modified", "split", "merged"} & set(kinds):
            found[version_id][number or ""] = tuple(kinds)
    return found


@dataclass(frozen=True, slots=True)
class TermChanges:
    """Terms of a version against those of a baseline: `kinds` is `new` or `changed`, `before` the same term there, `gone` what is not defined
    any more.
    """

    kinds: Mapping[TermKey, str]
    before: Mapping[TermKey, TermKey]
    gone: tuple[TermKey, ...]


def term_changes(version: VersionSeen, baseline: str | None) -> TermChanges:
    """Which terms changed since a baseline; one statement. Where the baseline defines none, nothing is called new.

    Told by the prevailing language, so that every language says the same; a term keeps its place in all of them.
    """
    found = terms([(version.standard, version.name), (version.standard, baseline)], version.prevails) if baseline else {}
    old = {_folded(each.name): each for key, each in found.items() if key[1] == baseline}
    new = {key: each for key, each in found.items() if key[1] == version.name}
    if not old:
        return TermChanges({}, {}, ())
    pairs = {key: old[_folded(each.name)] for key, each in new.items() if _folded(each.name) in old}
    kinds = {key: "new" for key in new if key not in pairs}
    kinds |= {key: "changed" for key, was in pairs.items() if _folded(was.definition) != _folded(new[key].definition)}
    kept = {_folded(each.name) for each in new.values()}
    gone = tuple(each.key for name, each in old.items() if name not in kept)
    return TermChanges(kinds, {key: was.key for key, was in pairs.items()}, gone)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
