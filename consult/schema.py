"""The database's structure: alembic in process, no ini file; the same scripts on SQLite and PostgreSQL, from checkout and wheel."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, Engine

from consult.extensions import prepare
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


def lost_guards(engine: Engine) -> tuple[str, ...]:
    """What should keep rows as they are, or an index in step with them, in a database at the newest revision, and is not there, not as it was made,
    or switched off: `<trigger>` on SQLite, `<table> <act>` on PostgreSQL. Compared with a fresh database in memory, made for it.
    """
    wanted = _wanted_triggers()
    if engine.dialect.name == "sqlite":
        found = _triggers(engine)
        return tuple(name for name, (_, made) in wanted.items() if found.get(name, ("", ""))[1] != made)
    acts = {(table, act) for table, made in wanted.values() for act in ("update", "delete") if f" before {act} " in made}
    with engine.connect() as connection:
        there = {(table, act) for table, kinds in connection.execute(text(_GUARDING)) for act, bit in _BITS.items() if kinds & bit}
    return tuple(f"{table} {act}" for table, act in sorted(acts - there))


_GUARDING = """
select relname, tgtype from pg_catalog.pg_trigger join pg_catalog.pg_class on pg_class.oid = tgrelid join pg_catalog.pg_proc on pg_proc.oid = tgfoid
where not tgisinternal and tgenabled in ('O', 'A') and proname = 'append_only' and pg_catalog.pg_table_is_visible(pg_class.oid)
"""
_BITS = {"delete": 8, "update": 16}
"""Of pg_trigger.tgtype."""


@cache
def _wanted_triggers() -> dict[str, tuple[str, str]]:
    fresh = create_engine("sqlite://")
    prepare(fresh)
    migrate_database(fresh)
    found = _triggers(fresh)
    fresh.dispose()
    return found


def _triggers(engine: Engine) -> dict[str, tuple[str, str]]:
    """SQLite's: name -> table and what it was made with, however it is quoted and spaced since."""
    listed = "select name, tbl_name, sql from sqlite_master where type = 'trigger' order by name"
    with engine.connect() as connection:
        return {name: (table, " ".join(sql.replace('"', "").lower().split())) for name, table, sql in connection.execute(text(listed))}


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
