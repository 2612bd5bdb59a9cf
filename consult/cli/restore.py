"""`consult restore`: a backup back into an empty database and an empty folder of files."""

import sys
from pathlib import Path

import click

from consult.cli.application import application, refusals_of_operating


@click.command(short_help="Bring a backup back into an empty database.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--other-key", is_flag=True, help="Although CONSULT_SECRET_KEY is not the key of the backup; its seal is not looked at then.")
@refusals_of_operating
def restore(file: Path, other_key: bool) -> None:
    """Bring the backup FILE back into the database of CONSULT_DATABASE_URL and the folder CONSULT_FILES, both empty, migrate it where it is older than this
    program, and count everything again as `consult verify` does, and look whether the record is guarded. The whole file is checked before anything is changed. Stop server and worker before.

    The secret key is not in a backup. With another one receipts still open with reference and secret code, and people stay signed in; but links and codes
    that were mailed (confirmations, ends of mails, late links, rooms) open nothing any more, receipts that are sent again come without their code, and who
    endorsed a comment can do so once more. Without --other-key such a backup is refused.
    """
    from consult import clock
    from consult.cli.init import bring_up_to_date
    from consult.cli.verify import tell_verified
    from consult.extensions import db
    from consult.operations.backup.restore import restore_backup, tell_restored
    from consult.operations.record import OPERATOR
    from consult.queries.outbox import outbox_states
    from consult.queries.verified import verified
    from consult.schema import lost_guards

    with application(migrated=False), file.open("rb") as source:
        manifest = restore_backup(source=source, other_key=other_key)
        held = manifest.contents
        click.echo(
            f"restored what was there at {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC: {sum(held.record.values())} events, {held.submissions} submissions, "
            f"{held.comments} comments, {len(manifest.files)} files"
        )
        bring_up_to_date()
        found, lost = verified(), lost_guards(db.engine)
        tell_restored(manifest=manifest, by=OPERATOR, now=clock.now())
        waiting = sum(each.waiting for each in outbox_states(clock.now()) if each.kind == "mail")
    tell_verified(found)
    click.echo("what was erased, withdrawn or withheld after that is as it was before: do it again (README, Backups)", err=True)
    if waiting:
        click.echo(f"{waiting} mails wait in the outbox: the worker sends them again where they left after the backup was made", err=True)
    for each in manifest.missing:
        click.echo(f"not in the backup, for it was missing then: file {each}", err=True)
    if lost:
        click.echo(
            f"guards against changing what is on record are missing or changed, as they were in the backup: {', '.join(lost)}", err=True
        )
    if lost or not found.sound:
        sys.exit(1)
