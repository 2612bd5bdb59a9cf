"""What becomes of endorsements: moderated, withdrawn, erased; and their authors told when the comment they stand behind goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.endorsement import STANDS_IN, endorsement_reference
from consult.core.moderation import may_move, needs_reason
from consult.core.problem import Problem, Refused
from consult.core.vocabulary import STATES, WITHHOLD_REASONS, ModerationState
from consult.extensions import writing
from consult.models import Comment, Consultation, Endorsement, EndorsementStep, Party, Round, Submission
from consult.operations.record import Actor, enqueue, record

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class EndorsementsMoved:
    """References of those that were moved, and of those that had another state by then (nothing was overwritten), with it."""

    moved: tuple[str, ...]
    stale: tuple[tuple[str, str], ...]


def move_endorsements(
    *,
    seen: Mapping[int, str],
    to: str,
    reason: str | None = None,
    without_nuance: bool = False,
    consultation: str,
    by: Actor,
    now: datetime,
) -> EndorsementsMoved:
    """Moves endorsements (key -> the state that was seen) in one transaction. `without_nuance` clears them and withholds what they add, for `reason`.

    Refused as a whole: no_endorsement_ticked, too_many_endorsements (most), endorsement_unknown, endorsement_not_movable (before, after), reason_needed, reason_unknown, state_unknown.
    """
    after = _state("cleared" if without_nuance else to)
    if reason and reason not in WITHHOLD_REASONS:
        raise Refused(Problem("reason_unknown", {"field": "reason"}))
    if (without_nuance or needs_reason(after)) and not reason:
        raise Refused(Problem("reason_needed", {"field": "reason"}))
    if not seen:
        raise Refused(Problem("no_endorsement_ticked"))
    if len(seen) > MOST_AT_ONCE:
        raise Refused(Problem("too_many_endorsements", params={"most": MOST_AT_ONCE}))
    kept = reason if without_nuance or needs_reason(after) else None
    with writing() as session:
        found = _locked(session, list(seen), consultation)
        if len(found) < len(seen):
            raise Refused(Problem("endorsement_unknown"))
        moved, stale = [], []
        for endorsement, comment in found:
            reference = endorsement_reference(comment, endorsement.number)
            if endorsement.state != seen[endorsement.id]:
                stale.append((reference, endorsement.state))
                continue
            if endorsement.state == after and not (without_nuance and endorsement.nuance_reason is None):
                raise Refused(Problem("endorsement_not_movable", params={"before": endorsement.state, "after": after}))
            move(session, endorsement, after, "moderate", kept, by, now)
            endorsement.nuance_reason = kept if without_nuance else None
            moved.append(reference)
            tell(session, consultation, "endorsement_moderated", reference, after, kept, by, now)
        return EndorsementsMoved(tuple(moved), tuple(stale))


def forget_endorser(session: Session, submission: Submission, *, words: bool, by: Actor, now: datetime) -> str | None:
    """Within the erasure of a person: what tells who endorsed goes; with `words` also the nuance, and the endorsement counts no more. Its reference
    is given where that is so; the event is the caller's.
    """
    found = session.execute(
        select(Endorsement, Comment.reference)
        .join(Comment, Comment.id == Endorsement.comment_id)
        .where(Endorsement.submission_id == submission.id)
        .with_for_update(of=Endorsement)
    ).first()
    if found is None:
        return None
    endorsement, comment = found
    endorsement.person_sha256 = endorsement.basket_sha256 = None
    if not words or endorsement.state == "erased":
        return None
    endorsement.nuance = endorsement.language = None
    move(session, endorsement, "erased", "erase", None, by, now)
    return endorsement_reference(comment, endorsement.number)


def tell_endorsers(session: Session, comment: Comment, now: datetime) -> None:
    """When the comment they stand behind is not read any more: each who gave an address hears of it, in the transaction of the act."""
    told = session.execute(
        select(Endorsement.id, Endorsement.submission_id)
        .join(Submission, Submission.id == Endorsement.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .where(Endorsement.comment_id == comment.id, Endorsement.state.in_(STANDS_IN), Party.mail.is_not(None))
        .order_by(Endorsement.id)
    )
    for endorsement, submission in told:
        payload = {"template": "endorsed_comment_gone", "endorsement": endorsement, "state": comment.state}
        enqueue(session, kind="mail", payload=payload, submission=submission, now=now)


def move(
    session: Session, endorsement: Endorsement, after: ModerationState, act: str, reason: str | None, by: Actor, now: datetime
) -> None:
    before = _state(endorsement.state)
    if before != after and not may_move(before, after, act):
        raise Refused(Problem("endorsement_not_movable", params={"before": before, "after": after}))
    endorsement.state = after
    session.add(
        EndorsementStep(
            endorsement_id=endorsement.id, before=before, after=after, reason=reason, actor_kind=by.kind, actor_id=by.id, at=now
        )
    )


def _locked(session: Session, keys: list[int], consultation: str) -> list[tuple[Endorsement, str]]:
    rows = session.execute(
        select(Endorsement, Comment.reference)
        .join(Comment, Comment.id == Endorsement.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Endorsement.id.in_(keys), Consultation.slug == consultation)
        .order_by(Endorsement.id)
        .with_for_update(of=Endorsement)
        .execution_options(populate_existing=True)
    )
    return [(endorsement, reference) for endorsement, reference in rows]


def tell(session: Session, scope: str, kind: str, subject: str, after: str, reason: str | None, by: Actor, now: datetime) -> None:
    codes = {"after": after} | ({"reason": reason} if reason else {})
    record(session, scope=scope, kind=kind, subject=subject, by=by, now=now, codes=codes)


def _state(code: str) -> ModerationState:
    for state in STATES:
        if state == code:
            return state
    raise Refused(Problem("state_unknown", params={"state": code}))
