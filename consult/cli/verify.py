"""`consult verify`: whether what is kept beside the record equals a recount, and whether the record has no gap."""

import sys
from typing import TYPE_CHECKING

import click

from consult.cli.application import application

if TYPE_CHECKING:
    from consult.queries.verified import Verified


@click.command(short_help="Count everything again; say what differs.")
def verify() -> None:
    """Count everything again that is kept for counting, and look for gaps in the record; changes nothing. Ends with 1 where something differs."""
    from consult.queries.verified import verified

    with application():
        found = verified()
    tell_verified(found)
    if not found.sound:
        sys.exit(1)


def tell_verified(found: "Verified") -> None:
    click.echo(f"{found.comments} comments recounted, {found.events} events looked at")
    for reference in found.miscounted:
        click.echo(f"{reference}: something else is kept for counting than a recount gives", err=True)
    for scope in found.gaps:
        click.echo(f"{scope}: its events are not numbered without a gap", err=True)
    for round_ in found.numbers:
        click.echo(f"{round_}: its comments are not numbered without a gap", err=True)
