"""Until closing, authors go on: revise a comment, take back one or all, add further ones from the receipt. Nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.problem import Problem, Refused
from consult.core.revision import may_be_revised
from consult.core.submission import character_problems
from consult.core.vocabulary import WITHHOLD_REASONS, CommentType, Position
from consult.extensions import writing
from consult.models import Comment, CommentClause, CommentRevision, Consultation, RevisionStep, Round, Submission
from consult.operations.answer_sheets import end_answers
from consult.operations.attachments import exchange_files
from consult.operations.attempts import pass_door
from consult.operations.confirm import held_submission
from consult.operations.counted import keep_counted
from consult.operations.likeness import recognise
from consult.operations.moderate import move
from consult.operations.record import Actor, record
from consult.operations.search_index import index_comment
from consult.operations.submit import admitted
from consult.queries.commenting import clause_ids

LONGEST_REASON = 2000
"""Characters of what an author says to the secretariat when she takes a comment back."""


@dataclass(frozen=True, slots=True)
class Besides:
    """What a revision says besides its words, whole: `further` are numbers of further clauses, `gone` those of the files it takes away; `key` is
    that of the form it comes with, under which its new files are stored.
    """

    position: Position | None = None
    type: CommentType | None = None
    further: tuple[str, ...] = ()
    gone: tuple[int, ...] = ()
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a revision says, whole: what it leaves out is gone from it. `whole`: `proposed` is the edited clause text. `besides` None: all that stays
    as it was.
    """

    text: str | None
    rationale: str | None = None
    proposed: str | None = None
    evidence: tuple[str, ...] = ()
    whole: bool = False
    besides: Besides | None = None


def revise_comment(
    *, submission: str, comment: str, words: Words, seen: int, opened_at: datetime | None, address: str | None = None, now: datetime
) -> int:
    """Adds a revision by the author and gives its number; `seen` is the newest one the form was opened on.

    It goes through moderation; what was cleared stays shown meanwhile. The same words sent again add nothing. Refused: unknown_receipt,
    unknown_target (of a further clause with where: number), confirmation_disowned, comment_ended, stale_revision (newest), nothing_changed,
    attachment_many, attachment_total, round_cancelled, window_closed, too_many_attempts (by `address`, where it comes from the web).
    """
    with writing() as session:
        pass_door(session, door="keep", address=address, who=submission if address else None, now=now)
        return revise_within(session, submission=submission, comment=comment, words=words, seen=seen, opened_at=opened_at, at=now, now=now)


def revise_within(
    session: Session,
    *,
    submission: str,
    comment: str,
    words: Words,
    seen: int | None,
    opened_at: datetime | None,
    at: datetime,
    now: datetime,
) -> int:
    """What `revise_comment` does, within another operation: take it last. `at`: when the words came in, which the window is judged by;
    `seen` None: whatever the newest one is.
    """
    of = held_submission(session, submission)
    round_, scope = _open(session, of, opened_at, at, recorded=at != now)
    found = _of(session, of, [comment])
    if not found:
        raise Refused(Problem("unknown_target"))
    one = found[0]
    if not may_be_revised(one.state):
        raise Refused(Problem("comment_ended"))
    newest = one.revisions[-1]
    seen = newest.number if seen is None else seen
    number = newest.number + 1
    further = _further(session, one, words.besides)
    told = _told(newest) if words.besides is None else (words.besides.position, words.besides.type)
    changed = (_words_of(newest), _told(newest), _named(one, newest.number)) != (replace(words, besides=None), told, further)
    if not _files_exchanged(session, one, words.besides, number) and not changed:
        if newest.number == seen:
            raise Refused(Problem("nothing_changed"))
        return newest.number
    if newest.number != seen:
        raise Refused(Problem("stale_revision", params={"newest": newest.number}))
    one.revisions.append(
        CommentRevision(
            number=number, text=words.text, rationale=words.rationale, proposed=words.proposed,
            evidence="\n".join(words.evidence) or None, whole=words.whole, position=told[0], type=told[1], at=at,
        )
    )  # fmt: skip
    one.further.extend(CommentClause(clause_id=clause, revision=number) for clause in further)
    one.newest_revision = number
    session.flush()
    recognise(session, [one])
    keep_counted(session, [one.id])
    record(
        session, scope=scope, kind="comment_revised", subject=comment, by=Actor("party", of.party_id), now=now,
        codes={"round": round_.number, "revision": number, "state": one.state},
    )  # fmt: skip
    return number


def withdraw_by_author(*, submission: str, comments: Sequence[str], reason: str = "", now: datetime) -> tuple[str, ...]:
    """Takes comments of a submission back, all in one; gives those that were taken back now. `reason` is for the secretariat, and optional.

    Refused: unknown_receipt, unknown_target, confirmation_disowned, note_long, control_character, round_cancelled, window_closed.
    """
    said = reason.replace("\r\n", "\n").strip()
    if len(said) > LONGEST_REASON:
        raise Refused(Problem("note_long", {"field": "reason"}, {"longest": LONGEST_REASON, "length": len(said)}))
    if problems := character_problems("reason", said):
        raise Refused(*problems)
    with writing() as session:
        of = held_submission(session, submission)
        _, scope = _open(session, of, None, now)
        found = _of(session, of, comments)
        if len(found) != len(set(comments)):
            raise Refused(Problem("unknown_target"))
        by = Actor("party", of.party_id)
        standing = [each for each in found if may_be_revised(each.state)]
        for each in standing:
            move(session, each, to="withdrawn", act="withdraw", note=said or None, by=by, now=now)
        for each in standing:
            record(session, scope=scope, kind="comment_withdrawn", subject=each.reference, by=by, now=now)
        return tuple(each.reference for each in standing)


def withdraw_answers(*, submission: str, now: datetime) -> None:
    """Takes back a submission that is nothing but answers: they count no longer. Whoever asks must have shown the right to it.

    Refused: unknown_receipt, unknown_target, confirmation_disowned, round_cancelled, window_closed.
    """
    with writing() as session:
        of = held_submission(session, submission)
        _, scope = _open(session, of, None, now)
        by = Actor("party", of.party_id)
        reference = end_answers(session, of, "withdrawn", "withdraw", by=by, now=now)
        if reference is None:
            raise Refused(Problem("unknown_target"))
        record(session, scope=scope, kind="answers_withdrawn", subject=reference, by=by, now=now)


def judge_revision(
    *, reference: str, revision: int, verdict: str, reason: str | None = None, consultation: str, by: Actor, now: datetime
) -> None:
    """Moderation decides on the newest revision of a comment that stays cleared: from now on it is shown, or (with a reason) it is not.

    The same verdict sent twice is one. Refused: comment_unknown, revised_meanwhile (a newer one came), move_not_allowed (the comment itself is
    not cleared: it is decided on as a whole), verdict_reason_needed, reason_unknown.
    """
    kept = _reason(verdict, reason)
    with writing() as session:
        one = session.scalar(
            select(Comment)
            .join(Round, Round.id == Comment.round_id)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Comment.reference == reference, Consultation.slug == consultation)
            .with_for_update(of=Comment)
            .execution_options(populate_existing=True)
        )
        if one is None:
            raise Refused(Problem("comment_unknown", params={"reference": reference}))
        if one.newest_revision != revision:
            raise Refused(Problem("revised_meanwhile", params={"reference": reference}))
        if one.state != "cleared":
            raise Refused(Problem("move_not_allowed", params={"before": one.state, "after": "cleared"}))
        shown = one.cleared_revision == revision
        if one.judged_revision == revision and shown == (verdict == "cleared"):
            return
        if shown:
            raise Refused(Problem("move_not_allowed", params={"before": "cleared", "after": "withheld"}))
        one.judged_revision = revision
        if verdict == "cleared":
            one.cleared_revision = revision
            index_comment(session, one)
            keep_counted(session, [one.id])
        step = RevisionStep(
            comment_id=one.id, revision=revision, verdict=verdict, reason=kept, actor_kind=by.kind, actor_id=by.id, at=now
        )  # fmt: skip
        session.add(step)
        codes = {"revision": revision, "verdict": verdict} | ({"reason": kept} if kept else {})
        record(session, scope=consultation, kind="revision_moderated", subject=reference, by=by, now=now, codes=codes)


def _reason(verdict: str, reason: str | None) -> str | None:
    if verdict not in ("cleared", "refused"):
        raise Refused(Problem("state_unknown", params={"state": verdict}))
    if verdict == "cleared":
        return None
    if not reason:
        raise Refused(Problem("verdict_reason_needed", {"field": "reason"}))
    if reason not in WITHHOLD_REASONS:
        raise Refused(Problem("reason_unknown", {"field": "reason"}))
    return reason


def _open(session: Session, of: Submission, opened_at: datetime | None, now: datetime, *, recorded: bool = False) -> tuple[Round, str]:
    """The round of a submission with its consultation's slug, while things may still be handed in. A form opened in time has the grace."""
    consultation = of.round.consultation
    admitted(of.round, consultation, opened_at, now, recorded=recorded)
    return of.round, consultation.slug


def _of(session: Session, of: Submission, references: Sequence[str]) -> list[Comment]:
    return list(
        session.scalars(
            select(Comment)
            .where(Comment.submission_id == of.id, Comment.reference.in_(references))
            .order_by(Comment.id)
            .with_for_update(of=Comment)
            .execution_options(populate_existing=True)
        )
    )


def _files_exchanged(session: Session, comment: Comment, besides: Besides | None, revision: int) -> bool:
    return besides is not None and exchange_files(session, comment=comment, key=besides.key, gone=besides.gone, revision=revision)


def _told(revision: CommentRevision) -> tuple[str | None, str | None]:
    return revision.position, revision.type


def _named(comment: Comment, revision: int) -> list[int]:
    """The further clauses that a revision names."""
    return sorted(each.clause_id for each in comment.further if each.revision == revision)


def _further(session: Session, comment: Comment, besides: Besides | None) -> list[int]:
    """The further clauses of the next revision. Refused: unknown_target (where: number)."""
    if besides is None or comment.version_id is None:
        return _named(comment, comment.revisions[-1].number)
    known = clause_ids(version=comment.version_id, numbers=besides.further) if besides.further else {}
    if missing := [number for number in besides.further if number not in known]:
        raise Refused(Problem("unknown_target", {"number": missing[0]}))
    return sorted({known[number] for number in besides.further} - {comment.clause_id})


def _words_of(revision: CommentRevision) -> Words:
    evidence = tuple(revision.evidence.split("\n")) if revision.evidence else ()
    return Words(revision.text, revision.rationale, revision.proposed, evidence, revision.whole)
