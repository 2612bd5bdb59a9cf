"""Rooms as their members read them, found by the tokens of a cookie: whoever holds none finds nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, null, select
from sqlalchemy.orm import Session

from consult.core.basket import Draft, draft_from
from consult.core.organisation_room import Like, Said, like_comments, view_name, voice
from consult.core.window import Window
from consult.extensions import db
from consult.models import (
    Basket,
    BasketComment,
    Consultation,
    Reminder,
    Room,
    RoomAnswer,
    RoomComment,
    RoomFile,
    RoomMember,
    RoomRow,
    Round,
)
from consult.queries.baskets import DraftSeen, drafts_in
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """`seed` makes the link of one's own; other members' are left out."""

    id: int
    name: str
    organisation: str | None
    mail: str | None
    nameable: bool
    role: str
    joined_at: datetime
    left_at: datetime | None
    asked_at: datetime | None
    gave: int
    seed: str | None = None

    @property
    def voice(self) -> str:
        return voice(self.name, self.organisation)


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """`stale`: it was given to an earlier text; `decided`: the coordinator has said of these words whether they go along."""

    id: int
    member: int
    voice: str
    answer: str
    sentence: str | None
    offered: bool
    attached: bool
    stale: bool
    decided: bool = False

    @property
    def view(self) -> str:
        """Its name in a form."""
        return view_name(self.id, self.sentence)


@dataclass(frozen=True, slots=True)
class GivenSeen:
    """A comment of the room. `original`: as its member said it, where the coordinator made something else of it. `merged`: what it speaks for."""

    draft: DraftSeen
    member: int
    voice: str
    of_form: bool
    row: int | None
    included: bool
    original: Draft | None
    answers: tuple[AnswerSeen, ...]
    merged: tuple["GivenSeen", ...] = ()

    @property
    def voices(self) -> tuple[str, ...]:
        """Who says it, each once, in the order in which they gave it."""
        return tuple(dict.fromkeys((self.voice, *(each.voice for each in self.merged))))

    @property
    def heard(self) -> tuple[AnswerSeen, ...]:
        """What is said to it, and to those it speaks for."""
        return (*self.answers, *(said for each in self.merged for said in each.answers))


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row of a form that found no place."""

    id: int
    voice: str
    sheet: str
    row: int
    number_said: str
    text: str | None
    proposed: str | None
    rationale: str | None


@dataclass(frozen=True, slots=True)
class FileSeen:
    id: int
    voice: str
    rows: int
    unplaced: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class RoomSeen:
    """A room with everything in it, as member `me` reads it. `invite`: seed of the invitation, for the coordinator; None where it was ended."""

    id: int
    address: str
    organisation: str
    consultation: str
    title: Wording
    number: int
    round_id: int
    window: Window
    cancelled: bool
    opened_at: datetime
    inner_deadline: datetime | None
    statement: str
    particulars: Mapping[str, Any]
    revision: int
    me: MemberSeen
    members: tuple[MemberSeen, ...]
    invite: str | None
    given: tuple[GivenSeen, ...]
    """Not handed in yet, in document order; merged ones stand inside those that speak for them."""
    handed_in: tuple[GivenSeen, ...]
    whole: tuple[AnswerSeen, ...]
    rows: tuple[RowSeen, ...]
    files: tuple[FileSeen, ...]
    behind: Mapping[str, bool] = field(default_factory=dict)
    """Who took part, and whether each agrees to be named."""
    reminded: bool = False
    """The coordinator is reminded before closing."""

    @property
    def coordinates(self) -> bool:
        return self.me.role == "coordinator"

    @property
    def present(self) -> tuple[MemberSeen, ...]:
        return tuple(each for each in self.members if each.left_at is None)

    @property
    def included(self) -> tuple[GivenSeen, ...]:
        return tuple(each for each in self.given if each.included)

    @property
    def complete(self) -> tuple[GivenSeen, ...]:
        return tuple(each for each in self.included if not each.draft.lacks)

    @property
    def views(self) -> tuple[tuple[GivenSeen | None, AnswerSeen], ...]:
        """Minority views offered beside what would be submitted now: those on comments in their order, then (None) on all of it."""
        on = [(given, said) for given in self.complete for said in given.heard if said.offered]
        return (*on, *((None, said) for said in self.whole if said.offered))

    @property
    def wanting(self) -> tuple[GivenSeen, ...]:
        return tuple(each for each in self.included if each.draft.lacks)

    @property
    def out(self) -> tuple[GivenSeen, ...]:
        return tuple(each for each in self.given if not each.included)

    @property
    def alike(self) -> list[Like]:
        """What is offered to be merged."""
        by_key = {each.draft.key: each for each in self.given}
        return like_comments(
            [
                Said(key, _place(each.draft), each.voice, each.draft.draft.text, each.draft.draft.proposed, each.draft.draft.rationale)
                for key, each in by_key.items()
            ]
        )


def room_seen(*, token_sha256s: Sequence[str], address: str, language: str) -> RoomSeen | None:
    """The room of an address for one of its present members (of several tokens the last one counts); the number of statements does not depend on what is in it."""
    memberships = db.session.execute(
        select(Room, RoomMember, Round, Consultation, Basket, Reminder.mail)
        .join(RoomMember, RoomMember.room_id == Room.id)
        .join(Round, Round.id == Room.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .join(Basket, Basket.id == Room.basket_id)
        .outerjoin(Reminder, Reminder.basket_id == Room.basket_id)
        .where(Room.address == address, RoomMember.token_sha256.in_(token_sha256s), RoomMember.left_at.is_(None))
    ).all()
    if not memberships:
        return None
    room, me, round_, of, basket, reminded = max(memberships, key=lambda row: token_sha256s.index(row[1].token_sha256))
    titles = staff_texts([("consultation", of.id)], language, ["title"])
    members = members_in(room.id, me)
    answers = _answers(room.id, {member.id: member for member in members}, basket.revision)
    given = _given(room, basket, answers, language)
    files, rows = _files(room.id)
    return RoomSeen(
        room.id, room.address, room.organisation, of.slug, titles.get(("consultation", of.id, "title"), Wording(of.slug, language)),
        round_.number, round_.id, round_.window, round_.state != "planned" or of.state != "active", room.opened_at, room.inner_deadline,
        room.statement, basket.particulars, basket.revision, next(each for each in members if each.id == me.id), members,
        room.invite_seed if me.role == "coordinator" and room.invite_sha256 else None,
        tuple(each for each in given if each.draft.reference is None), tuple(each for each in given if each.draft.reference is not None),
        tuple(answers[None]), rows, files, members_behind(db.session(), room.id), reminded is not None,
    )  # fmt: skip


def members_behind(session: Session, room: int) -> dict[str, bool]:
    """Who took part by a comment, a form or an answer: for whom they speak, once each -> whether all of them agree to be named.

    Where somebody speaks for a member of the organisation, those who speak for nobody else are the organisation's own people, and no members.
    """
    gave = (
        select(RoomMember.name, RoomMember.organisation, RoomFile.of_member, func.coalesce(RoomFile.nameable, RoomMember.nameable))
        .join(RoomComment, RoomComment.member_id == RoomMember.id)
        .outerjoin(RoomFile, RoomFile.id == RoomComment.file_id)
        .where(RoomMember.room_id == room)
        .order_by(RoomComment.id)
    )
    answered = (
        select(RoomMember.name, RoomMember.organisation, null(), RoomMember.nameable)
        .join(RoomAnswer, RoomAnswer.member_id == RoomMember.id)
        .where(RoomMember.room_id == room)
        .order_by(RoomAnswer.id)
    )
    found: dict[str, bool] = {}
    rows = [*session.execute(gave), *session.execute(answered)]
    of_members = any(organisation or of_form for _, organisation, of_form, _ in rows)
    for name, organisation, of_form, nameable in rows:
        if organisation or of_form or not of_members:
            spoken = voice(name, organisation, of_form)
            found[spoken] = found.get(spoken, True) and nameable
    return found


def members_in(room: int, me: RoomMember | None = None) -> tuple[MemberSeen, ...]:
    """As a member sees them; mail addresses are the coordinator's, and each one's own."""
    gave = select(func.count(RoomComment.id)).where(RoomComment.member_id == RoomMember.id, RoomComment.file_id.is_(None))
    rows = db.session.execute(
        select(RoomMember, gave.correlate(RoomMember).scalar_subquery())
        .where(RoomMember.room_id == room)
        .order_by(RoomMember.role != "coordinator", RoomMember.id)
    )
    all_of_it, mine = me is not None and me.role == "coordinator", me.id if me else None
    return tuple(
        MemberSeen(
            each.id, each.name, each.organisation, each.mail if all_of_it or each.id == mine else None, each.nameable, each.role, each.joined_at,
            each.left_at, each.asked_at, count, each.seed if each.id == mine else None,
        )
        for each, count in rows
    )  # fmt: skip


def _answers(room: int, members: Mapping[int, MemberSeen], revision: int) -> dict[int | None, list[AnswerSeen]]:
    rows = db.session.execute(
        select(RoomAnswer, BasketComment.revision)
        .join(RoomMember, RoomMember.id == RoomAnswer.member_id)
        .outerjoin(RoomComment, RoomComment.id == RoomAnswer.room_comment_id)
        .outerjoin(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
        .where(RoomMember.room_id == room)
        .order_by(RoomAnswer.id)
    )
    found: dict[int | None, list[AnswerSeen]] = defaultdict(list)
    for row, now in rows:
        found[row.room_comment_id].append(
            AnswerSeen(
                row.id, row.member_id, members[row.member_id].voice, row.answer, row.sentence, row.offered, row.attached,
                row.seen < (revision if row.room_comment_id is None else now), row.decided,
            )
        )  # fmt: skip
    return found


def _given(room: Room, basket: Basket, answers: Mapping[int | None, Sequence[AnswerSeen]], language: str) -> list[GivenSeen]:
    """Those that stand for themselves, in document order, each with what was merged into it."""
    rows = db.session.execute(
        select(RoomComment, BasketComment.key, RoomMember, RoomFile.of_member)
        .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
        .join(RoomMember, RoomMember.id == RoomComment.member_id)
        .outerjoin(RoomFile, RoomFile.id == RoomComment.file_id)
        .where(RoomComment.room_id == room.id)
    ).all()
    by_key = {key: (comment, member, of_form) for comment, key, member, of_form in rows}
    drafts = [draft for draft in drafts_in(basket.id, language) if draft.key in by_key]
    seen: dict[int, GivenSeen] = {}
    merged: dict[int, list[GivenSeen]] = defaultdict(list)
    for draft in drafts:
        comment, member, of_form = by_key[draft.key]
        said = draft_from(comment.said, draft.target.kind) if comment.said else None
        each = GivenSeen(
            draft, member.id, voice(member.name, member.organisation, of_form), comment.file_id is not None, comment.row, comment.included,
            said if said != draft.draft and draft.reference is None else None, tuple(answers.get(comment.id, ())),
        )  # fmt: skip
        if comment.merged_into_id is None:
            seen[comment.id] = each
        else:
            merged[comment.merged_into_id].append(each)
    return [_with(each, merged[key]) for key, each in seen.items()]


def _with(each: GivenSeen, merged: Sequence[GivenSeen]) -> GivenSeen:
    return replace(each, merged=tuple(merged))


def _files(room: int) -> tuple[tuple[FileSeen, ...], tuple[RowSeen, ...]]:
    files = db.session.scalars(select(RoomFile).where(RoomFile.room_id == room).order_by(RoomFile.id)).all()
    rows = db.session.execute(
        select(RoomRow, RoomFile.of_member)
        .join(RoomFile, RoomFile.id == RoomRow.file_id)
        .where(RoomFile.room_id == room, RoomRow.room_comment_id.is_(None))
        .order_by(RoomRow.id)
    ).all()
    waiting: dict[int, int] = defaultdict(int)
    for row, _ in rows:
        waiting[row.file_id] += 1
    seen = tuple(
        RowSeen(row.id, of_form, row.sheet, row.row, row.number_said, row.text, row.proposed, row.rationale) for row, of_form in rows
    )
    return tuple(FileSeen(each.id, each.of_member, each.rows, waiting[each.id], each.read_at) for each in files), seen


def _place(draft: DraftSeen) -> tuple[str | None, ...]:
    target = draft.target
    return (target.kind, target.standard, target.number, target.baseline)
