"""What commands share: an application on the settings of the environment, and everything that stops a command said in a line."""

import signal
import sqlite3
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

    from consult.config import Settings

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def application(*, migrated: bool = True) -> Iterator["Flask"]:
    """The application with its context pushed. What stops it ends the command with one line and 1: a setting of the wrong kind, a database
    that does not answer or, unless `migrated` is False, is not at the newest revision.
    """
    from consult import create_app

    with database_said():
        try:
            app = create_app(settings())
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        with app.app_context():
            if migrated:
                refuse_unmigrated()
            yield app


def settings() -> "Settings":
    """Settings of the environment; one of the wrong kind ends the command."""
    from consult.config import Settings

    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def database_said() -> Iterator[None]:
    """An address that means no database, and one that does not answer, in a line. Faults of our own statements stay tracebacks."""
    from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError

    try:
        yield
    except (ArgumentError, NoSuchModuleError) as error:
        raise click.ClickException(f"CONSULT_DATABASE_URL is not the address of a database: {first_line(error)}") from error
    except (OperationalError, InterfaceError) as error:
        raise click.ClickException(f"the database does not answer: {first_line(error.orig or error)}") from error


def first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0]


def refuse_unmigrated() -> None:
    """Needs an application context."""
    from consult.extensions import db
    from consult.schema import newest_revision, stored_revision

    found, wanted = stored_revision(db.engine), newest_revision()
    if found != wanted:
        at = f"at revision {found}" if found else "empty"
        raise click.ClickException(f"the database is {at}, the program needs revision {wanted}: run consult init first")


def english(text: str) -> str:
    return text


def say(problems: Iterable[Problem]) -> None:
    """Each problem on standard error, a line each."""
    for problem in problems:
        click.echo(f"{problem.grade}: {problem_sentence(problem, english)}", err=True)


def refusals_of_operating(command: Callable[P, T]) -> Callable[P, T]:
    """For commands about the installation itself: a Refused, and what the machine does not give (room, permission, a database that is not locked), in a line.
    SIGTERM ends them as Ctrl-C does: on the way out everything half made is removed.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        from consult.wording.operating import operating_sentence

        before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            raise click.ClickException("; ".join(operating_sentence(each) for each in refused.problems)) from refused
        except (OSError, sqlite3.OperationalError) as error:
            raise click.ClickException(str(error)) from error
        finally:
            signal.signal(signal.SIGTERM, before)

    return run


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
