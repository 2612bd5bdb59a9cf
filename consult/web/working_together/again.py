"""Whoever lost her own link has a way back sent to her mail address; nothing tells whether the address is known, and opening its link does nothing."""

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.limits import minutes_to_wait
from consult.core.problem import Problem, Refused
from consult.operations.organisation_room.found import way_back_key
from consult.operations.organisation_room.members import Entered
from consult.operations.organisation_room.way_back import ask_way_back, enter_by_code, enter_by_link
from consult.queries.room_lists import room_of_member, way_back_to
from consult.web import room_cookie
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.working_together.blueprint import blueprint
from consult.wording.organisation_room import room_sentence
from consult.wording.problems import bare_sentence


@blueprint.get("/my/room/again")
@needs("comment")
def again() -> Response:
    return _asking("")


@blueprint.post("/my/room/again")
@needs("comment")
def send_again() -> Response:
    """The answer is the same for every address."""
    mail = request.form.get("mail", "")
    if signed("room.again") is None:
        return _asking(mail, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    try:
        ask_way_back(mail=mail, address=request.remote_addr, now=request_time())
    except Refused as refused:
        problem = refused.problems[0]
        if problem.code == "too_many_attempts":
            return _asking(mail, minutes=minutes_to_wait(problem), status=429)
        return _asking(mail, error=bare_sentence(problem, gettext), status=422)
    return redirect(url_for("room.back", sent=1), 303)


@blueprint.get("/my/room/back")
@needs("comment")
def back() -> Response:
    return _back(request.args.get("token"))


@blueprint.post("/my/room/back")
@needs("comment")
def come_back() -> Response:
    """By the button behind the link, or by the code of the mail."""
    field = signed("room.back")
    token = (field or {}).get("token", request.args.get("token"))
    if field is None:
        return _back(token, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    try:
        entered = _entered(token)
    except Refused:
        return _back(token, wrong=True, status=422)
    return room_cookie.give(redirect(url_for("room.room", room=entered.address), 303), entered.token)


def _entered(token: str | None) -> Entered:
    code = request.form.get("code", "").strip()
    if code or token is None:
        return enter_by_code(code=code, now=request_time())
    return enter_by_link(token=token, now=request_time())


def _asking(mail: str, *, error: str = "", trouble: str = "", minutes: int = 0, status: int = 200) -> Response:
    return private_page("room/again.html", status, mail=mail, error=error, trouble=trouble, minutes=minutes, signed=sign("room.again"))


def _back(token: str | None, *, trouble: str = "", wrong: bool = False, status: int = 200) -> Response:
    """`wrong`: the code that was typed, or the link whose button was pressed, opens nothing (any more)."""
    member = way_back_to(key=way_back_key(token), now=request_time()) if token is not None else None
    to = room_of_member(member=member, language=page_language()) if member is not None else None
    field = sign("room.back", **({"token": token} if to is not None else {}))
    return private_page(
        "room/back.html", 404 if status == 200 and token is not None and to is None else status, to=to, token=token, trouble=trouble,
        wrong=wrong, signed=field,
    )  # fmt: skip
