"""Signing in and out, and where staff begin. Who is signed out while she types gets everything typed back."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, request, url_for
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.operations import accounts
from consult.operations.record import Actor
from consult.queries.consultations import consultations, received
from consult.queries.loads import SecondPerson, loads, second_person
from consult.queries.standards import titles_of_standards
from consult.web import errors
from consult.web.forms import FIELD, own_origin, signed
from consult.web.locale import page_language
from consult.web.permissions import allowed, cookie_name, needs, person, request_time
from consult.web.rendering import private_page

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@needs("sign_in")
def sign_in() -> Response:
    if person():
        return redirect(_onwards(), 303)
    return _form()


@blueprint.post("/sign-in")
@needs("sign_in")
def begin() -> Response:
    field = signed("sign-in")
    if field is None:
        return _form(Problem("form_not_ours"), 400)
    cookie = cookie_name()
    try:
        admitted = accounts.sign_in(
            mail=request.form.get("mail", ""), password=request.form.get("password", ""), address=request.remote_addr,
            replaces=request.cookies.get(cookie), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _form(refused.problems[0], 429 if refused.problems[0].code == "too_many_attempts" else 422, typed=_typed_before(field))
    offered = current_app.config["SETTINGS"].languages
    if kept := _typed_before(field):
        response: Response = private_page("accounts/again.html", **kept)
    else:
        response = redirect(_onwards(admitted.language if admitted.language in offered else page_language()), 303)
    response.set_cookie(
        cookie, admitted.token, max_age=int(accounts.SIGNED_IN_FOR.total_seconds()), path="/", httponly=True, samesite="Lax",
        secure=current_app.config["SETTINGS"].secure_cookies,
    )  # fmt: skip
    return response


@blueprint.app_errorhandler(401)
def signed_out(error: Unauthorized) -> Response:
    """A form of ours whose sign-in is over: its words travel inside the sign-in form, and come back once that has let somebody in.

    Nothing of them is stored here, and nothing is done with them: they come back as a form of the old sign-in, which every page of staff shows again.
    """
    try:
        words = [(name, value) for name, value in request.form.items(multi=True) if name != FIELD] if own_origin() else []
    except ParseException:
        return errors.page(400)
    except HTTPException as unread:
        return errors.page(unread.code or 400)
    if not words:
        return errors.page(401)
    files = any(each.filename for each in request.files.values())
    return _form(status=401, typed={"again": request.full_path.rstrip("?"), "words": words, "files": files})


def _typed_before(field: Mapping[str, Any]) -> dict[str, Any]:
    return {name: field[name] for name in ("again", "words", "files") if name in field}


@blueprint.post("/sign-out")
@needs("sign_out")
def sign_out() -> Response:
    who = person()
    if who is None or signed("staff.sign_out") is None:
        abort(400)
    accounts.sign_out(token_sha256=who.token_sha256, by=Actor("account", who.account), now=request_time())
    response = redirect(url_for("reading.home"), 303)
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=current_app.config["SETTINGS"].secure_cookies)
    return response


@blueprint.get("/staff")
@needs("sign_out")
def start() -> Response:
    """The rooms a signed-in person may enter."""
    rooms = [
        each for each in consultations(page_language()) if allowed("read_unmoderated", each.slug) or allowed("read_committee", each.slug)
    ]
    counts = received([each.id for room in rooms for each in room.rounds])
    return private_page(
        "accounts/start.html", rooms=rooms, loads=loads(request_time()), counts=counts, office=allowed("read_office"), asked=_asked(),
        standards=titles_of_standards(page_language()),
    )  # fmt: skip


def _asked() -> SecondPerson:
    """What others asked for, as far as whoever is here may confirm it."""
    who = person()
    if who is None or not allowed("read_office"):
        return SecondPerson()
    found = second_person(account=who.account, language=page_language(), now=request_time())
    return SecondPerson(
        found.drafts if allowed("edit_drafts") else (),
        found.corrections if allowed("check_translations") else (),
        tuple(link for link in found.links if allowed("issue_late_links", link.consultation)),
    )


def local_path(address: str | None) -> str | None:
    """An address inside this site, or None: nobody is sent elsewhere after signing in."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address or not address.isprintable():
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if not parts.scheme and not parts.netloc else None


def _onwards(language: str | None = None) -> str:
    return local_path(request.args.get("next")) or url_for("accounts.start", language=language or page_language())


def _form(problem: Problem | None = None, status: int = 200, typed: Mapping[str, Any] | None = None) -> Response:
    asked = request.endpoint in ("accounts.sign_in", "accounts.begin")
    response = private_page(
        "accounts/sign_in.html", status, problem=problem, mail=request.form.get("mail", "") if asked else "",
        next=local_path(request.args.get("next")), typed=typed or {},
    )  # fmt: skip
    if problem and problem.code == "too_many_attempts":
        response.headers["Retry-After"] = str(problem.params["seconds"])
    return response
