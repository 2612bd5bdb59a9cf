"""What published versions keep: a different text is refused with its lines; only a translation may be corrected, with a reason."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.change import JOINT
from consult.core.clause import Clause, Draft
from consult.core.diff import diff
from consult.core.problem import Problem, Refused
from consult.core.version_files import VersionFiles
from consult.extensions import writing
from consult.models import ChangeClause, ChangeRow, ChangeText, ClauseRow, ClauseText, Correction, Version
from consult.operations.cite import store_citations
from consult.operations.editions import clause_text
from consult.operations.files import ask_for_files
from consult.operations.notices import tell_authors
from consult.operations.parity import ask_for_comparison
from consult.operations.record import INSTALLATION, Actor, record
from consult.operations.search_index import index_version
from consult.queries.drafts import languages_of, stored_draft, version_row

SHOWN = 160
"""Characters of a differing line that a message quotes."""


def differences(version: Version, source: VersionFiles) -> list[Problem]:
    """Where files differ from the published version they claim to be: `published_differs` per clause, with file, line and both lines."""
    problems: list[Problem] = []
    for language, draft in sorted(source.drafts.items()):
        file = source.files.get(language, "")
        stored = stored_draft(version, language)
        if stored is None:
            problems.append(Problem("published_without_language", {"file": file, "language": language}))
            continue
        problems += [_difference(file, draft, pair) for pair in _differing(stored, draft)]
    missing = sorted(set(languages_of(version)) - set(source.drafts))
    if not problems and not missing and version.source_sha256 != source.data_sha256:
        problems.append(Problem("published_data_differs", {"file": source.files.get(source.prevails, "")}))
    return problems


def _differing(stored: Draft, draft: Draft) -> Iterator[tuple[Clause | None, Clause | None]]:
    def same(a: Clause, b: Clause) -> bool:
        return (a.number, a.label, a.title, a.text, a.level) == (b.number, b.label, b.title, b.text, b.level)

    before = {clause.number or f"group {clause.order}": clause for clause in stored.clauses}
    after = {clause.number or f"group {clause.order}": clause for clause in draft.clauses}
    for key in dict.fromkeys((*before, *after)):
        a, b = before.get(key), after.get(key)
        if a is None or b is None or not same(a, b):
            yield a, b


def _difference(file: str, draft: Draft, pair: tuple[Clause | None, Clause | None]) -> Problem:
    stored, given = pair
    clause = given or stored
    assert clause is not None
    before, after = (_lines(stored), _lines(given))
    at, published, written = next(
        ((n, a, b) for n, (a, b) in enumerate(zip_longest(before, after, fillvalue="")) if a != b), (0, before[0], after[0])
    )
    where: dict[str, str | int] = {"file": file, "language": draft.language, "number": clause.number}
    if given:
        where["line"] = given.line + at + (1 if at else 0)
    return Problem("published_differs", where, {"published": published[:SHOWN], "written": written[:SHOWN]})


def _lines(clause: Clause | None) -> list[str]:
    return [""] if clause is None else [f"{clause.label} {clause.title}".strip(), *clause.text.split("\n")]


def correct_translation(*, source: VersionFiles, language: str, reason: str, by: Actor, now: datetime) -> int:
    """Stores a corrected translation of a published version as new revisions; returns how many clauses changed.

    Raises Refused: `not_published`, `correct_prevailing` (the prevailing text never changes), `correct_structure` (a number is missing or
    new), `correct_nothing`, `reason_missing`. Comments keep the revision their authors saw.
    """
    with writing() as session:
        version = version_row(source.standard, source.version)
        file = source.files.get(language, "")
        if version is None:
            raise Refused(Problem("not_published", {"file": file}, {"version": source.version}))
        if language == version.prevails:
            raise Refused(Problem("correct_prevailing", {"file": file, "language": language}))
        if not reason.strip():
            raise Refused(Problem("reason_missing"))
        stored, draft = stored_draft(version, language), source.drafts.get(language)
        if stored is None or draft is None:
            raise Refused(Problem("published_without_language", {"file": file, "language": language}))
        return store_correction(session, version, stored, draft, reason=reason, by=by, now=now, file=file)


def store_correction(
    session: Session, version: Version, stored: Draft, draft: Draft, *, reason: str, by: Actor, now: datetime, file: str = ""
) -> int:
    """Inside a transaction: the clauses of a translation that differ from the stored ones become further revisions; returns how many.

    Authors of comments on them are told by mail. Raises Refused: correct_structure, correct_nothing.
    """
    language = draft.language
    pairs = list(_differing(stored, draft))
    broken = [p for p in pairs if p[0] is None or p[1] is None or p[0].level != p[1].level]
    if broken:
        raise Refused(*(Problem("correct_structure", {"file": file, "language": language, "number": _number(p)}) for p in broken))
    changed = [b for a, b in pairs if b is not None]
    if not changed:
        raise Refused(Problem("correct_nothing", {"file": file, "language": language}))
    correction = Correction(version_id=version.id, language=language, reason=reason, at=now)
    session.add(correction)
    session.flush()
    rows = _add_revisions(session, version, language, changed, correction)
    _compare_again(session, rows, language)
    index_version(session, version.id)
    ask_for_files(session, version, now=now)
    ask_for_comparison(session, version, now=now)
    store_citations(session)
    told = tell_authors(session, correction, [row.id for row in rows], now=now)
    subject = f"{draft.standard}/{version.name}"
    codes = {"language": language, "clauses": len(changed), "correction": correction.id, "mails": told}
    record(session, scope=INSTALLATION, kind="translation_corrected", subject=subject, by=by, now=now, codes=codes)
    return len(changed)


def _number(pair: tuple[Clause | None, Clause | None]) -> str:
    clause = pair[0] or pair[1]
    return clause.number if clause else ""


def _add_revisions(session: Session, version: Version, language: str, changed: Sequence[Clause], correction: Correction) -> list[ClauseRow]:
    positions = {clause.order: clause for clause in changed}
    rows = session.scalars(select(ClauseRow).where(ClauseRow.version_id == version.id, ClauseRow.position.in_(positions))).all()
    for row in rows:
        last = session.execute(
            select(func.max(ClauseText.revision)).where(ClauseText.clause_id == row.id, ClauseText.language == language)
        ).scalar_one()
        session.add(clause_text(row, positions[row.position], language, revision=last + 1, correction=correction.id))
    session.flush()
    return list(rows)


def _compare_again(session: Session, rows: Sequence[ClauseRow], language: str) -> None:
    """The words of every change that a corrected clause stands in, in that language: further revisions, the links stay."""
    touched = select(ChangeClause.change_id).where(ChangeClause.clause_id.in_([row.id for row in rows]))
    for change in session.scalars(select(ChangeRow).where(ChangeRow.id.in_(touched))).all():
        last = session.scalar(
            select(func.max(ChangeText.revision)).where(ChangeText.change_id == change.id, ChangeText.language == language)
        )
        if last is None:
            continue  # an edition that the other version does not have
        sides = {
            side: [_newest(session, each.clause_id, language) for each in change.sides if each.side == side] for side in ("old", "new")
        }
        (titles, title_bounded), (texts, bounded) = (
            diff(JOINT.join(getattr(t, part) for t in sides["old"]), JOINT.join(getattr(t, part) for t in sides["new"]), language)
            for part in ("title", "text")
        )
        session.add(
            ChangeText(
                change_id=change.id, language=language, revision=last + 1, bounded=title_bounded or bounded,
                title=[list(span) for span in titles], text=[list(span) for span in texts],
            )
        )  # fmt: skip


def _newest(session: Session, clause: int, language: str) -> ClauseText:
    return session.execute(
        select(ClauseText)
        .where(ClauseText.clause_id == clause, ClauseText.language == language)
        .order_by(ClauseText.revision.desc())
        .limit(1)
    ).scalar_one()
