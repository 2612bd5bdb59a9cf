"""`consult init`: creates or migrates the database."""

import click

from consult.cli.application import application


@click.command()
def init() -> None:
    """Create or migrate the database named by CONSULT_DATABASE_URL."""
    from consult.extensions import db
    from consult.schema import migrate_database, newest_revision

    with application():
        migrate_database(db.engine)
        click.echo(f"database at revision {newest_revision()}")
