"""Personal links into a round that has closed: issued with a reason and an end, confirmed by a second person, revoked."""

from datetime import datetime

from flask import abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.late import REASONS
from consult.core.permission import Permission
from consult.core.problem import Problem, Refused
from consult.operations.late import confirm_late_link, issue_late_link, link_token, revoke_late_link
from consult.queries.late_links import late_links, rounds_for_links
from consult.web import forms
from consult.web.locale import page_language
from consult.web.office.room import blueprint, by, refusals
from consult.web.permissions import allowed, needs, person, request_time
from consult.web.rendering import private_page

MAY: Permission = "issue_late_links"
FIELDS = ("round", "whom", "reason", "ends")
DONE = ("asked", "issued", "confirmed", "revoked")


@blueprint.get("/office/late-links")
@needs(MAY)
def late() -> Response:
    return _page({})


@blueprint.post("/office/late-links")
@needs(MAY)
def issue_late() -> Response:
    typed = {name: request.form.get(name, "") for name in FIELDS}
    if forms.signed("staff.late") is None:
        return _page(typed, [Problem("form_not_ours")], 400)
    consultation, _, number = typed["round"].rpartition("/")
    if not allowed(MAY, consultation):
        abort(403)
    second = current_app.config["SETTINGS"].second_person
    try:
        issue_late_link(
            consultation=consultation, round_number=int(number) if number.isascii() and number.isdigit() else 0, whom=typed["whom"],
            reason=typed["reason"], ends=_wall_time(typed["ends"]), second_person=second, by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(typed, refused.problems, 422)
    return redirect(url_for("office.late", done="asked" if second else "issued"), 303)


@blueprint.post("/office/late-links/<int:link>")
@needs(MAY)
def decide_late(link: int) -> Response:
    """Confirms it as the second person, or revokes it."""
    field = forms.signed("staff.late")
    if field is None:
        return _page({}, [Problem("form_not_ours")], 400)
    found = next((each for each in late_links(page_language(), request_time()) if each.id == link), None)
    if found is None or not allowed(MAY, found.consultation):
        abort(404)
    revokes = request.form.get("act") == "revoke"
    try:
        (revoke_late_link if revokes else confirm_late_link)(link=link, by=by(), now=request_time())
    except Refused as refused:
        return _page({}, refused.problems, 409)
    return redirect(url_for("office.late", done="revoked" if revokes else "confirmed", _anchor=f"link-{link}"), 303)


def _page(typed: dict[str, str], problems: list[Problem] | tuple[Problem, ...] = (), status: int = 200) -> Response:
    now, who = request_time(), person()
    errors = refusals(problems)
    return private_page(
        "office/late_links.html", status,
        links=[each for each in late_links(page_language(), now) if allowed(MAY, each.consultation)],
        rounds=[each for each in rounds_for_links(page_language(), now) if allowed(MAY, each.consultation)],
        typed={name: typed.get(name, "") for name in FIELDS}, reasons=REASONS, problems=errors, errors=dict(reversed(errors)),
        done=request.args.get("done") if status == 200 and request.args.get("done") in DONE else None,
        own=who.account if who else None, second_person=current_app.config["SETTINGS"].second_person,
        address=lambda key: url_for("mine.late", token=link_token(key), _external=True), signed=forms.sign("staff.late"),
    )  # fmt: skip


def _wall_time(written: str) -> datetime | None:
    """2026-04-30T23:59 as a browser's control or a person writes it; None for anything else."""
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return None if found.tzinfo else found
