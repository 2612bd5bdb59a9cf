"""The blueprint of the office, and what its pages share."""

from flask import Blueprint, abort

from consult.operations.record import Actor
from consult.web.permissions import person

blueprint = Blueprint("office", __name__)


def by() -> Actor:
    who = person()
    if who is None:
        abort(401)
    return Actor("account", who.account)
