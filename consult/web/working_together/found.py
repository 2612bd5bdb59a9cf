"""The room of a page as its member sees it, the check of its forms, and what is answered to everybody else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from flask import current_app, url_for
from werkzeug.wrappers import Response

from consult.core.problem import Refused
from consult.operations.organisation_room.found import invite_token, member_link
from consult.operations.retention import deleted_after
from consult.queries.organisation_rooms import RoomSeen, room_seen
from consult.web import room_cookie
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import request_time
from consult.web.rendering import private_page
from consult.wording.organisation_room import room_sentence

STATUS = {
    "too_many_attempts": 429,
    "stale_draft": 409,
    "handed_in": 409,
    "basket_changed": 409,
    "views_undecided": 409,
    "draft_unknown": 409,
}
"""Of an answer to what was refused; else 422, and 403 for what closes a round or a room to somebody."""
FORBIDDEN = ("window_closed", "window_coming", "round_cancelled", "coordinator_only", "not_yours", "inner_deadline")


class Who(TypedDict):
    """What every operation in a room asks for."""

    tokens: tuple[str, ...]
    address: str
    now: datetime


def found(room: str) -> RoomSeen | None:
    return room_seen(token_sha256s=room_cookie.hashes(), address=room, language=page_language())


def outside(status: int = 404) -> Response:
    """To whoever is not in the room, whether there is one or not."""
    return private_page("room/outside.html", status)


def field_of(room: str) -> str:
    return sign("room", room=room)


def checked(room: str) -> Mapping[str, Any] | None:
    """The signed field of a form of this very room."""
    field = signed("room")
    return field if field is not None and field.get("room") == room else None


def refusal(refused: Refused) -> tuple[str, int]:
    """The sentence and the status of an answer."""
    problem = refused.problems[0]
    status = 403 if problem.code in FORBIDDEN else STATUS.get(problem.code, 422)
    return room_sentence(problem, page_language()), status


def about(of: RoomSeen) -> dict[str, Any]:
    """What every page of a room shows: the note on competition law, how far the round is, what may be done."""
    phase = "cancelled" if of.cancelled else of.window.phase(request_time())
    texts = current_app.config["BODY"].antitrust
    language = page_language() if page_language() in texts else next(iter(texts), "en")
    over = of.inner_deadline is not None and request_time() >= of.inner_deadline
    return {
        "of": of, "phase": phase, "open": phase == "open", "antitrust": texts.get(language, ()), "antitrust_language": language,
        "drafting": phase == "open" and (of.coordinates or not over), "over": over,
        "deleted": deleted_after(of.window.closes, current_app.config["SETTINGS"].draft_days), "signed": field_of(of.address),
    }  # fmt: skip


def invite_address(of: RoomSeen) -> str | None:
    return url_for("room.invited", invite=invite_token(of.invite), _external=True) if of.invite else None


def own_address(of: RoomSeen) -> str:
    return url_for("room.linked", link=member_link(of.me.seed or ""), _external=True)


def who(room: str) -> Who:
    """Who acts in a room, as its operations ask for it."""
    return {"tokens": room_cookie.tokens(), "address": room, "now": request_time()}


def number(given: str) -> int:
    """Of a row, as a form says it; 0 for what is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
