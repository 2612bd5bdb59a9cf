"""Answers that were handed in without a comment: on record as such, moderated where they hold words, taken back, withheld, erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.moderation import may_move, needs_reason, takes_reason
from consult.core.problem import Problem, Refused
from consult.core.question import Asked, first_state
from consult.core.reference import answers_reference
from consult.core.vocabulary import STATES, WITHHOLD_REASONS, ModerationState
from consult.extensions import writing
from consult.models import AnswerSheet, AnswerStep, Consultation, Round, Submission
from consult.operations.answers import erase_answers
from consult.operations.record import Actor, record

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class SheetsMoved:
    """References of those that were moved, and of those that had another state by then (nothing was overwritten), with it."""

    moved: tuple[str, ...]
    stale: tuple[tuple[str, str], ...]


def new_sheet(
    session: Session, submission: Submission, round_: Round, prefix: str, asked: Sequence[Asked], answers: Mapping[str, str]
) -> str:
    """Within a hand-in that holds the lock of its round; gives the reference."""
    number = 1 + (session.scalar(select(func.max(AnswerSheet.number)).where(AnswerSheet.round_id == round_.id)) or 0)
    session.add(AnswerSheet(submission_id=submission.id, round_id=round_.id, number=number, state=first_state(asked, answers)))
    return answers_reference(prefix, round_.number, number)


def move_answers(
    *, seen: Mapping[int, str], to: str, reason: str | None = None, consultation: str, by: Actor, now: datetime
) -> SheetsMoved:  # fmt: skip
    """Moves answers without a comment (key -> the state that was seen) in one transaction.

    Refused as a whole: no_answers_ticked, too_many (most), answers_unknown, move_not_allowed (before, after), reason_needed, reason_unknown,
    state_unknown.
    """
    after = _state(to)
    if reason and reason not in WITHHOLD_REASONS:
        raise Refused(Problem("reason_unknown", {"field": "reason"}))
    if needs_reason(after) and not reason:
        raise Refused(Problem("reason_needed", {"field": "reason"}))
    if not seen:
        raise Refused(Problem("no_answers_ticked"))
    if len(seen) > MOST_AT_ONCE:
        raise Refused(Problem("too_many", params={"most": MOST_AT_ONCE}))
    kept = reason if takes_reason(after) else None
    with writing() as session:
        found = _locked(session, list(seen), consultation)
        if len(found) < len(seen):
            raise Refused(Problem("answers_unknown"))
        moved, stale = [], []
        for sheet, reference in found:
            if sheet.state != seen[sheet.id]:
                stale.append((reference, sheet.state))
                continue
            _move(session, sheet, after, "moderate", kept, by, now)
            moved.append(reference)
        for reference in moved:
            _tell(session, consultation, "answers_moderated", reference, after, kept, by, now)
        return SheetsMoved(tuple(moved), tuple(stale))


def end_answers(
    session: Session, of: Submission, after: ModerationState, act: str, *, reason: str | None = None, by: Actor, now: datetime
) -> str | None:
    """Within another operation that has locked the submission: its answers are withdrawn, withheld or erased, where it is nothing but answers and
    they can be. The reference, for the event, which is the caller's; None where there is nothing to do.
    """
    sheet = session.scalar(select(AnswerSheet).where(AnswerSheet.submission_id == of.id).with_for_update())
    if sheet is None or not may_move(_state(sheet.state), after, act):
        return None
    _move(session, sheet, after, act, reason, by, now)
    if after == "erased":
        erase_answers(session, submission=of.id)
    return answers_reference(of.round.consultation.prefix, of.round.number, sheet.number)


def _move(session: Session, sheet: AnswerSheet, after: ModerationState, act: str, reason: str | None, by: Actor, now: datetime) -> None:
    before = _state(sheet.state)
    if not may_move(before, after, act):
        raise Refused(Problem("move_not_allowed", params={"before": before, "after": after}))
    sheet.state = after
    session.add(AnswerStep(sheet_id=sheet.id, before=before, after=after, reason=reason, actor_kind=by.kind, actor_id=by.id, at=now))


def _locked(session: Session, keys: list[int], consultation: str) -> list[tuple[AnswerSheet, str]]:
    rows = session.execute(
        select(AnswerSheet, Consultation.prefix, Round.number)
        .join(Round, Round.id == AnswerSheet.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(AnswerSheet.id.in_(keys), Consultation.slug == consultation)
        .order_by(AnswerSheet.id)
        .with_for_update(of=AnswerSheet)
        .execution_options(populate_existing=True)
    )
    return [(sheet, answers_reference(prefix, number, sheet.number)) for sheet, prefix, number in rows]


def _tell(session: Session, scope: str, kind: str, subject: str, after: str, reason: str | None, by: Actor, now: datetime) -> None:
    record(
        session, scope=scope, kind=kind, subject=subject, by=by, now=now, codes={"after": after} | ({"reason": reason} if reason else {})
    )


def _state(code: str) -> ModerationState:
    for state in STATES:
        if state == code:
            return state
    raise Refused(Problem("state_unknown", params={"state": code}))
