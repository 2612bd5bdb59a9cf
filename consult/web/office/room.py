"""The blueprint of the office, and what its pages share."""

from collections.abc import Iterable

from flask import Blueprint, abort
from flask_babel import gettext

from consult.core.problem import Problem
from consult.operations.record import Actor
from consult.web.permissions import person
from consult.wording.problems import problem_sentence

blueprint = Blueprint("office", __name__)


def by() -> Actor:
    who = person()
    if who is None:
        abort(401)
    return Actor("account", who.account)


def refusals(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """(field, sentence) for an error summary; the field "" where no control is meant."""
    return [(str(problem.where.get("field", "")), problem_sentence(problem, gettext)) for problem in problems]
