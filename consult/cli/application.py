"""What commands share: an application on the settings of the environment, and refusals said in words."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from consult.core.problem import Problem, Refused
from consult.wording.problems import problem_sentence

if TYPE_CHECKING:
    from flask import Flask

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def application() -> Iterator["Flask"]:
    """The application with its context pushed. A setting of the wrong kind ends the command with one line."""
    from consult import create_app
    from consult.config import Settings

    try:
        app = create_app(Settings.from_environment())
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    with app.app_context():
        yield app


def english(text: str) -> str:
    return text


def say(problems: Iterable[Problem]) -> None:
    """Each problem on standard error, a line each."""
    for problem in problems:
        click.echo(f"{problem.grade}: {problem_sentence(problem, english)}", err=True)


def refusals_said(command: Callable[P, T]) -> Callable[P, T]:
    """Turns a Refused into lines on standard error and exit status 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            say(refused.problems)
            sys.exit(1)

    return run
