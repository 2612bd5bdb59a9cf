"""The blueprint, what its pages share: addresses in one form, and a page for what is not there that says what it is."""

from typing import Any, NoReturn

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

blueprint = Blueprint("reading", __name__)

LOWER = ("consultation", "standard", "version", "baseline", "number", "resource", "page")


@blueprint.before_request
def one_form() -> Response | None:
    """Slugs and numbers are lower-case in addresses, references upper-case, activities one list; any other writing leads there."""
    given = request.view_args or {}
    wanted = {name: value.lower() if name in LOWER else value.upper() if name == "reference" else value for name, value in given.items()}
    ticked = request.args.getlist("activities")  # a form sends one for each box
    if request.endpoint is None or (wanted == given and len(ticked) < 2):
        return None
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **wanted}
    if ticked:
        asked["activities"] = ",".join(ticked)
    return redirect(url_for(request.endpoint, **asked), 301)


def missing(title: str, remedy: str, *ways: tuple[str, str]) -> NoReturn:
    """Ends the request with a 404 page in the reader's language: what is missing, what to do, and (text, address) of ways on."""
    response = make_response(render_template("reading/missing.html", staff=None, title=title, remedy=remedy, ways=ways), 404)
    response.headers["Cache-Control"] = "no-store"
    abort(response)
