"""Endorsements: who adds a name to which comment, and what else they say; ticked ones are decided together."""

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.core.vocabulary import STATES, WITHHOLD_REASONS
from consult.operations.endorsements import EndorsementsMoved, move_endorsements
from consult.queries.endorsements import endorsement_queue
from consult.web import forms
from consult.web.moderating.room import ALL, blueprint, by, found_consultation
from consult.web.moderating.words import refusal
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page
from consult.wording.terms import term

WITHOUT = "without_nuance"
ACTS = {
    "pending": ("cleared", WITHOUT, "held", "withheld"),
    "held": ("cleared", WITHOUT, "pending", "withheld"),
    "cleared": (WITHOUT, "held", "pending", "withheld"),
    "withheld": ("cleared", "pending"),
}
"""State of the list -> what can be decided there."""


@blueprint.get("/moderation/<consultation>/endorsements")
@needs("read_unmoderated")
def endorsements(consultation: str) -> Response:
    return _page(consultation)


@blueprint.post("/moderation/<consultation>/endorsements")
@needs("moderate")
def decide_endorsements(consultation: str) -> Response:
    """All done: back to the list; some changed meanwhile: the list with what became of each."""
    field = forms.signed("staff.endorsements")
    if field is None or not isinstance(field.get("seen"), dict):
        return _page(consultation, Problem("form_not_ours"), 400)
    ticked = {int(key): field["seen"][key] for key in request.form.getlist("tick") if key in field["seen"]}
    act = request.form.get("act", "")
    try:
        done = move_endorsements(
            seen=ticked, to=act if act != WITHOUT else "cleared", reason=request.form.get("reason") or None, without_nuance=act == WITHOUT,
            consultation=consultation, by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(consultation, refused.problems[0], 409 if refused.problems[0].code == "endorsement_not_movable" else 422)
    if done.stale:
        return _page(consultation, None, 409, done)
    return redirect(_address(consultation, done=len(done.moved)), 303)


def _asked() -> tuple[str | None, str | None, int]:
    """State (None: all), comment and after which key, as the address says."""
    state, after = request.args.get("state", "pending"), request.args.get("after", "")
    comment = request.args.get("comment", "").strip().upper() or None
    known = state if state in STATES else None if state == ALL else "pending"
    return known, comment, int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0


def _address(slug: str, **changed: Any) -> str:
    state, comment, _ = _asked()
    asked: dict[str, Any] = {"state": ALL if state is None else state if state != "pending" else None, "comment": comment} | changed
    return url_for("moderating.endorsements", consultation=slug, **{name: value for name, value in asked.items() if value is not None})


def _page(slug: str, problem: Problem | None = None, status: int = 200, moved: EndorsementsMoved | None = None) -> Response:
    project, (state, comment, after) = found_consultation(slug), _asked()
    page = endorsement_queue(consultation=slug, state=state, comment=comment, after=after)
    may = allowed("moderate", slug)
    acts = ACTS.get(state or "", ()) if may else ()
    done = request.args.get("done", "")
    return private_page(
        "moderating/endorsements.html", status,
        consultation=project, page=page, state=state, about=comment, states=STATES, acts=acts, may=may, moved=moved,
        reasons=[(code, term("withheld_reason", code, gettext)) for code in WITHHOLD_REASONS], reason=request.form.get("reason", ""),
        signed=forms.sign("staff.endorsements", seen={str(row.key): row.state for row in page.rows}) if acts else None,
        refusal=refusal(problem) if problem else None, done=int(done) if done.isascii() and done.isdigit() and len(done) < 5 else 0,
        address=lambda **changed: _address(slug, **changed),
    )  # fmt: skip
