"""What becomes of comments: the committee decides on those it ticked, in one act and with one reason; nobody overwrites what she has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.disposition import MOST_AT_ONCE, NewDecision
from consult.core.problem import Problem, Refused
from consult.core.reference import decision_reference
from consult.extensions import writing
from consult.models import Account, Comment, Consultation, Decision, DecisionReason, DispositionRow, Party, Round, Submission
from consult.operations.record import Actor, record


@dataclass(frozen=True, slots=True)
class DecidedTogether:
    """What became of ticked comments: the decision with the references it was made on (no reference: it had been made by then), and those that
    somebody else decided on meanwhile, which stay as they are.
    """

    decision: str | None
    decided: tuple[str, ...]
    stale: tuple[str, ...]


def decide(*, consultation: str, round_number: int, new: NewDecision, seen: Mapping[str, int], by: Actor, now: datetime) -> DecidedTogether:
    """One decision on ticked comments (reference -> how many decisions on it were shown). The same act sent twice by the same person is one act.

    Refused as a whole: none_ticked, too_many (most), comment_unknown, not_cleared and own_comment (reference), duplicate_of_unknown
    (where: duplicate_of), duplicate_of_itself. A change of mind is a further decision: the earlier one stays on record.
    """
    if not seen:
        raise Refused(Problem("none_ticked"))
    if len(seen) > MOST_AT_ONCE:
        raise Refused(Problem("too_many", params={"most": MOST_AT_ONCE}))
    with writing() as session:
        round_, prefix = _round(session, consultation, round_number)
        comments = _locked(session, round_, list(seen), by)
        original = _original(session, round_, new, comments)
        newest = _newest(session, [each.id for each in comments.values()])
        repeated: list[str] = []
        stale: list[str] = []
        open_: list[str] = []
        for reference, count in seen.items():
            row = newest.get(comments[reference].id)
            if (row.number if row else 0) == count:
                open_.append(reference)
            else:
                (repeated if row and _same(session, row, new, original, by) else stale).append(reference)
        if not open_:
            return DecidedTogether(None, tuple(repeated), tuple(stale))
        decision = _made(session, round_, new, by, now)
        for reference in open_:
            comment = comments[reference]
            comment.disposition = new.disposition
            session.add(
                DispositionRow(
                    comment_id=comment.id, number=seen[reference] + 1, decision_id=decision.id, disposition=new.disposition,
                    duplicate_of_id=original.id if original else None,
                )
            )  # fmt: skip
        named = decision_reference(prefix, round_.number, decision.number)
        record(
            session, scope=consultation, kind="comments_decided", subject=named, by=by, now=now,
            codes={"disposition": new.disposition, "comments": open_, "languages": sorted(new.reasons)},
        )  # fmt: skip
        return DecidedTogether(named, (*open_, *repeated), tuple(stale))


def _round(session: Session, consultation: str, number: int) -> tuple[Round, str]:
    row = session.execute(
        select(Round, Consultation.prefix)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
    ).first()
    if row is None:
        raise Refused(Problem("unknown_round"))
    return row.Round, row.prefix


def _locked(session: Session, round_: Round, references: list[str], by: Actor) -> dict[str, Comment]:
    """In one order, so that two members never wait for each other in a ring. On a comment of her own a member does not decide."""
    rows = session.execute(
        select(Comment, Party.mail)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .where(Comment.round_id == round_.id, Comment.reference.in_(references))
        .order_by(Comment.id)
        .with_for_update(of=Comment)
    ).all()
    found = {row.Comment.reference: row.Comment for row in rows}
    if missing := [each for each in references if each not in found]:
        raise Refused(Problem("comment_unknown", params={"reference": missing[0]}))
    if unread := [each for each in references if found[each].state != "cleared"]:
        raise Refused(Problem("not_cleared", params={"reference": unread[0]}))
    account = session.get(Account, by.id) if by.kind == "account" else None
    mail = account.mail.casefold() if account else None
    if own := [row.Comment.reference for row in rows if mail is not None and (row.mail or "").casefold() == mail]:
        raise Refused(Problem("own_comment", params={"reference": own[0]}))
    return found


def _original(session: Session, round_: Round, new: NewDecision, comments: Mapping[str, Comment]) -> Comment | None:
    if new.duplicate_of is None:
        return None
    if new.duplicate_of in comments:
        raise Refused(Problem("duplicate_of_itself", {"field": "duplicate_of"}))
    found = session.scalar(select(Comment).where(Comment.round_id == round_.id, Comment.reference == new.duplicate_of))
    if found is None:
        raise Refused(Problem("duplicate_of_unknown", {"field": "duplicate_of"}, {"reference": new.duplicate_of[:40]}))
    return found


def _newest(session: Session, comments: list[int]) -> dict[int, DispositionRow]:
    rows = session.scalars(select(DispositionRow).where(DispositionRow.comment_id.in_(comments)).order_by(DispositionRow.number))
    return {row.comment_id: row for row in rows}


def _same(session: Session, row: DispositionRow, new: NewDecision, original: Comment | None, by: Actor) -> bool:
    decision = session.get_one(Decision, row.decision_id)
    said = {each.language: each.text for each in decision.reasons}
    return (row.disposition, row.duplicate_of_id, said, decision.actor_kind, decision.actor_id) == (
        new.disposition, original.id if original else None, dict(new.reasons), by.kind, by.id,
    )  # fmt: skip


def _made(session: Session, round_: Round, new: NewDecision, by: Actor, now: datetime) -> Decision:
    session.get_one(Round, round_.id, with_for_update=True)  # numbers without gaps
    number = 1 + (session.scalar(select(func.max(Decision.number)).where(Decision.round_id == round_.id)) or 0)
    decision = Decision(round_id=round_.id, number=number, at=now, actor_kind=by.kind, actor_id=by.id)
    decision.reasons = [DecisionReason(language=language, text=text) for language, text in sorted(new.reasons.items())]
    session.add(decision)
    session.flush()
    return decision
