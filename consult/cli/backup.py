"""`consult backup`: one file with everything that has to be kept, made while the installation runs."""

import sys
from pathlib import Path

import click

from consult.cli.application import application, refusals_of_operating


@click.command(short_help="Copy database and files into one file, while all runs.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@refusals_of_operating
def backup(file: Path, force: bool) -> None:
    """Copy the database as of one instant, and every file that it names, into FILE (a plain tar file with a manifest), while server and worker go on.
    FILE appears when it is whole; only its owner may read it.

    CONSULT_SECRET_KEY is not in it: keep it elsewhere. Everything else of the settings' folders (CONSULT_BODY, CONSULT_PAGES, CONSULT_TRANSLATIONS) is not
    in it either. Ends with 1 where files are missing that rows name; the rest is kept then all the same.
    """
    from consult import clock
    from consult.operations.backup.make import make_backup

    with application(migrated=False):
        made = make_backup(to=file, replace=force, now=clock.now())
    held = made.manifest.contents
    click.echo(
        f"{file}: {made.size} bytes, {made.manifest.engine} at revision {held.revision}, {sum(held.record.values())} events, "
        f"{held.submissions} submissions, {held.comments} comments, {len(made.manifest.files)} files"
    )
    if made.manifest.key is None:
        click.echo("CONSULT_SECRET_KEY is not set here: the backup cannot tell later whether the right key is there", err=True)
    for each in made.lost:
        click.echo(f"missing or damaged in the folder of files: {each}", err=True)
    if made.lost:
        sys.exit(1)
