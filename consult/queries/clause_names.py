"""Clauses where only their names are told, by their keys."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from consult.extensions import db
from consult.models import ClauseRow, ClauseText, RoundDocument, Standard, Version


@dataclass(frozen=True, slots=True)
class NamedClause:
    """`language` is that of label and title: the reader's, or the prevailing one."""

    id: int
    standard: str
    version: str
    version_id: int
    number: str
    label: str
    title: str
    language: str


def clause_names(ids: Collection[int], language: str) -> dict[int, NamedClause]:
    """Clause id -> its name; one statement, none for no ids."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(
            ClauseRow.id, Standard.slug, Version.name, ClauseRow.version_id, ClauseRow.number, ClauseText.label, ClauseText.title,
            ClauseText.language,
        )
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.id.in_(ids), ClauseText.language.in_([language, Version.prevails]))
        .order_by(ClauseRow.version_id, ClauseRow.position, ClauseText.language == language, ClauseText.revision)
    )  # fmt: skip
    return {row[0]: NamedClause(row[0], row[1], row[2], row[3], row[4] or "", *row[5:]) for row in rows}


def clauses_of_round(round_id: int, language: str) -> tuple[NamedClause, ...]:
    """All numbered clauses of a round's documents, in their order; two statements."""
    ids = db.session.scalars(
        select(ClauseRow.id)
        .join(RoundDocument, RoundDocument.version_id == ClauseRow.version_id)
        .where(RoundDocument.round_id == round_id, ClauseRow.number.is_not(None))
        .order_by(RoundDocument.position, ClauseRow.position)
    ).all()
    names = clause_names(ids, language)
    return tuple(names[each] for each in ids if each in names)
