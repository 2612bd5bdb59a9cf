"""Who works in a room: it is opened, colleagues come in by a link, the role of the coordinator is handed over, somebody leaves."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.core.limits import prefix
from consult.core.organisation_room import MOST_MEMBERS, OPEN, Role, may_take_over
from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import Basket, Consultation, Room, RoomMember, Round
from consult.operations.attempts import count_attempt
from consult.operations.organisation_room.found import (
    Found,
    find_coordinated,
    find_open_room,
    find_room,
    invite_token,
    member_link,
    member_token,
    sha256,
)
from consult.operations.record import Actor, enqueue, record
from consult.operations.remind import remind_coordinator
from consult.operations.submit import admitted


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who comes in; all as written. `organisation`: which member of an association she speaks for."""

    name: str
    mail: str | None = None
    organisation: str | None = None
    nameable: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """The room, and the token of the cookie that opens it from now on."""

    address: str
    token: str


def open_room(
    *, key: str, consultation: str, round_number: int, organisation: str, stakeholder_class: str, country: str, coordinator: NewMember,
    language: str, address: str | None, now: datetime,
) -> Entered:  # fmt: skip
    """A room of an organisation in a round, with its coordinator inside. `key` counts once; `address`: where the request comes from.

    Refused with: unknown_round, round_cancelled, window_coming, window_closed, too_many_attempts.
    """
    with writing() as session:
        if earlier := session.scalar(select(RoomMember).where(RoomMember.key == key)):
            return entered(session, earlier)
        round_ = _round(session, consultation, round_number, now)
        count_attempt(session, kind="room_open", whom=[(prefix(address), OPEN)], now=now)
        particulars = {
            "capacity": "organisation", "organisation": organisation, "stakeholder_class": stakeholder_class, "country": country,
            "name": coordinator.name, "mail": coordinator.mail or "",
        }  # fmt: skip
        basket = Basket(
            seed=secrets.token_urlsafe(24), token_sha256=sha256(secrets.token_urlsafe(32)), code_sha256=sha256(secrets.token_urlsafe(32)),
            round_id=round_.id, language=language, particulars={name: value for name, value in particulars.items() if value}, revision=0,
            created_at=now, touched_at=now,
        )  # fmt: skip
        session.add(basket)
        session.flush()
        seed = secrets.token_urlsafe(24)
        room = Room(
            address=secrets.token_hex(8), key=key, round_id=round_.id, basket_id=basket.id, organisation=organisation, language=language,
            invite_seed=seed, invite_sha256=sha256(invite_token(seed)), statement="counted", opened_at=now,
        )  # fmt: skip
        session.add(room)
        session.flush()
        remind_coordinator(session, basket.id, coordinator.mail, now)
        return entered(session, _add(session, room, key, coordinator, "coordinator", language, now))


def join_room(*, invite: str, key: str, who: NewMember, language: str, tokens: Sequence[str], now: datetime) -> Entered:
    """Somebody comes in by the invitation; who is in already just goes in. Refused with invite_over, room_full and what closes a round."""
    with writing() as session:
        room = session.scalar(select(Room).where(Room.invite_sha256 == sha256(invite)).with_for_update())
        if room is None:
            raise Refused(Problem("invite_over"))
        known = select(RoomMember).where(RoomMember.room_id == room.id, RoomMember.left_at.is_(None))
        hashes = [sha256(token) for token in tokens]
        if found := session.scalar(known.where((RoomMember.key == key) | RoomMember.token_sha256.in_(hashes))):
            return entered(session, found)
        round_ = session.get_one(Round, room.round_id)
        admitted(round_, session.get_one(Consultation, round_.consultation_id), None, now)
        if session.scalars(select(func.count()).select_from(RoomMember).where(RoomMember.room_id == room.id)).one() >= MOST_MEMBERS:
            raise Refused(Problem("room_full", params={"most": MOST_MEMBERS}))
        return entered(session, _add(session, room, key, who, "member", language, now))


def enter_room(*, link: str, now: datetime) -> Entered:
    """A member's own link on another device. Refused with link_over."""
    with writing() as session:
        found = session.scalar(select(RoomMember).where(RoomMember.link_sha256 == sha256(link), RoomMember.left_at.is_(None)))
        if found is None:
            raise Refused(Problem("link_over"))
        return entered(session, found)


def renew_invite(*, tokens: Sequence[str], address: str, now: datetime) -> None:
    """A new invitation; the one before opens nothing any more."""
    with writing() as session:
        room = find_coordinated(session, tokens, address, now).room
        room.invite_seed = secrets.token_urlsafe(24)
        room.invite_sha256 = sha256(invite_token(room.invite_seed))


def end_invite(*, tokens: Sequence[str], address: str, now: datetime) -> None:
    """Nobody comes in any more until the invitation is renewed."""
    with writing() as session:
        find_coordinated(session, tokens, address, now).room.invite_sha256 = None


def renew_link(*, tokens: Sequence[str], address: str, now: datetime) -> Entered:
    """A new link and a new token for oneself: whoever got hold of the old ones is out."""
    with writing() as session:
        member = find_room(session, tokens, address).member
        _new_seed(member)
        return Entered(address, member_token(member.seed))


def change_self(*, tokens: Sequence[str], address: str, who: NewMember, now: datetime) -> None:
    """What a member says of herself."""
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        member = found.member
        if found.coordinates and member.mail != who.mail:
            remind_coordinator(session, found.basket.id, who.mail, now)
        member.name, member.mail, member.organisation, member.nameable = who.name, who.mail, who.organisation, who.nameable


def want_reminders(*, tokens: Sequence[str], address: str, wanted: bool, now: datetime) -> None:
    """Whether the coordinator is reminded before closing, at the address she gave in the room."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        remind_coordinator(session, found.basket.id, found.member.mail if wanted else None, now)


def pass_on(*, tokens: Sequence[str], address: str, to: int, now: datetime) -> None:
    """The coordinator hands the role to a member. Refused with member_unknown."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        _make_coordinator(session, found.room, _member(session, found, to), now)


def ask_for_role(*, tokens: Sequence[str], address: str, now: datetime) -> None:
    """A member asks to become coordinator; the coordinator is told by mail and has three days to object."""
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        if found.coordinates or found.member.asked_at is not None:
            return
        found.member.asked_at = now
        if (coordinator := _coordinator(session, found.room)) and coordinator.mail:
            payload = {"template": "room_role_asked", "member": coordinator.id, "asks": found.member.id}
            enqueue(session, kind="mail", payload=payload, now=now)


def object_to(*, tokens: Sequence[str], address: str, member: int, now: datetime) -> None:
    """The coordinator keeps the role."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        _member(session, found, member).asked_at = None


def take_over(*, tokens: Sequence[str], address: str, now: datetime) -> None:
    """Who asked three days ago and met no objection becomes coordinator. Refused with not_yet_yours."""
    with writing() as session:
        found = find_open_room(session, tokens, address, now)
        if found.coordinates:
            return
        if not may_take_over(found.member.asked_at, now):
            raise Refused(Problem("not_yet_yours"))
        _make_coordinator(session, found.room, found.member, now)


def leave(*, tokens: Sequence[str], address: str, now: datetime) -> None:
    """A member leaves; her comments stay with the room. Refused with pass_on_first for the coordinator while others are there."""
    with writing() as session:
        found = find_room(session, tokens, address)
        if found.coordinates and len(_present(session, found.room)) > 1:
            raise Refused(Problem("pass_on_first"))
        if found.coordinates:
            remind_coordinator(session, found.basket.id, None, now)
        _end(found.member, now)


def end_membership(*, tokens: Sequence[str], address: str, member: int, now: datetime) -> None:
    """The coordinator lets somebody go; comments stay. Refused with member_unknown."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        _end(_member(session, found, member), now)


def replace_coordinator(*, address: str, member: int, by: Actor, now: datetime) -> None:
    """Through the secretariat, where a coordinator is lost. Refused with room_unknown, member_unknown."""
    with writing() as session:
        row = session.execute(
            select(Room, Consultation.slug)
            .join(Round, Round.id == Room.round_id)
            .join(Consultation, Consultation.id == Round.consultation_id)
            .where(Room.address == address)
            .with_for_update(of=Room)
        ).first()
        if row is None:
            raise Refused(Problem("room_unknown"))
        room, scope = row
        to = next((each for each in _present(session, room) if each.id == member), None)
        if to is None:
            raise Refused(Problem("member_unknown"))
        _make_coordinator(session, room, to, now)
        record(session, scope=scope, kind="room_coordinator_replaced", subject=address, by=by, now=now)


def entered(session: Session, member: RoomMember) -> Entered:
    """A member who is let in, with the token of her cookie."""
    token = member_token(member.seed)
    member.token_sha256 = sha256(token)  # made with another key of the installation: the new token counts from now on
    return Entered(session.get_one(Room, member.room_id).address, token)


def _round(session: Session, consultation: str, number: int, now: datetime) -> Round:
    row = session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
    ).first()
    if row is None:
        raise Refused(Problem("unknown_round"))
    admitted(row[0], row[1], None, now)
    found: Round = row[0]
    return found


def _add(session: Session, room: Room, key: str, who: NewMember, role: Role, language: str, now: datetime) -> RoomMember:
    member = RoomMember(
        room_id=room.id, key=key, name=who.name, mail=who.mail, organisation=who.organisation, nameable=who.nameable, role=role,
        language=language, joined_at=now,
    )  # fmt: skip
    _new_seed(member)
    session.add(member)
    session.flush()
    if who.mail:
        enqueue(session, kind="mail", payload={"template": "room_link", "member": member.id}, now=now)
    return member


def _new_seed(member: RoomMember) -> None:
    member.seed = secrets.token_urlsafe(24)
    member.token_sha256, member.link_sha256 = sha256(member_token(member.seed)), sha256(member_link(member.seed))


def _present(session: Session, room: Room) -> Sequence[RoomMember]:
    return session.scalars(select(RoomMember).where(RoomMember.room_id == room.id, RoomMember.left_at.is_(None))).all()


def _coordinator(session: Session, room: Room) -> RoomMember | None:
    return next((each for each in _present(session, room) if each.role == "coordinator"), None)


def _member(session: Session, found: Found, member: int) -> RoomMember:
    """Another present member of the same room."""
    other = next((each for each in _present(session, found.room) if each.id == member and each.id != found.member.id), None)
    if other is None:
        raise Refused(Problem("member_unknown"))
    return other


def _make_coordinator(session: Session, room: Room, to: RoomMember, now: datetime) -> None:
    before = _coordinator(session, room)
    if before is not None:
        before.role = "member"
    to.role, to.asked_at = "coordinator", None
    basket = session.get_one(Basket, room.basket_id)
    basket.particulars = {**basket.particulars, "name": to.name, "mail": to.mail or ""}
    remind_coordinator(session, basket.id, to.mail, now)
    for each in (before, to):
        if each is not None and each.mail:
            enqueue(session, kind="mail", payload={"template": "room_role", "member": each.id}, now=now)


def _end(member: RoomMember, now: datetime) -> None:
    """Her token, link and mail address go; her name stays beside what she gave."""
    member.left_at, member.mail, member.asked_at = now, None, None
    _new_seed(member)
