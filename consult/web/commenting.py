"""."""

from flask import Blueprint

blueprint = Blueprint("commenting", __name__)
