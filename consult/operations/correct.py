"""Correcting the translation of one clause from the parity page; where the installation asks for it, a second person confirms."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.clause import Clause, Draft
from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import ClauseRow, CorrectionRequest, Version
from consult.operations.published import store_correction
from consult.operations.record import INSTALLATION, Actor, record
from consult.queries.drafts import stored_draft, version_row
from consult.queries.parity import clause_sha256

LONGEST_TEXT = 60_000
"""Characters of a clause's text."""


def correct_clause(
    *, standard: str, version: str, language: str, number: str, title: str, text: str, seen_sha256: str, reason: str, second_person: bool,
    by: Actor, now: datetime,
) -> Literal["asked", "corrected"]:  # fmt: skip
    """Stores a corrected translation of a clause, or with `second_person` the request for it.

    Refused: clause_unknown, correct_prevailing, reason_missing, correct_nothing, correct_long, stale_text (somebody corrected it meanwhile).
    """
    with writing() as session:
        row, stored, clause = _clause(standard, version, language, number)
        if not reason.strip():
            raise Refused(Problem("reason_missing", {"field": "reason"}))
        if len(text) > LONGEST_TEXT:
            raise Refused(Problem("correct_long", {"field": "text"}, {"length": len(text), "longest": LONGEST_TEXT}))
        if clause_sha256(clause) != seen_sha256:
            raise Refused(Problem("stale_text"))
        given = replace(clause, title=title.strip(), text=_tidied(text))
        if given == clause:
            raise Refused(Problem("correct_nothing", {"field": "text"}))
        if not second_person:
            _store(session, row, stored, given, reason.strip(), by, now)
            return "corrected"
        session.add(
            CorrectionRequest(
                clause_id=_clause_id(session, row, number), language=language, title=given.title, text=given.text, reason=reason.strip(),
                seen_sha256=seen_sha256, actor_kind=by.kind, actor_id=by.id, at=now,
            )
        )  # fmt: skip
        codes = {"language": language, "number": number}
        record(session, scope=INSTALLATION, kind="correction_asked", subject=f"{standard}/{version}", by=by, now=now, codes=codes)
        return "asked"


def confirm_correction(*, standard: str, version: str, language: str, number: str, request: int, by: Actor, now: datetime) -> None:
    """A second person stores what another asked for. Refused: correction_unknown, second_person_same, stale_text, clause_unknown."""
    with writing() as session:
        row, stored, clause = _clause(standard, version, language, number)
        newest = session.scalar(
            select(CorrectionRequest)
            .where(CorrectionRequest.clause_id == _clause_id(session, row, number), CorrectionRequest.language == language)
            .order_by(CorrectionRequest.id.desc())
            .limit(1)
        )
        if newest is None or newest.id != request:
            raise Refused(Problem("correction_unknown"))
        if newest.seen_sha256 != clause_sha256(clause):
            raise Refused(Problem("stale_text"))
        if (newest.actor_kind, newest.actor_id) == (by.kind, by.id):
            raise Refused(Problem("second_person_same"))
        _store(session, row, stored, replace(clause, title=newest.title, text=newest.text), newest.reason, by, now)


def _clause(standard: str, version: str, language: str, number: str) -> tuple[Version, Draft, Clause]:
    row = version_row(standard, version)
    stored = row and stored_draft(row, language)
    clause = stored and next((each for each in stored.numbered if each.number == number), None)
    if row is None or not stored or not clause:
        raise Refused(Problem("clause_unknown"))
    if language == row.prevails:
        raise Refused(Problem("correct_prevailing", {"language": language}))
    return row, stored, clause


def _clause_id(session: Session, row: Version, number: str) -> int:
    return session.scalars(select(ClauseRow.id).where(ClauseRow.version_id == row.id, ClauseRow.number == number)).one()


def _store(session: Session, row: Version, stored: Draft, given: Clause, reason: str, by: Actor, now: datetime) -> None:
    clauses = tuple(given if clause.number == given.number else clause for clause in stored.clauses)
    store_correction(session, row, stored, replace(stored, clauses=clauses), reason=reason, by=by, now=now)


def _tidied(text: str) -> str:
    """As a draft file gives it: line ends LF, blank lines at both ends removed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)
