"""`consult extend`: more time for a round."""

from datetime import datetime

import click

from consult.cli.application import application, refusals_said


@click.command(short_help="Move the closing of a round to a later time.")
@click.argument("round_", metavar="ROUND")
@click.option(
    "--closes",
    type=click.DateTime(["%Y-%m-%dT%H:%M"]),
    required=True,
    metavar="TIME",
    help="Such as 2026-04-30T23:59, in the round's zone.",
)
@refusals_said
def extend(round_: str, closes: datetime) -> None:
    """Move the closing of ROUND, such as performance-standard-v3/2, to a later time. Feeds, calendars and subscribers are told."""
    from consult import clock
    from consult.operations.extend import extend_round
    from consult.operations.record import OPERATOR

    consultation, _, number = round_.rpartition("/")
    if not consultation or not number.isascii() or not number.isdigit():
        raise click.BadParameter("a consultation and the number of a round, such as performance-standard-v3/2", param_hint="ROUND")
    with application():
        extend_round(consultation=consultation, number=int(number), closes=closes, by=OPERATOR, now=clock.now())
    click.echo(f"{round_} closes {closes:%Y-%m-%d %H:%M}")
