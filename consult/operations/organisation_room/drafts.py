"""What happens to the comments of a room: given, taken back, changed, marked in or out, agreed to or not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.core.basket import Draft, settled, unstorable
from consult.core.organisation_room import SENTENCE, Answer, may_draft, view_name
from consult.core.problem import Problem, Refused
from consult.core.submission import character_problems, unfolded
from consult.extensions import writing
from consult.models import Basket, BasketComment, ClauseText, RoomAnswer, RoomComment, RoomMember
from consult.operations.basket import touch, write_draft
from consult.operations.organisation_room.found import Found, comment_in, find_coordinated, find_open_room, sha256
from consult.queries.baskets import draft_of


@dataclass(frozen=True, slots=True)
class Said:
    """A member's answer; `answer` None takes an earlier one back. `offered`: it may go along as a minority view. `seen`: revision she read."""

    answer: Answer | None
    sentence: str
    offered: bool
    seen: int


def give(*, tokens: Sequence[str], address: str, basket_token: str, keys: Collection[str], now: datetime) -> int:
    """Moves drafts of one's own basket into the room; how many. What is there already, or was handed in, is passed over.

    Refused with what `find_open_room` refuses, and inner_deadline.
    """
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        _refuse_late(found, own=True, now=now)
        rows = session.execute(
            select(BasketComment, Basket)
            .join(Basket, Basket.id == BasketComment.basket_id)
            .where(Basket.token_sha256 == sha256(basket_token), Basket.round_id == found.room.round_id, BasketComment.key.in_(keys))
            .where(BasketComment.removed_at.is_(None), BasketComment.comment_id.is_(None))
            .order_by(BasketComment.id)
            .with_for_update(of=Basket)
        ).all()
        for row, own in rows:
            row.basket_id = found.basket.id
            session.add(
                RoomComment(
                    room_id=found.room.id, basket_comment_id=row.id, member_id=found.member.id, given_at=now, included=True,
                    said=draft_of(row).fields,
                )
            )  # fmt: skip
            touch(own, now)
        if rows:
            touch(found.basket, now)
        return len(rows)


def take_back(*, tokens: Sequence[str], address: str, basket_token: str, key: str, now: datetime) -> None:
    """One's own comment goes back into one's own basket, as its member last left it; answers to it are gone.

    Refused with draft_unknown, not_yours, inner_deadline, merged, basket_unknown (none in this browser for the round).
    """
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        comment, row = comment_in(session, found, key)
        if comment.member_id != found.member.id or comment.file_id is not None:
            raise Refused(Problem("not_yours"))
        _refuse_late(found, own=True, now=now)
        if comment.merged_into_id or session.scalar(select(RoomComment.id).where(RoomComment.merged_into_id == comment.id).limit(1)):
            raise Refused(Problem("merged"))
        own = session.scalar(select(Basket).where(Basket.token_sha256 == sha256(basket_token), Basket.round_id == found.room.round_id))
        if own is None:
            raise Refused(Problem("basket_unknown"))
        session.execute(delete(RoomAnswer).where(RoomAnswer.room_comment_id == comment.id))
        session.delete(comment)
        row.basket_id = own.id
        touch(own, now)
        touch(found.basket, now)


def keep(*, tokens: Sequence[str], address: str, key: str, draft: Draft, seen: int, now: datetime) -> int:
    """Stores what a form says of a comment of the room; its revision then. The coordinator's words never replace what the member said: both stand.

    Refused with control_character, draft_unknown, handed_in, merged, not_yours, inner_deadline, stale_draft (params: revision).
    """
    if problems := unstorable(draft):
        raise Refused(*problems)
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        comment, row = comment_in(session, found, key)
        own = comment.member_id == found.member.id and comment.file_id is None
        if comment.merged_into_id is not None:
            raise Refused(Problem("merged"))
        if not own and not found.coordinates:
            raise Refused(Problem("not_yours"))
        _refuse_late(found, own=own, now=now)
        text = session.get(ClauseText, row.clause_text_id) if row.clause_text_id else None
        draft = settled(draft, text.text if text else None)
        if draft_of(row) == draft:
            return row.revision
        if row.revision != seen:
            raise Refused(Problem("stale_draft", params={"revision": row.revision}))
        write_draft(row, draft)
        row.revision += 1
        row.saved_at = now
        if own:
            comment.said = draft.fields
        touch(found.basket, now)
        return row.revision


def mark(*, tokens: Sequence[str], address: str, key: str, included: bool, now: datetime) -> None:
    """The coordinator takes a comment in, or leaves it out: it stays in the room and is not submitted."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        comment, _ = comment_in(session, found, key)
        if comment.included != included:
            comment.included = included
            touch(found.basket, now)


def answer(*, tokens: Sequence[str], address: str, key: str | None, said: Said, now: datetime) -> None:
    """Agreement or disagreement with a comment of the room, or (None) with all that will be submitted. The newest counts.

    Refused with draft_unknown, handed_in, sentence_missing, too_long (limit, over), control_character.
    """
    sentence = unfolded(said.sentence) if said.answer == "disagree" else ""
    if problems := _sentence_problems(said.answer, sentence):
        raise Refused(*problems)
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        comment = comment_in(session, found, key)[0].id if key is not None else None
        where = RoomAnswer.room_comment_id == comment if comment is not None else RoomAnswer.room_comment_id.is_(None)
        row = session.scalar(select(RoomAnswer).where(RoomAnswer.member_id == found.member.id, where))
        if said.answer is None:
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = RoomAnswer(member_id=found.member.id, room_comment_id=comment, attached=False)
            session.add(row)
        elif (row.answer, row.sentence or "", row.offered) != (said.answer, sentence, said.offered):
            row.attached = row.decided = False  # other words than those the coordinator decided on
        row.answer, row.sentence, row.seen, row.at = said.answer, sentence or None, said.seen, now
        row.offered = said.offered and said.answer == "disagree"
        row.attached = row.attached and row.offered


def attach(*, tokens: Sequence[str], address: str, view: str, attached: bool, now: datetime) -> None:
    """The coordinator lets a minority view (by its `view_name`) go along with the submission, or not. Refused with not_offered."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        row = next((row for row in _offered(session, found) if view_name(row.id, row.sentence) == view), None)
        if row is None:
            raise Refused(Problem("not_offered"))
        if row.attached != attached:
            touch(found.basket, now)
        row.attached, row.decided = attached, True


def decide_views(*, tokens: Sequence[str], address: str, decisions: Mapping[str, bool], now: datetime) -> None:
    """What the review page says of each minority view, by `view_name`: whether it goes along. Words that changed since stay undecided."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        for row in _offered(session, found):
            if (attached := decisions.get(view_name(row.id, row.sentence))) is not None:
                row.attached, row.decided = attached, True


def _offered(session: Session, found: Found) -> Sequence[RoomAnswer]:
    of_room = select(RoomMember.id).where(RoomMember.room_id == found.room.id)
    return session.scalars(select(RoomAnswer).where(RoomAnswer.offered, RoomAnswer.member_id.in_(of_room)).order_by(RoomAnswer.id)).all()


def _refuse_late(found: Found, *, own: bool, now: datetime) -> None:
    if not may_draft(found.member.role, own=own, inner_deadline=found.room.inner_deadline, now=now):  # type: ignore[arg-type]
        raise Refused(Problem("inner_deadline"))


def _sentence_problems(given: Answer | None, sentence: str) -> list[Problem]:
    if given == "disagree" and not sentence.strip():
        return [Problem("sentence_missing", {"field": "sentence"})]
    over = len(sentence) - SENTENCE
    if over > 0:
        return [Problem("too_long", {"field": "sentence"}, {"limit": SENTENCE, "over": over})]
    return character_problems("sentence", sentence)
