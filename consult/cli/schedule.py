"""`consult schedule`: a consultation with its rounds from a file."""

from datetime import datetime
from pathlib import Path

import click

from consult.cli.application import application, refusals_said


@click.command(short_help="Create a consultation from a file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--anchor",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day, such as 2026-03-01, that numbers of days in FILE count from; not needed where FILE names dates.",
)
@refusals_said
def schedule(file: Path, anchor: datetime | None) -> None:
    """Create a consultation and its rounds from a YAML FILE (form: content/consultations/). Its versions are published before."""
    from consult import clock
    from consult.exchange.consultation_file import read_consultation
    from consult.operations.record import OPERATOR
    from consult.operations.schedule import schedule_consultation

    with application() as app:
        plan = read_consultation(file, zone=app.config["BODY"].zone, anchor=anchor.date() if anchor else None)
        slug = schedule_consultation(plan=plan, by=OPERATOR, now=clock.now())
    click.echo(f"{slug}: {len(plan.rounds)} rounds")
    for entry in plan.rounds:
        click.echo(f"  {entry.number}: {entry.opens:%Y-%m-%d %H:%M} to {entry.closes:%Y-%m-%d %H:%M} {entry.zone}")
