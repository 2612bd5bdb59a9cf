"""Publishing versions of standards: structure and texts are stored once, changes against the baselines computed once and kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.change import Change
from consult.core.clause import Clause
from consult.core.compare import ENGINE, changes_for, compare_fully
from consult.core.draft import check_version, correspondence
from consult.core.figure import figures
from consult.core.problem import Problem, Refused
from consult.core.version_files import VersionFiles
from consult.extensions import writing
from consult.models import (
    ChangeClause,
    ChangeRow,
    ChangeSet,
    ClauseRow,
    StaffText,
    Standard,
    Version,
    VersionText,
)
from consult.operations.change_review import review_rows
from consult.operations.cite import store_citations
from consult.operations.editions import change_text, clause_text
from consult.operations.figures import keep_figures
from consult.operations.files import ask_for_files
from consult.operations.meaning import store_suggestions
from consult.operations.parity import ask_for_comparison
from consult.operations.published import differences
from consult.operations.record import INSTALLATION, Actor, record
from consult.operations.relink import Pair, hand_set, settle
from consult.operations.search_index import index_version
from consult.queries.drafts import languages_of, stored_draft, version_row


@dataclass(frozen=True, slots=True)
class Published:
    """What came of one version: `new`, or `unchanged` where the same files were published before."""

    standard: str
    version: str
    outcome: Literal["new", "unchanged"]
    clauses: int
    languages: tuple[str, ...]


def publish_versions(*, sources: Sequence[VersionFiles], languages: Sequence[str], by: Actor, now: datetime) -> tuple[Published, ...]:
    """Publishes versions in the order given (each after its baselines); all or nothing.

    `languages` are those the installation expects. Raises Refused with every error of `check_version`, and with the differing lines where a
    version was published with other text. The same files again change nothing.
    """
    with writing() as session:
        return publish_within(session, sources=sources, languages=languages, by=by, now=now)


def publish_within(
    session: Session, *, sources: Sequence[VersionFiles], languages: Sequence[str], by: Actor, now: datetime
) -> tuple[Published, ...]:
    """The same inside the transaction of an operation that has more to do."""
    checked = [_errors(source, languages, {v.version for v in sources if v.standard == source.standard}) for source in sources]
    if any(checked):
        raise Refused(*(problem for found in checked for problem in found))
    done = tuple(_publish(session, source, by, now) for source in sources)
    store_citations(session)
    store_suggestions(session, now)
    return done


def _errors(source: VersionFiles, languages: Sequence[str], coming: Collection[str]) -> list[Problem]:
    stored = {baseline for baseline in source.baselines if version_row(source.standard, baseline)}
    found = check_version(source.drafts, source.annotations, stored | set(coming), languages=languages)
    return [problem for problem in found if problem.grade == "error"]


def _publish(session: Session, source: VersionFiles, by: Actor, now: datetime) -> Published:
    stored = version_row(source.standard, source.version)
    count, codes = len(source.main.numbered), tuple(sorted(source.drafts))
    if stored is not None:
        if found := differences(stored, source):
            raise Refused(*found)
        return Published(source.standard, source.version, "unchanged", count, codes)
    version = _store_version(session, source, now)
    rows = _store_clauses(session, version, source)
    for position, baseline in enumerate(_baselines(session, version, source)):
        _store_changes(session, version, baseline, rows, source, position, by, now)
    keep_figures(session, {path: content for path, content in source.assets.items() if path in _named_figures(source)}, version=version.id)
    index_version(session, version.id)
    ask_for_files(session, version, now=now)
    ask_for_comparison(session, version, now=now)
    subject = f"{source.standard}/{source.version}"
    record(
        session, scope=INSTALLATION, kind="version_published", subject=subject, by=by, now=now, codes={"clauses": count, "engine": ENGINE}
    )
    return Published(source.standard, source.version, "new", count, codes)


def _named_figures(source: VersionFiles) -> set[str]:
    return {figure.path for draft in source.drafts.values() for clause in draft.clauses for figure in figures(clause.text)}


def _store_version(session: Session, source: VersionFiles, now: datetime) -> Version:
    standard = session.scalar(select(Standard).where(Standard.slug == source.standard))
    if standard is None:
        standard = Standard(slug=source.standard)
        session.add(standard)
        session.flush()
    last = session.scalar(select(Version.position).where(Version.standard_id == standard.id).order_by(Version.position.desc()).limit(1))
    meta, notes = source.main.meta, source.annotations
    version = Version(
        standard_id=standard.id,
        name=source.version,
        position=1 if last is None else last + 1,
        status=meta.get("status") or "draft",
        date=meta.get("date"),
        prevails=source.prevails,
        normative=notes is None or notes.normative is not False,
        effective=notes.effective if notes else None,
        transition_until=notes.transition_until if notes else None,
        published_at=now,
        source_sha256=source.data_sha256,
    )
    session.add(version)
    session.flush()
    session.add_all(VersionText(version_id=version.id, language=language, title=draft.title) for language, draft in source.drafts.items())
    return version


def _store_clauses(session: Session, version: Version, source: VersionFiles) -> dict[str, ClauseRow]:
    """Rows of the numbered clauses by number; groups are stored too. Clause order is that of the prevailing language."""
    rows: dict[str, ClauseRow] = {}
    groups: list[ClauseRow] = []
    for clause in source.main.clauses:
        row = _clause_row(version, clause, rows, source)
        session.add(row)
        session.flush()
        if clause.number:
            rows[clause.number] = row
        else:
            groups.append(row)
    for language, draft in source.drafts.items():
        by_group = iter(groups)
        for clause in draft.clauses:
            owner = rows.get(clause.number) if clause.number else next(by_group, None)
            if owner is not None:
                session.add(clause_text(owner, clause, language))
    for number, row in rows.items():
        session.add_all(_reasons(row, number, source))
    session.flush()
    return rows


def _clause_row(version: Version, clause: Clause, rows: Mapping[str, ClauseRow], source: VersionFiles) -> ClauseRow:
    note = source.annotations.clauses.get(clause.number) if source.annotations and clause.number else None
    parent = rows.get(clause.parent) if clause.parent else None
    return ClauseRow(
        version_id=version.id,
        number=clause.number or None,
        position=clause.order,
        level=clause.level,
        parent_id=parent.id if parent else None,
        kind=note.kind if note and note.kind else clause.kind,
        applies=list(note.applies) if note else [],
        source=list(note.source) if note else [],
    )


def _reasons(row: ClauseRow, number: str, source: VersionFiles) -> Iterable[StaffText]:
    note = source.annotations.clauses.get(number) if source.annotations else None
    for language, words in (note.reason if note else {}).items():
        yield StaffText(owner_kind="clause", owner_id=row.id, field="reason", language=language, text=words)


def _baselines(session: Session, version: Version, source: VersionFiles) -> list[Version]:
    """Those the draft names, in its order; an adopted edition is compared with every adopted edition before it as well."""
    named = [row for name in source.baselines if (row := version_row(source.standard, name))]
    if version.status == "draft":
        return named
    adopted = session.scalars(
        select(Version)
        .where(Version.standard_id == version.standard_id, Version.position < version.position, Version.status != "draft")
        .order_by(Version.position.desc())
    )
    return named + [row for row in adopted if row.id not in {n.id for n in named}]


def _store_changes(
    session: Session, version: Version, baseline: Version, rows: Mapping[str, ClauseRow], source: VersionFiles, position: int, by: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """One map per pair, made in the prevailing language; the words of every language that both versions have, along that map."""
    prevails = source.prevails
    old = stored_draft(baseline, prevails)
    if old is None:
        raise Refused(Problem("baseline_without_language", {"language": prevails}, {"baseline": baseline.name}))
    known = correspondence(source.main, baseline.name)
    compared = compare_fully(old, source.main, correspondence=known)
    pair = Pair(source.standard, source.version, baseline.name)
    changes, by_hand = hand_set(pair=pair, old=old, new=source.main, changes=compared.changes)
    links = [change.link for change in changes]
    editions: dict[str, tuple[Change, ...]] = {prevails: changes}
    for language in languages_of(baseline):
        if language in source.drafts and language != prevails and (edition := stored_draft(baseline, language)):
            editions[language] = changes_for(links, edition, source.drafts[language])
    made = ChangeSet(version_id=version.id, baseline_id=baseline.id, position=position, engine=ENGINE, made_at=now)
    session.add(made)
    session.flush()
    numbers = select(ClauseRow).where(ClauseRow.version_id == baseline.id, ClauseRow.number.is_not(None))
    olds = {row.number: row for row in session.scalars(numbers)}
    for place, link in enumerate(links):
        change = ChangeRow(
            change_set_id=made.id, position=place, kinds=list(link.kinds), score=link.score, reason=link.reason, unsure=link.unsure
        )
        session.add(change)
        session.flush()
        for side, numbered, owners in (("old", link.old, olds), ("new", link.new, rows)):
            session.add_all(
                ChangeClause(change_id=change.id, side=side, clause_id=owners[number].id, position=at) for at, number in enumerate(numbered)
            )
        session.add_all(change_text(change, language, edition[place]) for language, edition in editions.items())
    session.add_all(review_rows(made, compared.alignment, olds, rows))
    settle(session, pair=pair, old=old, new=source.main, made=made, edits=by_hand, by=by, now=now)
    session.flush()
