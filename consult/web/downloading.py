"""."""

from flask import Blueprint

blueprint = Blueprint("downloading", __name__)
