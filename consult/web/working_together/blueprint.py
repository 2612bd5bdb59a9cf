"""The blueprint that the views of this package hang on."""

from flask import Blueprint

blueprint = Blueprint("room", __name__)
