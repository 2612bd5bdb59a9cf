"""One submission of a room: its complete comments, what is said about the members behind them, and the minority views that go along."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.basket import lacks, typed_particulars
from consult.core.organisation_room import Statement, voice
from consult.core.problem import Problem, Refused
from consult.core.submission import Person
from consult.core.window import instant
from consult.extensions import writing
from consult.models import (
    BasketComment,
    CommentMembers,
    MinorityView,
    RoomAnswer,
    RoomComment,
    RoomFile,
    RoomMember,
    Submission,
    SubmissionMembers,
)
from consult.operations.basket import Submitted, earlier_receipt, hand_in_drafts
from consult.operations.organisation_room.found import Found, find_coordinated
from consult.operations.submit import hand_over
from consult.queries.baskets import draft_of, draft_rows, grounds, target_of
from consult.queries.organisation_rooms import members_behind


def set_deadline(*, tokens: Sequence[str], address: str, local: datetime | None, now: datetime) -> None:
    """The inner deadline as a wall time in the zone of the round; None for none. Refused with deadline_past, deadline_after_closing."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        until = instant(local, found.round.zone) if local else None
        if until is not None and until <= now:
            raise Refused(Problem("deadline_past", {"field": "deadline"}))
        if until is not None and until >= found.round.closes_at:
            raise Refused(Problem("deadline_after_closing", {"field": "deadline"}))
        found.room.inner_deadline = until


def set_particulars(*, tokens: Sequence[str], address: str, fields: Mapping[str, str], statement: Statement, now: datetime) -> None:
    """Keeps what was said about the organisation and its members, complete or not."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        found.basket.particulars, found.basket.touched_at = typed_particulars(fields), now
        found.room.statement = statement


def hand_in_room(
    *, tokens: Sequence[str], address: str, key: str, seen: int, person: Person, language: str, now: datetime, origin: str | None = None,
) -> Submitted:  # fmt: skip
    """One submission of all complete comments that are marked in; the others stay in the room. `key` counts once, `seen`: the revision reviewed.

    What the room's statement says of its members is stored with it, and the minority views that both sides let go along. `origin`: where the
    request comes from. Refused with: coordinator_only, basket_changed, nothing_to_submit, views_undecided, and what `submit` refuses.
    """
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        rows = session.execute(
            draft_rows([found.basket.id])
            .join(RoomComment, RoomComment.basket_comment_id == BasketComment.id)
            .add_columns(RoomComment)
            .where(BasketComment.comment_id.is_(None), RoomComment.included, RoomComment.merged_into_id.is_(None))
        ).all()
        drafts = [(row[0], target_of(row[0], row[1], row[4], row[5])) for row in rows]
        of_room = {row[0].key: row[-1] for row in rows}
        on = grounds(drafts)
        left = tuple(row.key for row, target in drafts if lacks(draft_of(row), target.kind, on[row.key]))
        if (before := earlier_receipt(session, found.basket, found.round, key)) is not None:
            return Submitted(before, left)
        if found.basket.revision != seen:
            raise Refused(Problem("basket_changed"))
        complete = [(row, target) for row, target in drafts if row.key not in left]
        if not complete:
            raise Refused(Problem("nothing_to_submit"))
        behind = members_behind(session, found.room.id)
        receipt = hand_in_drafts(
            session, found.basket, found.round, complete, found.consultation.slug, key=key, person=person, language=language, now=now,
            address=origin,
        )  # fmt: skip
        submission = session.scalars(select(Submission).where(Submission.reference == receipt.reference)).one()
        if found.room.statement != "not_stated":
            named = found.room.statement == "named"
            session.add(
                SubmissionMembers(
                    submission_id=submission.id, statement=found.room.statement, members=len(behind),
                    names=sorted(name for name, nameable in behind.items() if nameable) if named else [],
                )
            )  # fmt: skip
        _tell_members(session, found, submission, [of_room[row.key] for row, _ in complete], behind)
        return Submitted(receipt, left)


def _tell_members(session: Session, found: Found, submission: Submission, heads: Sequence[RoomComment], behind: Collection[str]) -> None:
    """How many of those behind it said each comment, what was merged into it, and who disagrees."""
    became = {
        head.id: comment
        for head, comment in session.execute(
            select(RoomComment, BasketComment.comment_id)
            .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
            .where(RoomComment.id.in_([head.id for head in heads]))
        )
        if comment is not None
    }
    voices: dict[int, set[str]] = defaultdict(set)
    rows = session.execute(
        select(RoomComment, BasketComment, RoomMember, RoomFile.of_member)
        .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
        .join(RoomMember, RoomMember.id == RoomComment.member_id)
        .outerjoin(RoomFile, RoomFile.id == RoomComment.file_id)
        .where(RoomComment.id.in_(became) | RoomComment.merged_into_id.in_(became))
    ).all()
    for comment, row, member, of_member in rows:
        head = comment.merged_into_id or comment.id
        voices[head].add(voice(member.name, member.organisation, of_member))
        if comment.merged_into_id is not None and row.comment_id is None:
            hand_over(row, became[head])
    if found.room.statement != "not_stated":
        counts = {head: len(said.intersection(behind)) for head, said in voices.items()}
        session.add_all(CommentMembers(comment_id=became[head], said_by=count) for head, count in counts.items() if count)
    session.add_all(
        MinorityView(
            submission_id=submission.id, comment_id=became[head] if head else None, text=said.sentence,
            name=voice(member.name, member.organisation) if member.nameable and found.room.statement == "named" else None,
        )
        for said, member, head in _views(session, found, became)
        if said.attached
    )  # fmt: skip


def _views(session: Session, found: Found, heads: Collection[int]) -> list[tuple[RoomAnswer, RoomMember, int | None]]:
    """Minority views offered beside these comments, with the comment each stands beside: that which speaks for the one it was said to; None
    for those on all of it. Refused with views_undecided where the coordinator has not decided on one of them: she has not seen it.
    """
    head = func.coalesce(RoomComment.merged_into_id, RoomComment.id)
    rows = session.execute(
        select(RoomAnswer, RoomMember, head)
        .join(RoomMember, RoomMember.id == RoomAnswer.member_id)
        .outerjoin(RoomComment, RoomComment.id == RoomAnswer.room_comment_id)
        .where(RoomMember.room_id == found.room.id, RoomAnswer.offered)
        .where(RoomAnswer.room_comment_id.is_(None) | head.in_(heads))
        .order_by(RoomAnswer.id)
    ).all()
    if any(not said.decided for said, *_ in rows):
        raise Refused(Problem("views_undecided"))
    return [(said, member, of) for said, member, of in rows]
