"""The rooms of this browser: one token each, side by side in one cookie. Only pages that are never stored ask for it."""

from flask import current_app, g, request
from werkzeug.wrappers import Response

from consult.operations.organisation_room.found import sha256
from consult.queries.room_lists import RoomNamed, rooms_of
from consult.web.baskets import LASTS
from consult.web.locale import page_language
from consult.web.permissions import request_time

COOKIE = "consult_room"
SECURE_COOKIE = "__Host-consult_room"
MOST = 20
"""Tokens kept; the oldest goes first. Whoever lost one comes in again by a link of her own."""


def tokens() -> tuple[str, ...]:
    """Reading them makes the answer private."""
    g.basket_read = True
    return tuple(each for each in request.cookies.get(_cookie(), "").split(".")[-MOST:] if each)


def hashes() -> tuple[str, ...]:
    return tuple(sha256(each) for each in tokens())


def rooms() -> tuple[RoomNamed, ...]:
    """Those this browser is in, newest first."""
    mine = hashes()
    return rooms_of(token_sha256s=mine, language=page_language()) if mine else ()


def waiting() -> tuple[RoomNamed, ...]:
    """Those whose round is open and in which something was not submitted."""
    return tuple(each for each in rooms() if each.unsent and each.window.phase(request_time()) == "open")


def give(response: Response, token: str) -> Response:
    """Sets the cookie; only answers to a POST that led into a room do."""
    kept = [each for each in tokens() if each != token][-(MOST - 1) :]
    response.set_cookie(
        _cookie(), ".".join([*kept, token]), max_age=LASTS, path="/", httponly=True, samesite="Lax",
        secure=current_app.config["SETTINGS"].secure_cookies,
    )  # fmt: skip
    return response


def forget(response: Response) -> Response:
    response.delete_cookie(_cookie(), path="/", httponly=True, samesite="Lax", secure=current_app.config["SETTINGS"].secure_cookies)
    return response


def _cookie() -> str:
    return SECURE_COOKIE if current_app.config["SETTINGS"].secure_cookies else COOKIE
