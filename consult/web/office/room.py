"""The blueprint of the office, and what its pages share."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, abort
from flask_babel import gettext

from consult.core.problem import Problem
from consult.operations.record import Actor
from consult.web.locale import page_language
from consult.web.permissions import person
from consult.wording.dates import language_text
from consult.wording.problems import problem_sentence

blueprint = Blueprint("office", __name__)


def by() -> Actor:
    who = person()
    if who is None:
        abort(401)
    return Actor("account", who.account)


def refusals(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """(field, sentence) for an error summary; the field "" where no control is meant."""
    return [(str(problem.where.get("field", "")), problem_sentence(named(problem), gettext)) for problem in problems]


def named(problem: Problem) -> Problem:
    """With the names of the languages it speaks of instead of their codes, in the language of the page."""
    where, params = (
        {key: language_text(str(value), page_language()) if key in ("language", "prevails") else value for key, value in given.items()}
        for given in (problem.where, problem.params)
    )
    return replace(problem, where=where, params=params)
