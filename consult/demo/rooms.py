"""The room of an association in the round that is open: three members, two who say the same, one who disagrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.core.basket import Draft
from consult.core.submission import CommentTarget
from consult.operations.basket import keep_comment, token_sha256
from consult.operations.organisation_room import drafts, merge
from consult.operations.organisation_room.found import invite_token, member_link
from consult.operations.organisation_room.hand_in import set_deadline
from consult.operations.organisation_room.members import Entered, NewMember, join_room, open_room
from consult.queries.organisation_rooms import RoomSeen, room_seen

STANDARD = "performance-standard"


@dataclass(frozen=True, slots=True)
class DemoLink:
    """What opens the demonstration's room for one of its members: stands behind `link=` in /<language>/my/room/enter."""

    name: str
    role: str
    link: str


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """`invite` stands behind `invite=` in /<language>/my/room/join."""

    invite: str
    links: tuple[DemoLink, ...]


def prepare_room(*, consultation: str, number: int, now: datetime) -> DemoRoom:
    """Opens and fills it at believable times of the last days; the coordinator has not submitted yet."""
    begun, later = now - timedelta(days=6), now - timedelta(days=2)
    claire = open_room(
        key="demo-room", consultation=consultation, round_number=number, organisation="Fédération des fonderies alpines",
        stakeholder_class="associations", country="CH", coordinator=NewMember("Claire Moulin", "claire@fonderies-alpines.example"),
        language="fr", address=None, now=begun,
    )  # fmt: skip
    invite = invite_token(_seen(claire).invite or "")

    def joined(key: str, language: str, who: NewMember) -> Entered:
        return join_room(invite=invite, key=key, who=who, language=language, tokens=(), now=begun + timedelta(hours=5))

    jonas = joined("demo-room-2", "en", NewMember("Jonas Berg", "jonas@bergguss.example", "Bergguss AG", nameable=True))
    lena = joined("demo-room-3", "en", NewMember("Lena Hofer", None, "Hofer Druckguss", nameable=True))

    def give(who: Entered, key: str, clause: str, language: str, draft: Draft) -> None:
        kept = keep_comment(
            token=None, consultation=consultation, round_number=number, language=language, key=key,
            target=CommentTarget("clause", STANDARD, clause), draft=draft, seen=0, opened_at=None, address=None, now=later,
        )  # fmt: skip
        drafts.give(tokens=[who.token], address=who.address, basket_token=kept.token, keys=[key], now=later)

    review = "A review of the plan every year is too often for a foundry with thirty people{}: every second year is enough, since the measures take longer than that."
    give(jonas, "demo-room-a", "5.3", "en", Draft(text=review.format(""), position="support_with_changes"))
    give(lena, "demo-room-b", "5.3", "en", Draft(text=review.format(" at work"), position="support_with_changes"))
    give(claire, "demo-room-c", "6.2", "fr", Draft(
        text="Une mesure hebdomadaire des fluorures est disproportionnée là où l’on ne fait que refondre. Nous demandons une fréquence mensuelle pour les fonderies.",
        position="support_with_changes", rationale="Aucun de nos membres n’a dépassé la limite depuis 2015.",
    ))  # fmt: skip
    tokens, at = [claire.token], later + timedelta(hours=3)
    merge.merge(tokens=tokens, address=claire.address, into="demo-room-a", keys=["demo-room-b"], now=at)
    window = _seen(claire).window
    local = (window.local_closes - timedelta(days=2)).replace(tzinfo=None)
    set_deadline(tokens=tokens, address=claire.address, local=local, now=at)
    said = drafts.Said("disagree", "We cast with fluoride fluxes and measure every week already; a month is too long.", True, 1)
    drafts.answer(tokens=[lena.token], address=lena.address, key="demo-room-c", said=said, now=later + timedelta(hours=9))
    drafts.answer(tokens=[jonas.token], address=jonas.address, key="demo-room-c", said=drafts.Said("agree", "", False, 1), now=later)
    whole = drafts.Said("disagree", "We would submit this without the comment on fluorides: for us it weakens the rest.", True, 1)
    view = next(each for given in _seen(claire).given for each in given.answers if each.offered)
    drafts.attach(tokens=tokens, address=claire.address, view=view.view, attached=True, now=at)
    drafts.answer(tokens=[lena.token], address=lena.address, key=None, said=whole, now=later + timedelta(hours=10))
    return DemoRoom(invite, tuple(_links(claire, jonas, lena)))


def _links(*entered: Entered) -> Iterator[DemoLink]:
    for each in entered:
        me = _seen(each).me
        yield DemoLink(me.name, me.role, member_link(me.seed or ""))


def _seen(entered: Entered) -> RoomSeen:
    found = room_seen(token_sha256s=[token_sha256(entered.token)], address=entered.address, language="en")
    assert found is not None  # just opened
    return found
