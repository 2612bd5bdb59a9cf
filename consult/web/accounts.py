"""Signing in and out."""

from flask import Blueprint
from werkzeug.wrappers import Response

from consult.web.permissions import needs
from consult.web.rendering import private_page

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@needs("sign_in")
def sign_in() -> Response:
    return private_page("accounts/sign_in.html")
