"""Filled forms of members taken into a room, and the rows that found no place by themselves."""

from collections.abc import Mapping

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.draft.number import address as as_address
from consult.core.problem import Problem, Refused
from consult.core.submission import CommentTarget, unfolded
from consult.operations.organisation_room.forms import TakenIn, place_row
from consult.operations.organisation_room.forms import take_in as take_in_form
from consult.operations.read_form import read_filled_form
from consult.queries.consultations import consultation
from consult.queries.organisation_rooms import RoomSeen
from consult.web.locale import languages, page_language
from consult.web.permissions import needs
from consult.web.rendering import private_page
from consult.web.working_together.blueprint import blueprint
from consult.web.working_together.found import about, checked, found, outside, refusal, who
from consult.wording.organisation_room import room_sentence


@blueprint.get("/my/room/<room>/forms")
@needs("comment")
def forms(room: str) -> Response:
    of = found(room)
    if of is None:
        return outside()
    return _shown(of, {}) if of.coordinates else redirect(url_for("room.room", room=room), 303)


@blueprint.post("/my/room/<room>/forms")
@needs("comment")
def take_in(room: str) -> Response:
    field, of, fields = checked(room), found(room), request.form
    if of is None or not of.coordinates:
        return outside(400 if field is None else 404)
    if field is None:
        return _shown(of, fields, trouble=Problem("form_not_ours"), status=400)
    upload = request.files.get("file")
    whose = unfolded(fields.get("of_member", "")).strip()[:200]
    data = upload.read() if upload else b""
    if not whose or not data:
        return _shown(of, fields, trouble=Problem("file_missing" if whose else "of_member_missing"), status=422)
    try:
        reading = read_filled_form(
            data, upload.filename or "" if upload else "", consultation_slug=of.consultation, number=of.number, languages=languages(),
            body=current_app.config["BODY"],
        )  # fmt: skip
        done = take_in_form(
            **who(room), data=data, reading=reading, of_member=whose, nameable=bool(fields.get("nameable")), language=page_language()
        )
    except Refused as refused:
        return _shown(of, fields, trouble=refused.problems[0], status=refusal(refused)[1])
    return _shown(found(room) or of, {}, done=done)


@blueprint.post("/my/room/<room>/rows/<int:row>")
@needs("comment")
def place(room: str, row: int) -> Response:
    """A row without a place gets one: a clause of a document, or a document as a whole."""
    field, of, fields = checked(room), found(room), request.form
    if of is None or not of.coordinates:
        return outside(400 if field is None else 404)
    if field is None:
        return _shown(of, fields, trouble=Problem("form_not_ours"), status=400)
    standard, number = fields.get("standard", ""), as_address(fields.get("number", "").strip())
    target = CommentTarget("clause", standard, number) if number else CommentTarget("document", standard)
    try:
        place_row(**who(room), row=row, target=target, language=page_language())
    except Refused as refused:
        return _shown(of, fields, trouble=refused.problems[0], status=refusal(refused)[1], row=row)
    return redirect(url_for("room.forms", room=room, _anchor="rows"), 303)


def _shown(
    of: RoomSeen, fields: Mapping[str, str], *, trouble: Problem | None = None, done: TakenIn | None = None, status: int = 200,
    row: int | None = None,
) -> Response:  # fmt: skip
    """`done`: what became of the form just sent; `row`: whose place was refused."""
    known = consultation(of.consultation, page_language())
    round_ = known.round(of.number) if known else None
    documents = [(each.version.standard, each.version.title) for each in round_.documents] if round_ else []
    return private_page(
        "room/forms.html", status,
        **about(of), fields=fields, trouble=room_sentence(trouble, page_language()) if trouble else "", done=done, documents=documents,
        row_refused=row,
    )  # fmt: skip
