"""Who works in a room: its invitation, one's own link, the inner deadline, the role of the coordinator, leaving."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.organisation_room import OBJECTION, may_take_over
from consult.core.problem import Problem, Refused
from consult.core.submission import person_problems, unfolded
from consult.operations.organisation_room import hand_in, members
from consult.operations.organisation_room.members import Entered, NewMember
from consult.queries.organisation_rooms import RoomSeen
from consult.web import room_cookie
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.working_together.blueprint import blueprint
from consult.web.working_together.found import about, checked, found, invite_address, number, outside, own_address, refusal, who
from consult.wording.organisation_room import room_sentence

Act = Callable[[str, Mapping[str, str]], Entered | None]


@blueprint.get("/my/room/<room>/people")
@needs("comment")
def people(room: str) -> Response:
    of = found(room)
    return outside() if of is None else _shown(of, {})


@blueprint.post("/my/room/<room>/people")
@needs("comment")
def change_people(room: str) -> Response:
    """One act; `act` names it, `member` whom it concerns."""
    field, of, fields = checked(room), found(room), request.form
    if of is None:
        return outside(400 if field is None else 404)
    if field is None:
        return _shown(of, fields, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    act, entered = ACTS.get(fields.get("act", "")), None
    try:
        if act is not None:
            entered = act(room, fields)
    except Refused as refused:
        sentence, status = refusal(refused)
        return _shown(found(room) or of, fields, trouble=sentence, status=status)
    leaving = fields.get("act") == "leave"
    response = redirect(url_for("room.home") if leaving else url_for("room.people", room=room), 303)
    return room_cookie.give(response, entered.token) if entered else response


def _shown(of: RoomSeen, fields: Mapping[str, str], *, trouble: str = "", status: int = 200) -> Response:
    now = request_time()
    local = of.inner_deadline.astimezone(of.window.local_closes.tzinfo) if of.inner_deadline else None
    deadline = {"day": local.date().isoformat() if local else "", "hour": local.strftime("%H:%M") if local else ""}
    return private_page(
        "room/people.html", status,
        **about(of), fields=fields, trouble=trouble, deadline={**deadline, **{name: fields[name] for name in deadline if name in fields}},
        invite=invite_address(of), own=own_address(of), takes_over=may_take_over(of.me.asked_at, now),
        until=of.me.asked_at + OBJECTION if of.me.asked_at else None, objection=OBJECTION, here=url_for("room.people", room=of.address),
    )  # fmt: skip


def _deadline(room: str, fields: Mapping[str, str]) -> None:
    day, hour = fields.get("day", "").strip(), fields.get("hour", "").strip()
    try:
        local = datetime.fromisoformat(f"{day}T{hour or '23:59'}") if day or hour else None
    except ValueError:
        local = None
    if (local is None and (day or hour)) or (local is not None and local.tzinfo is not None):
        raise Refused(Problem("deadline_form", {"field": "day"}))
    hand_in.set_deadline(**who(room), local=local)


def _myself(room: str, fields: Mapping[str, str]) -> None:
    given = {name: fields.get(name, "") for name in ("name", "mail", "organisation")}
    said = {"capacity": "individual", "stakeholder_class": "x", "country": "x", "choice": "named", **given}
    problems = person_problems(said, classes=["x"], countries=["x"])
    if not given["name"].strip():
        problems = [*problems, Problem("name_missing", {"field": "name"})]
    if problems:
        raise Refused(*problems)
    told = {name: unfolded(value).strip() for name, value in given.items()}
    members.change_self(
        **who(room), who=NewMember(told["name"], told["mail"] or None, told["organisation"] or None, bool(fields.get("nameable")))
    )


ACTS: Mapping[str, Act] = {
    "renew_invite": lambda room, fields: members.renew_invite(**who(room)),
    "end_invite": lambda room, fields: members.end_invite(**who(room)),
    "renew_link": lambda room, fields: members.renew_link(**who(room)),
    "myself": _myself,
    "deadline": _deadline,
    "remind": lambda room, fields: members.want_reminders(**who(room), wanted=True),
    "no_reminders": lambda room, fields: members.want_reminders(**who(room), wanted=False),
    "pass_on": lambda room, fields: members.pass_on(**who(room), to=number(fields.get("member", ""))),
    "ask": lambda room, fields: members.ask_for_role(**who(room)),
    "object": lambda room, fields: members.object_to(**who(room), member=number(fields.get("member", ""))),
    "take_over": lambda room, fields: members.take_over(**who(room)),
    "end": lambda room, fields: members.end_membership(**who(room), member=number(fields.get("member", ""))),
    "leave": lambda room, fields: members.leave(**who(room)),
}
"""What a button of the page does."""
