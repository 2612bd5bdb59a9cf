"""Findings between the languages of a version: looked for once and kept; a person lets one stand, or takes that back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import ClauseRow, ClauseText, ParityAcknowledgement, ParityComparison, Standard, Version
from consult.operations.record import INSTALLATION, Actor, enqueue, record
from consult.queries.drafts import version_row
from consult.queries.parity import unstored
from consult.queries.standards import versions

JOB = "parity"
"""Kind of the outbox rows; the payload names a version."""
LONGEST_REASON = 1000
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class SeenFinding:
    """A finding as the person saw it: its fingerprint, and those of the two texts."""

    language: str
    number: str
    code: str
    finding: str
    prevailing_sha256: str
    text_sha256: str


def acknowledge_finding(
    *, standard: str, version: str, seen: SeenFinding, stands: bool, reason: str = "", by: Actor, now: datetime
) -> None:
    """Lets a finding stand as a false alarm, or takes that back. It holds until either of the two texts changes.

    Refused: finding_unknown, note_long, stale_finding (a text changed since it was seen). The same act again changes nothing.
    """
    if len(reason) > LONGEST_REASON:
        raise Refused(Problem("note_long", {"field": "reason"}, {"length": len(reason), "longest": LONGEST_REASON}))
    with writing() as session:
        row = version_row(standard, version)
        clause = row and session.scalar(select(ClauseRow).where(ClauseRow.version_id == row.id, ClauseRow.number == seen.number))
        if row is None or clause is None:
            raise Refused(Problem("finding_unknown"))
        texts = _newest_sha(session, clause.id, row.prevails), _newest_sha(session, clause.id, seen.language)
        if texts != (seen.prevailing_sha256, seen.text_sha256):
            raise Refused(Problem("stale_finding"))
        last = session.scalar(
            select(ParityAcknowledgement)
            .where(ParityAcknowledgement.version_id == row.id, ParityAcknowledgement.finding == seen.finding)
            .where(ParityAcknowledgement.prevailing_sha256 == texts[0], ParityAcknowledgement.text_sha256 == texts[1])
            .order_by(ParityAcknowledgement.id.desc())
            .limit(1)
        )
        if stands == bool(last and last.stands):
            return
        session.add(
            ParityAcknowledgement(
                version_id=row.id, clause_id=clause.id, language=seen.language, code=seen.code, finding=seen.finding,
                prevailing_sha256=seen.prevailing_sha256, text_sha256=seen.text_sha256, stands=stands, reason=reason.strip() or None,
                actor_kind=by.kind, actor_id=by.id, at=now,
            )
        )  # fmt: skip
        kind = "finding_acknowledged" if stands else "finding_reopened"
        codes = {"language": seen.language, "number": seen.number, "code": seen.code, "finding": seen.finding[:12]}
        record(session, scope=INSTALLATION, kind=kind, subject=f"{standard}/{version}", by=by, now=now, codes=codes)


def ask_for_comparison(session: Session, version: Version, *, now: datetime) -> None:
    """Within the transaction that published, corrected or linked anew: the languages it concerns are compared once that holds."""
    slug = session.execute(select(Standard.slug).where(Standard.id == version.standard_id)).scalar_one()
    enqueue(session, kind=JOB, payload={"standard": slug, "version": version.name}, now=now)


def compare_languages(*, standard: str, version: str | None = None, now: datetime) -> int:
    """Compares what is not stored yet: languages of a version and of those whose baseline it is, or of every version; how many were.

    The comparing is done outside of any transaction that writes. What is stored is found again by all that it was made from, so that nobody
    needs to be waited for, and what two workers find is the same.
    """
    made = 0
    for each in versions("en", standard=standard):
        if version not in (None, each.name, *each.baselines[:1]):
            continue
        for language, comparison in unstored(each):
            problems = [[found.code, dict(found.where), dict(found.params)] for found in comparison.compared()]
            with writing() as session:
                if session.get(ParityComparison, comparison.fingerprint) is None:
                    session.add(
                        ParityComparison(
                            fingerprint=comparison.fingerprint, version_id=each.id, language=language, problems=problems, made_at=now
                        )
                    )
                    made += 1
    return made


def _newest_sha(session: Session, clause: int, language: str) -> str | None:
    return session.scalar(
        select(ClauseText.sha256)
        .where(ClauseText.clause_id == clause, ClauseText.language == language)
        .order_by(ClauseText.revision.desc())
        .limit(1)
    )
