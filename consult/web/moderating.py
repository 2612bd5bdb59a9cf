"""."""

from flask import Blueprint

blueprint = Blueprint("moderating", __name__)
