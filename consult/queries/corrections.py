"""Corrections of translations: what readers of a clause see, what waits for a second person, and what its commenters are told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.core.meaning.compared import changed_words
from consult.core.notice import CorrectedForAuthor, CorrectionNotice
from consult.extensions import db
from consult.models import (
    ClauseRow,
    ClauseText,
    Comment,
    Consultation,
    Correction,
    CorrectionRequest,
    Party,
    Round,
    Standard,
    Submission,
    Version,
)


@dataclass(frozen=True, slots=True)
class ClauseCorrected:
    reason: str
    at: datetime


def corrections_of(clause_id: int, language: str) -> tuple[ClauseCorrected, ...]:
    """Corrections of one clause's text in a language, oldest first; one statement."""
    rows = db.session.execute(
        select(Correction.reason, Correction.at)
        .join(ClauseText, ClauseText.correction_id == Correction.id)
        .where(ClauseText.clause_id == clause_id, ClauseText.language == language)
        .order_by(ClauseText.revision)
    )
    return tuple(ClauseCorrected(reason, at) for reason, at in rows)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that one person asked for. `account`: who; None for the command line."""

    id: int
    title: str
    text: str
    reason: str
    account: int | None
    at: datetime


def waiting(clause_id: int, language: str, sha256: str) -> Waiting | None:
    """The newest request, while the text (its fingerprint) is still the one it was made for; one statement."""
    row = db.session.scalar(
        select(CorrectionRequest)
        .where(CorrectionRequest.clause_id == clause_id, CorrectionRequest.language == language)
        .order_by(CorrectionRequest.id.desc())
        .limit(1)
    )
    if row is None or row.seen_sha256 != sha256:
        return None
    return Waiting(row.id, row.title, row.text, row.reason, row.actor_id, row.at)


def correction_notice(correction: int, submission: int) -> CorrectionNotice | None:
    """What the person of a submission is told of a correction, over all comments she sent under that address; None where nothing is left to tell."""
    found = db.session.get(Correction, correction)
    sent = db.session.execute(
        select(Submission.language, Party.mail).join(Party, Party.id == Submission.party_id).where(Submission.id == submission)
    ).first()
    if found is None or sent is None or not sent.mail:
        return None
    rows = db.session.execute(
        select(Comment.reference, Party.mail, ClauseRow.id, ClauseRow.number, Consultation.slug, Round.number, Standard.slug, Version.name)
        .select_from(Comment)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(ClauseText, ClauseText.id == Comment.clause_text_id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(ClauseText.language == found.language, Comment.state.not_in(("withdrawn", "erased")))
        .where(ClauseRow.id.in_(select(ClauseText.clause_id).where(ClauseText.correction_id == found.id)))
        .order_by(ClauseRow.position, Comment.id)
    ).all()
    own = [row for row in rows if row[1] and row[1].strip().casefold() == sent.mail.strip().casefold()]
    if not own:
        return None
    clauses = []
    for clause in dict.fromkeys(row[2] for row in own):
        of_clause = [row for row in own if row[2] == clause]
        before, now = _texts(clause, found)
        gone, come = changed_words(f"{before.title}\n{before.text}", f"{now.title}\n{now.text}", found.language)
        _, _, _, number, consultation, round, standard, _ = of_clause[0]
        references = tuple(row[0] for row in of_clause)
        clauses.append(CorrectedForAuthor(now.label, now.title, gone, come, references, consultation, round, standard, number or ""))
    return CorrectionNotice(sent.mail, sent.language, found.language, found.reason, found.at, own[0][7], tuple(clauses))


def _texts(clause: int, correction: Correction) -> tuple[ClauseText, ClauseText]:
    """The text before a correction and the one it made."""
    texts = db.session.scalars(
        select(ClauseText).where(ClauseText.clause_id == clause, ClauseText.language == correction.language).order_by(ClauseText.revision)
    ).all()
    at = next(place for place, text in enumerate(texts) if text.correction_id == correction.id)
    return texts[at - 1], texts[at]
