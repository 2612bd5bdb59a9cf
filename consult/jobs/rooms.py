"""Mails of rooms, built when they leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult import clock
from consult.jobs.subscriptions import address
from consult.mail.message import Mail
from consult.mail.room import room_mail
from consult.operations.organisation_room.found import member_link, way_back_code, way_back_token
from consult.queries.room_mails import RoomMail, mail_of_extension, mail_of_way_back, mail_to_member


def build_room_mail(payload: Mapping[str, Any]) -> Mail | None:
    asks = payload.get("asks")
    return _built(payload, mail_to_member(int(payload["member"]), asks=int(asks) if asks is not None else None))


def build_room_extended(payload: Mapping[str, Any]) -> Mail | None:
    before, closes = (datetime.fromisoformat(payload[name]) for name in ("before", "closes"))
    return _built(payload, mail_of_extension(int(payload["member"]), before=before, closes=closes, now=clock.now()))


def build_room_again(payload: Mapping[str, Any]) -> Mail | None:
    told = mail_of_way_back(int(payload["way"]), clock.now())
    if told is None or told.way is None:
        return None
    link = address("room.back", told.language, token=way_back_token(told.way))
    return room_mail("room_again", told, link=link, code=way_back_code(told.way))


def _built(payload: Mapping[str, Any], told: RoomMail | None) -> Mail | None:
    if told is None:
        return None
    over = told.inner_deadline is not None and told.inner_deadline <= clock.now()
    return room_mail(str(payload["template"]), told, link=address("room.linked", told.language, link=member_link(told.seed)), over=over)
