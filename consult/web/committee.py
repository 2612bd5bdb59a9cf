"""."""

from flask import Blueprint

blueprint = Blueprint("committee", __name__)
