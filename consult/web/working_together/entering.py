"""Into a room: one's rooms on this device, opening one, coming in by an invitation or by one's own link. Nothing happens on opening a link."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS, person_problems, unfolded
from consult.operations.organisation_room.members import Entered, NewMember, enter_room, join_room, open_room
from consult.queries.commenting import RoundForComments, round_for_comments
from consult.queries.room_lists import invited_to, linked_to
from consult.web import room_cookie
from consult.web.comment_page import options
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.working_together.blueprint import blueprint
from consult.web.working_together.found import refusal
from consult.wording.countries import countries
from consult.wording.organisation_room import room_sentence


@blueprint.get("/my/room")
@needs("comment")
def home() -> Response:
    return private_page("room/home.html", rooms=room_cookie.rooms(), round=_round(), now=request_time())


@blueprint.get("/my/room/open")
@needs("comment")
def ask() -> Response:
    return _form(_round() or abort(404), {})


@blueprint.post("/my/room/open")
@needs("comment")
def begin() -> Response:
    field, fields, round_ = signed("room.open"), request.form, _round()
    if round_ is None:
        abort(404 if field else 400)
    if field is None or field.get("round") != _named(round_):
        return _form(round_, fields, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    classes = [each.code for each in current_app.config["BODY"].classes]
    said = {**fields, "capacity": "organisation", "choice": "named"}
    wrong = person_problems(said, classes=classes, countries=[code for code, _ in countries(page_language())])
    problems = [*(_of_a_room(each) for each in wrong), *_name_problems(fields)]
    if problems:
        return _form(round_, fields, problems=problems, key=field["key"], status=422)
    try:
        entered = open_room(
            key=field["key"], consultation=round_.consultation, round_number=round_.number, organisation=unfolded(fields["organisation"]),
            stakeholder_class=fields["stakeholder_class"], country=fields["country"], coordinator=_member(fields, organisation=None),
            language=page_language(), address=request.remote_addr, now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        sentence, status = refusal(refused)
        return _form(round_, fields, trouble=sentence, status=status)
    return _inside(entered)


@blueprint.get("/my/room/join")
@needs("comment")
def invited() -> Response:
    return _invitation(request.args.get("invite", ""), {})


@blueprint.post("/my/room/join")
@needs("comment")
def join() -> Response:
    field, fields = signed("room.join"), request.form
    invite = str((field or {}).get("invite", request.args.get("invite", "")))
    if field is None:
        return _invitation(invite, fields, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    if problems := [*_line_problems(fields), *_name_problems(fields)]:
        return _invitation(invite, fields, problems=problems, key=field["key"], status=422)
    who = _member(fields, organisation=unfolded(fields.get("organisation", "")).strip() or None)
    try:
        entered = join_room(
            invite=invite, key=field["key"], who=who, language=page_language(), tokens=room_cookie.tokens(), now=request_time()
        )
    except Refused as refused:
        sentence, status = ("", 404) if refused.problems[0].code == "invite_over" else refusal(refused)
        return _invitation(invite, fields, trouble=sentence, status=status)
    return _inside(entered)


@blueprint.get("/my/room/enter")
@needs("comment")
def linked() -> Response:
    return _link(request.args.get("link", ""))


@blueprint.post("/my/room/enter")
@needs("comment")
def enter() -> Response:
    field = signed("room.enter")
    link = str((field or {}).get("link", request.args.get("link", "")))
    if field is None:
        return _link(link, room_sentence(Problem("form_not_ours"), page_language()), 400)
    try:
        entered = enter_room(link=link, now=request_time())
    except Refused:
        return _link(link)
    return _inside(entered)


def _inside(entered: Entered) -> Response:
    return room_cookie.give(redirect(url_for("room.room", room=entered.address), 303), entered.token)


def _round() -> RoundForComments | None:
    """Of the round that the address names."""
    slug, _, number = request.args.get("round", "").partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        return None
    return round_for_comments(consultation=slug, number=int(number), language=page_language())


def _named(round_: RoundForComments) -> str:
    return f"{round_.consultation}/{round_.number}"


def _form(
    round_: RoundForComments, fields: Mapping[str, str], *, problems: Sequence[Problem] = (), trouble: str = "", key: str | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    phase = "cancelled" if round_.cancelled else round_.window.phase(request_time())
    field = sign("room.open", round=_named(round_), **({"key": key} if key else {}))
    return private_page(
        "room/open.html", status, round=round_, phase=phase, fields=fields, trouble=trouble, options=options(), limits=LIMITS, signed=field,
        **_sentences(problems),
    )  # fmt: skip


def _invitation(
    invite: str,
    fields: Mapping[str, str],
    *,
    problems: Sequence[Problem] = (),
    trouble: str = "",
    key: str | None = None,
    status: int = 200,
) -> Response:
    to = invited_to(invite=invite, language=page_language())
    if to is None:
        return private_page("room/outside.html", 404 if status == 200 else status, over=True)
    field = sign("room.join", invite=invite, **({"key": key} if key else {}))
    inside = any(each.address == to.address for each in room_cookie.rooms())
    return private_page(
        "room/join.html", status, to=to, fields=fields, trouble=trouble, signed=field, inside=inside, open=to.window.phase(request_time()) == "open",
        **_sentences(problems),
    )  # fmt: skip


def _link(link: str, trouble: str = "", status: int = 200) -> Response:
    to = linked_to(link=link, language=page_language())
    if to is None:
        return private_page("room/outside.html", 404 if status == 200 else status, over=True)
    return private_page("room/enter.html", status, to=to, trouble=trouble, signed=sign("room.enter", link=link))


def _sentences(problems: Sequence[Problem]) -> dict[str, object]:
    said = [(str(each.where["field"]), room_sentence(each, page_language())) for each in problems]
    return {"problems": said, "errors": dict(reversed(said))}


def _member(fields: Mapping[str, str], *, organisation: str | None) -> NewMember:
    return NewMember(
        unfolded(fields["name"]).strip(), unfolded(fields.get("mail", "")).strip() or None, organisation, bool(fields.get("nameable"))
    )


def _of_a_room(problem: Problem) -> Problem:
    """Only an organisation opens one: there is no other choice to point to."""
    return replace(problem, code="room_organisation_missing") if problem.code == "organisation_missing" else problem


def _name_problems(fields: Mapping[str, str]) -> list[Problem]:
    return [] if fields.get("name", "").strip() else [Problem("name_missing", {"field": "name"})]


def _line_problems(fields: Mapping[str, str]) -> list[Problem]:
    """Of name, mail address and organisation, as everywhere."""
    said = {"capacity": "individual", "stakeholder_class": "x", "country": "x", "choice": "named"}
    given = {name: fields.get(name, "") for name in ("name", "mail", "organisation")}
    return person_problems({**said, **given}, classes=["x"], countries=["x"])
