"""Options of every command that reads drafts: what is said of Word files, which have no front matter."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def word_options(command: F) -> F:
    """Adds --standard, --version, --language, --tracked; the command takes them as arguments and makes a `Known` of them."""
    for option in (
        tracked_option,
        click.option("--language", metavar="LANG", default="", help="Language of the Word files; none: as their names or texts say."),
        click.option("--version", metavar="NAME", default="", help="Version that the Word files are of."),
        click.option("--standard", metavar="NAME", default="", help="Standard that the Word files are of."),
    ):
        command = option(command)
    return command


tracked_option = click.option(
    "--tracked", type=click.Choice(["accepted", "rejected"]), default="accepted", show_default=True,
    help="Take tracked changes in Word files as accepted or as rejected.",
)  # fmt: skip
