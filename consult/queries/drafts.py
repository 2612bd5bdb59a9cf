"""Stored versions as drafts again, for comparing and for checking that nothing published changes."""

from sqlalchemy import select

from consult.core.clause import Clause, Draft
from consult.extensions import db
from consult.models import ClauseRow, ClauseText, Standard, Version, VersionText


def version_row(standard: str, version: str) -> Version | None:
    return db.session.scalar(
        select(Version).join(Standard, Standard.id == Version.standard_id).where(Standard.slug == standard, Version.name == version)
    )


def stored_draft(version: Version, language: str) -> Draft | None:
    """The newest revision of a stored version in a language, as `read_draft` would give it; None where there is no such edition."""
    title = db.session.scalar(select(VersionText.title).where(VersionText.version_id == version.id, VersionText.language == language))
    if title is None:
        return None
    rows = db.session.execute(
        select(ClauseRow, ClauseText)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.version_id == version.id, ClauseText.language == language)
        .order_by(ClauseRow.position, ClauseText.revision)
    ).all()
    newest = {row.id: (row, text) for row, text in rows}
    above: list[tuple[int, str, str | None]] = []  # level, printed heading, number
    clauses = []
    for row, text in newest.values():
        above = [heading for heading in above if heading[0] < row.level]
        parent = next((number for _, _, number in reversed(above) if number), None)
        clauses.append(
            Clause(
                number=row.number or "", label=text.label, title=text.title, text=text.text, level=row.level, order=row.position, line=0,
                path=tuple(printed for _, printed, _ in above), parent=parent, kind=row.kind,  # type: ignore[arg-type]
            )
        )  # fmt: skip
        above.append((row.level, f"{text.label} {text.title}".strip(), row.number))
    standard = db.session.execute(select(Standard.slug).where(Standard.id == version.standard_id)).scalar_one()
    return Draft(standard, version.name, language, title, tuple(clauses))


def languages_of(version: Version) -> tuple[str, ...]:
    return tuple(
        db.session.scalars(select(VersionText.language).where(VersionText.version_id == version.id).order_by(VersionText.language))
    )
