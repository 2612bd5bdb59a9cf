"""Reading everything through, saying once for whom the room speaks, and submitting what is complete and marked in."""

from collections.abc import Mapping, Sequence

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.organisation_room import STATEMENTS, Statement
from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS, consent_problems, person_of, person_problems
from consult.operations.organisation_room.drafts import decide_views
from consult.operations.organisation_room.hand_in import hand_in_room, set_particulars
from consult.queries.organisation_rooms import RoomSeen
from consult.web.comment_page import options
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.proposals import proposal
from consult.web.rendering import private_page
from consult.web.tickets import receipt_address
from consult.web.working_together.blueprint import blueprint
from consult.web.working_together.found import about, found, outside, refusal, who
from consult.wording.countries import countries
from consult.wording.organisation_room import STATEMENTS as WORDED
from consult.wording.organisation_room import room_sentence
from consult.wording.submission import problem_sentence

GOES, STAYS = "attach", "leave_out"
"""What the page says of a minority view."""


@blueprint.get("/my/room/<room>/review")
@needs("comment")
def review(room: str) -> Response:
    of = found(room)
    if of is None:
        return outside()
    return _shown(of, of.particulars) if of.coordinates else redirect(url_for("room.room", room=room), 303)


@blueprint.post("/my/room/<room>/review")
@needs("comment")
def submit(room: str) -> Response:
    field, of, fields = signed("room.review"), found(room), {**request.form, "capacity": "organisation"}
    if of is None:
        return outside(400 if field is None else 404)
    if not of.coordinates:
        return redirect(url_for("room.room", room=room), 303) if field else outside(400)
    if field is None or field.get("room") != room:
        return _shown(of, fields, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    try:
        set_particulars(**who(room), fields=fields, statement=_statement(fields))
        decide_views(**who(room), decisions={name: fields[name] == GOES for name in fields if name.startswith("view-")})
        if fields.get("act") == "keep":  # static/js/leaving.js
            return Response(status=204)
        if fields.get("act") == "leave":
            return redirect(url_for("room.room", room=room), 303)
        of = found(room) or of
        if problems := [*_problems(fields), *_undecided(of)]:
            return _shown(of, fields, problems=problems, status=422, seen=field)
        done = hand_in_room(
            **who(room), key=field["key"], seen=field["revision"], language=page_language(), origin=request.remote_addr,
            person=person_of(fields, current_app.config["BODY"].consent_version),
        )  # fmt: skip
    except Refused as refused:
        sentence, status = refusal(refused)
        return _shown(found(room) or of, fields, trouble=sentence, status=status)
    return redirect(receipt_address(done.receipt.reference, request_time()), 303)


def _problems(fields: Mapping[str, str]) -> list[Problem]:
    classes = [each.code for each in current_app.config["BODY"].classes]
    known = [code for code, _ in countries(page_language())]
    return [*person_problems(fields, classes=classes, countries=known), *consent_problems(fields)]


def _undecided(of: RoomSeen) -> list[Problem]:
    """No minority view is dropped unread: the coordinator decides on each."""
    return [Problem("view_undecided", {"field": said.view}) for _, said in of.views if not said.decided]


def _statement(fields: Mapping[str, str]) -> Statement:
    return next((each for each in STATEMENTS if each == fields.get("statement")), "counted")


def _shown(
    of: RoomSeen, fields: Mapping[str, str], *, problems: Sequence[Problem] = (), trouble: str = "", status: int = 200,
    seen: Mapping[str, object] | None = None,
) -> Response:  # fmt: skip
    """`seen`: the signed field it came with, whose key and revision stay; else it gets fresh ones."""
    said = [(str(each.where["field"]), room_sentence(each, page_language())) for each in problems]
    lacking = {each.draft.key: [problem_sentence(problem, page_language()) for problem in each.draft.lacks] for each in of.wanting}
    content = {"key": seen["key"], "revision": seen["revision"]} if seen else {"revision": of.revision}
    return private_page(
        "room/review.html", status,
        **{**about(of), "signed": sign("room.review", room=of.address, **content)}, fields=fields, limits=LIMITS, problems=said,
        errors=dict(reversed(said)), trouble=trouble, lacking=lacking, goes=GOES, stays=STAYS, options=options(), proposal=proposal, worded=WORDED,
        statement=_statement(fields) if "statement" in fields else of.statement,
    )  # fmt: skip
