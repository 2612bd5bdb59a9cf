"""Reading: consultations, standards, clauses, changes."""

from flask import Blueprint
from werkzeug.wrappers import Response

from consult.web.permissions import needs
from consult.web.rendering import public_page

blueprint = Blueprint("reading", __name__)


@blueprint.get("/")
@needs("read")
def home() -> Response:
    return public_page("reading/home.html")


@blueprint.get("/standards/")
@needs("read")
def standards() -> Response:
    return public_page("reading/standards.html")
