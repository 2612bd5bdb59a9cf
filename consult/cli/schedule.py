"""`consult schedule`: a consultation with its rounds from a file."""

from datetime import date
from pathlib import Path

import click

from consult.cli.application import application, refusals_said


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--anchor", type=click.DateTime(["%Y-%m-%d"]), help="the date that offsets in the file count from")
@refusals_said
def schedule(file: Path, anchor: object) -> None:
    """Create a consultation and its rounds from a YAML FILE (form: content/consultations/)."""
    from consult import clock
    from consult.exchange.consultation_file import read_consultation
    from consult.operations.record import OPERATOR
    from consult.operations.schedule import schedule_consultation

    with application() as app:
        day = anchor.date() if hasattr(anchor, "date") else None
        assert day is None or isinstance(day, date)
        plan = read_consultation(file, zone=app.config["BODY"].zone, anchor=day)
        slug = schedule_consultation(plan=plan, by=OPERATOR, now=clock.now())
        click.echo(f"{slug}: {len(plan.rounds)} rounds")
