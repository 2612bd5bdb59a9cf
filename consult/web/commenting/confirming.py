"""What the link in a receipt's mail opens: one page with two buttons. Opening changes nothing, however often and by whomever.

A program that checks mails may press a button as well: “Confirm” harms nobody, “That was not me” only asks for the code that stands in the mail.
"""

from typing import Any

from flask import current_app, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.confirmation import key_of
from consult.core.problem import Problem, Refused
from consult.core.reference import reference_as_typed
from consult.operations.confirm import Marked, confirm_by_code, confirm_by_link, disown
from consult.queries.receipts import confirmation_seen
from consult.web.commenting.blueprint import blueprint
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence

DONE = ("confirmed", "before", "disowned")


@blueprint.get("/confirm")
@needs("comment")
def confirm() -> Response:
    done = request.args.get("done", "")
    return _page(request.args.get("token", ""), done=done if done in DONE else "")


@blueprint.post("/confirm")
@needs("comment")
def confirmed() -> Response:
    field, fields = signed("receipt.confirm"), request.form
    token = str((field or {}).get("token", request.args.get("token", "")))
    if field is None:
        return _page(token, trouble="form_not_ours", error=bare_sentence(Problem("form_not_ours"), gettext), status=400)
    act = fields.get("act", "")
    if act == "not_me":
        return _page(token, second=True)
    reference, code = reference_as_typed(fields.get("reference", "")), fields.get("code", "")
    try:
        if act == "disown":
            disown(token=token or None, reference=reference, code=code, now=request_time())
            return redirect(_address(token, "disowned"), 303)
        done = _confirm(token, reference, code)
    except Refused as refused:
        problem = refused.problems[0]
        return _page(token, second=act == "disown", trouble=problem.code, error=bare_sentence(problem, gettext), status=422)
    return redirect(_address(token, "before" if done.before else "confirmed"), 303)


def _confirm(token: str, reference: str, code: str) -> Marked:
    if token:
        return confirm_by_link(token=token, now=request_time())
    return confirm_by_code(reference=reference, code=code, now=request_time())


def _address(token: str, done: str) -> str:
    named: dict[str, Any] = {"token": token} if token else {}
    return url_for("commenting.confirm", done=done, **named)


def _page(token: str, **more: Any) -> Response:
    """`second`: the step that asks for the code before anything is disowned. `done`: what just happened. `trouble` with its `error`."""
    status = int(more.pop("status", 200))
    key = key_of(current_app.config["SETTINGS"].secret_key, token) if token else None
    seen = confirmation_seen(key=key, language=page_language(), now=request_time()) if key else None
    given = {"second": False, "done": "", "trouble": "", "error": ""} | more
    return private_page(
        "commenting/confirm.html", status,
        asked=seen, token=token, reference=request.form.get("reference", request.args.get("reference", "")),
        signed=sign("receipt.confirm", token=token), **given,
    )  # fmt: skip
