"""The database's structure: alembic in process, no ini file; the same scripts on SQLite and PostgreSQL, from checkout and wheel."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from consult.resources import resource


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def migrate_database(engine: Engine, to: str = "head") -> None:
    """Creates or migrates the database. Raises RuntimeError when rows point nowhere afterwards; nothing has changed then."""
    with engine.execution_options(writing=True).connect() as connection:
        _foreign_keys(connection, on=False)  # SQLite ignores this inside a transaction
        try:
            with connection.begin():
                command.upgrade(_config(connection), to)
                _refuse_broken_keys(connection)
        finally:
            _foreign_keys(connection, on=True)


def guard(connection: Connection, table: str) -> None:
    """For migrations: rows of the table are added, never changed or deleted. Again after a batch rebuild on SQLite, which loses triggers.

    PostgreSQL: the function `append_only` is made by the first revision.
    """
    if connection.dialect.name == "sqlite":
        for act in ("update", "delete"):
            connection.execute(
                text(f"create trigger {table}_no_{act} before {act} on \"{table}\" begin select raise(abort, 'append-only'); end")
            )
        return
    for name, acts, scope in (("append_only", "update or delete", "row"), ("no_truncate", "truncate", "statement")):
        connection.execute(
            text(f'create trigger {table}_{name} before {acts} on "{table}" for each {scope} execute function append_only()')
        )


def stored_revision(engine: Engine) -> str | None:
    """The revision a database is at; None where it was never migrated."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows_revision(revision: str) -> bool:
    """Whether a database at that revision can be migrated by this program."""
    return revision in {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        cursor.close()


def _refuse_broken_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
        raise RuntimeError(f"rows that point nowhere: {broken[:5]}")
