"""The blueprint that the views of this package hang on."""

from flask import Blueprint

blueprint = Blueprint("commenting", __name__)
