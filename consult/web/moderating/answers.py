"""Answers without a comment: what was answered in words is read before the committee gets it; ticked ones are decided together."""

from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.core.vocabulary import STATES, WITHHOLD_REASONS
from consult.operations.answer_sheets import SheetsMoved, move_answers
from consult.queries.answer_sheets import sheet_queue
from consult.web import forms
from consult.web.locale import page_language
from consult.web.moderating.room import ALL, blueprint, by, found_consultation
from consult.web.moderating.words import refusal
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page
from consult.wording.terms import term

ACTS = {
    "pending": ("cleared", "held", "withheld"),
    "held": ("cleared", "pending", "withheld"),
    "cleared": ("held", "pending", "withheld"),
    "withheld": ("cleared", "pending"),
}
"""State of the list -> what can be decided there."""


@blueprint.get("/moderation/<consultation>/answers")
@needs("read_unmoderated")
def answers(consultation: str) -> Response:
    return _page(consultation)


@blueprint.post("/moderation/<consultation>/answers")
@needs("moderate")
def decide_answers(consultation: str) -> Response:
    """All done: back to the list; some changed meanwhile: the list with what became of each."""
    field = forms.signed("staff.answers")
    if field is None or not isinstance(field.get("seen"), dict):
        return _page(consultation, Problem("form_not_ours"), 400)
    ticked = {int(key): field["seen"][key] for key in request.form.getlist("tick") if key in field["seen"]}
    try:
        done = move_answers(
            seen=ticked, to=request.form.get("act", ""), reason=request.form.get("reason") or None, consultation=consultation, by=by(),
            now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(consultation, refused.problems[0], 409 if refused.problems[0].code == "move_not_allowed" else 422)
    if done.stale:
        return _page(consultation, None, 409, done)
    return redirect(_address(consultation, done=len(done.moved)), 303)


def _asked() -> tuple[str | None, int]:
    """State (None: all) and after which key, as the address says."""
    state, after = request.args.get("state", "pending"), request.args.get("after", "")
    known = state if state in STATES else None if state == ALL else "pending"
    return known, int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0


def _address(slug: str, **changed: Any) -> str:
    state, _ = _asked()
    asked: dict[str, Any] = {"state": ALL if state is None else state if state != "pending" else None} | changed
    return url_for("moderating.answers", consultation=slug, **{name: value for name, value in asked.items() if value is not None})


def _page(slug: str, problem: Problem | None = None, status: int = 200, moved: SheetsMoved | None = None) -> Response:
    project, (state, after) = found_consultation(slug), _asked()
    page = sheet_queue(consultation=slug, state=state, after=after, language=page_language())
    acts = ACTS.get(state or "", ()) if allowed("moderate", slug) else ()
    done = request.args.get("done", "")
    return private_page(
        "moderating/answers.html", status,
        consultation=project, page=page, state=state, acts=acts, moved=moved,
        reasons=[(code, term("withheld_reason", code, gettext)) for code in WITHHOLD_REASONS], reason=request.form.get("reason", ""),
        signed=forms.sign("staff.answers", seen={str(row.key): row.state for row in page.rows}) if acts else None,
        refusal=refusal(problem) if problem else None, done=int(done) if done.isascii() and done.isdigit() and len(done) < 5 else 0,
        address=lambda **changed: _address(slug, **changed),
    )  # fmt: skip
