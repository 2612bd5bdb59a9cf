"""Moderation: comments move between states, each move with its step on the log; nobody decides on what she has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.moderation import may_move, needs_reason, takes_reason
from consult.core.problem import Problem, Refused
from consult.core.vocabulary import STATES, WITHHOLD_REASONS, ModerationState
from consult.extensions import writing
from consult.models import Comment, Consultation, ModerationStep, Round
from consult.operations.counted import keep_counted
from consult.operations.endorsements import tell_endorsers
from consult.operations.record import Actor, record
from consult.operations.search_index import index_comment

LONGEST_NOTE = 2000
"""Characters of an internal note."""
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Moved:
    """One move that was made: what `undo` needs is `before`."""

    reference: str
    before: ModerationState
    after: ModerationState


@dataclass(frozen=True, slots=True)
class MovedTogether:
    """What became of ticked comments: those moved, and those that had another state by then, with that state (nothing was overwritten)."""

    moved: tuple[Moved, ...]
    stale: tuple[tuple[str, ModerationState], ...]


def move_comment(
    *, reference: str, seen_state: str, to: str, reason: str | None = None, note: str = "", consultation: str | None = None,
    seen_revision: int | None = None, by: Actor, now: datetime,
) -> Moved:  # fmt: skip
    """Moves one comment from the state the moderator saw to another.

    `reason` is the published category, kept where something is held or withheld; `note` is for staff. `consultation` (its slug) refuses comments
    of another one; `seen_revision` (the newest whose words were shown) refuses one that its author revised meanwhile. The same act sent twice by
    the same person is one act. Refused: comment_unknown, stale (state: the newer one), revised_meanwhile, move_not_allowed (before, after),
    reason_needed, reason_unknown, note_long. Undo is a further move.
    """
    kept, said = _checked(to, reason, note)
    with writing() as session:
        found = _locked(session, [reference], consultation)
        if reference not in found:
            raise Refused(Problem("comment_unknown", params={"reference": reference}))
        comment, slug = found[reference]
        if _already(session, comment, seen_state, to, by):
            return Moved(reference, _state(seen_state), _state(to))
        if comment.state != seen_state:
            raise Refused(Problem("stale", params={"reference": reference, "state": comment.state}))
        if seen_revision not in (None, comment.newest_revision):
            raise Refused(Problem("revised_meanwhile", params={"reference": reference}))
        moved = move(session, comment, to=to, act="moderate", reason=kept, note=said, by=by, now=now)
        _tell(session, slug, moved, kept, by, now)
        return moved


def move_comments(
    *, seen: Mapping[str, str], to: str, reason: str | None = None, note: str = "", consultation: str,
    revisions: Mapping[str, int] | None = None, by: Actor, now: datetime,
) -> MovedTogether:  # fmt: skip
    """Moves ticked comments (reference -> the state that was seen) in one transaction; whatever changed meanwhile stays as it is and is named:
    with `revisions` (reference -> the newest that was shown) also what its author revised.

    Refused as a whole: none_ticked, too_many (most), comment_unknown, move_not_allowed, reason_needed, reason_unknown, note_long.
    """
    kept, said = _checked(to, reason, note)
    if not seen:
        raise Refused(Problem("none_ticked"))
    if len(seen) > MOST_AT_ONCE:
        raise Refused(Problem("too_many", params={"most": MOST_AT_ONCE}))
    with writing() as session:
        found = _locked(session, list(seen), consultation)
        if missing := [reference for reference in seen if reference not in found]:
            raise Refused(Problem("comment_unknown", params={"reference": missing[0]}))
        moved, stale, repeated = [], [], []
        for reference, state in seen.items():
            comment = found[reference][0]
            if _already(session, comment, state, to, by):
                repeated.append(Moved(reference, _state(state), _state(to)))
            elif comment.state != state or (revisions or {}).get(reference, comment.newest_revision) != comment.newest_revision:
                stale.append((reference, _state(comment.state)))
            else:
                moved.append(move(session, comment, to=to, act="moderate", reason=kept, note=said, by=by, now=now))
        for each in moved:
            _tell(session, consultation, each, kept, by, now)
        return MovedTogether((*moved, *repeated), tuple(stale))


def move(
    session: Session, comment: Comment, *, to: str, act: str, reason: str | None = None, note: str | None = None, by: Actor, now: datetime
) -> Moved:
    """One step inside an operation's transaction, on a comment it has locked: the state and its log row together. The event is the caller's.

    `act` says on whose right: moderate, withdraw, erase or disown. What moderation decides is decided on the newest revision. Refused:
    move_not_allowed, reason_needed.
    """
    before, after = _state(comment.state), _state(to)
    if not may_move(before, after, act):
        raise Refused(Problem("move_not_allowed", params={"before": before, "after": after}))
    if needs_reason(after) and reason is None:
        raise Refused(Problem("reason_needed", {"field": "reason"}))
    comment.state = after
    if act == "moderate" and after != "pending":
        comment.judged_revision = comment.newest_revision
        if after == "cleared":
            comment.cleared_revision = comment.newest_revision
    index_comment(session, comment)
    if before == "cleared" and after in ("withheld", "withdrawn", "erased"):
        tell_endorsers(session, comment, now)
    session.add(
        ModerationStep(
            comment_id=comment.id, before=before, after=after, reason=reason, note=note, actor_kind=by.kind, actor_id=by.id, at=now
        )
    )
    keep_counted(session, [comment.id])
    return Moved(comment.reference, before, after)


def _checked(to: str, reason: str | None, note: str) -> tuple[str | None, str | None]:
    """The reason and note as they are kept."""
    after = _state(to)
    if reason and reason not in WITHHOLD_REASONS:
        raise Refused(Problem("reason_unknown", {"field": "reason"}))
    if needs_reason(after) and not reason:
        raise Refused(Problem("reason_needed", {"field": "reason"}))
    said = note.replace("\r\n", "\n").strip()
    if len(said) > LONGEST_NOTE:
        raise Refused(Problem("note_long", {"field": "note"}, {"longest": LONGEST_NOTE, "length": len(said)}))
    return (reason or None) if takes_reason(after) else None, said or None


def _locked(session: Session, references: list[str], consultation: str | None) -> dict[str, tuple[Comment, str]]:
    """The comments with their consultation's slug, locked in one order so that two moderators never wait for each other in a ring."""
    query = (
        select(Comment, Consultation.slug)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Comment.reference.in_(references))
        .order_by(Comment.id)
        .with_for_update(of=Comment)
        .execution_options(populate_existing=True)
    )
    if consultation is not None:
        query = query.where(Consultation.slug == consultation)
    return {comment.reference: (comment, slug) for comment, slug in session.execute(query)}


def _already(session: Session, comment: Comment, seen: str, to: str, by: Actor) -> bool:
    """Whether this very act is the newest step: a double click, or Back and sent again."""
    if comment.state != to or seen == to:
        return False
    newest = session.scalars(
        select(ModerationStep).where(ModerationStep.comment_id == comment.id).order_by(ModerationStep.id.desc()).limit(1)
    ).first()
    return newest is not None and (newest.before, newest.actor_kind, newest.actor_id) == (seen, by.kind, by.id)


def _tell(session: Session, consultation: str, moved: Moved, reason: str | None, by: Actor, now: datetime) -> None:
    codes = {"before": moved.before, "after": moved.after} | ({"reason": reason} if reason else {})
    record(session, scope=consultation, kind="comment_moderated", subject=moved.reference, by=by, now=now, codes=codes)


def _state(code: str) -> ModerationState:
    for state in STATES:
        if state == code:
            return state
    raise Refused(Problem("state_unknown", params={"state": code}))
