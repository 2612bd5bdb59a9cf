"""`consult init`: creates or migrates the database."""

import click

from consult.cli.application import application


@click.command(short_help="Create or migrate the database.")
def init() -> None:
    """Create or migrate the database named by CONSULT_DATABASE_URL. Run again, it changes nothing."""
    from consult.extensions import db
    from consult.schema import migrate_database, newest_revision, stored_revision

    with application(migrated=False):
        before = stored_revision(db.engine)
        migrate_database(db.engine)
        after = newest_revision()
    click.echo(f"the database is at revision {after}" + (", as before" if before == after else ""))
