"""Copies of a whole database, by the means of each engine: a consistent one out of a database in use, and back into an empty one."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL, Engine

from consult.core.problem import Problem, Refused

PAGES = 2048
"""Of SQLite copied at a time: signals are heard in between."""
_OWN_TABLES = """
select count(*) from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
"""


def copy_sqlite(path: Path, to: Path) -> None:
    """The state of one instant, while others write. Nobody waits for it: the log keeps what is written meanwhile, as for every reader. Of what was
    erased before nothing is left in the copy's free pages. Refused: database_missing, database_damaged.
    """
    if not path.is_file():
        raise Refused(Problem("database_missing", params={"file": str(path)}))
    try:
        with closing(_sqlite(path)) as source, closing(sqlite3.connect(to, isolation_level=None)) as target:
            source.execute("PRAGMA query_only=ON")
            source.execute("BEGIN")
            source.execute(
                "select count(*) from sqlite_master"
            ).fetchone()  # from here on one instant: without it, writers make the copy begin anew
            source.backup(target, pages=PAGES, sleep=0, progress=lambda *_: None)  # a call of ours in between: there signals are heard
            source.execute("COMMIT")
            target.execute("PRAGMA journal_mode=DELETE")
            target.execute("VACUUM")
    except sqlite3.DatabaseError as error:
        _refuse_sqlite(error)
    refuse_damaged(to)


def refuse_damaged(path: Path) -> None:
    """Refused: database_damaged, of an SQLite file that is none or not sound."""
    try:
        with closing(_sqlite(path)) as database:
            database.execute("PRAGMA trusted_schema=OFF")
            said = [str(row[0]) for row in database.execute("PRAGMA integrity_check(1)")]
            broken = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        _refuse_sqlite(error)
    if said != ["ok"] or broken:
        raise Refused(Problem("database_damaged", params={"said": said[0] if said != ["ok"] else f"a row of {broken[0]} points nowhere"}))


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """An SQLite file that is nobody else's, for the queries."""
    engine = create_engine(URL.create("sqlite", database=str(path)))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def refuse_filled_sqlite(path: Path) -> None:
    """Refused: target_filled; target_log where the log of another database lies there, which SQLite would play into whatever stands beside it."""
    for ending in ("-wal", "-journal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists() and (not path.exists() or path.stat().st_size == 0):
            raise Refused(Problem("target_log", params={"file": str(beside)}))
    if path.exists() and path.stat().st_size:
        raise Refused(Problem("target_filled_sqlite", params={"file": str(path)}))


@contextmanager
def snapshot(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """One state of a PostgreSQL database for our own queries and, by the name beside it, for `dump_postgresql`."""
    with engine.execution_options(isolation_level="REPEATABLE READ").connect() as connection:
        yield connection, connection.execute(text("select pg_export_snapshot()")).scalar_one()


def dump_postgresql(url: URL, to: Path, snapshot_name: str) -> None:
    """Refused: program_missing, program_failed."""
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot_name}", f"--file={to}"]
    _run("pg_dump", words, url)


def load_postgresql(url: URL, dump: Path) -> None:
    """All of it or nothing. Refused: program_missing, program_failed."""
    _run("pg_restore", ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"], url, str(dump))


def refuse_filled_postgresql(engine: Engine) -> None:
    """Refused: target_filled_postgresql."""
    with engine.connect() as connection:
        if connection.execute(text(_OWN_TABLES)).scalar_one():
            raise Refused(Problem("target_filled_postgresql", params={"name": str(engine.url.database)}))


def revision_of(connection: Connection) -> str:
    """Refused: database_unmigrated, where the database is none of ours."""
    if inspect(connection).has_table("alembic_version"):
        found = connection.execute(text("select version_num from alembic_version")).scalars().all()
        if len(found) == 1:
            return str(found[0])
    raise Refused(Problem("database_unmigrated"))


def program(name: str) -> Path | None:
    """A client program of PostgreSQL: on the PATH, or where Debian keeps those of each version, the newest first."""
    if found := shutil.which(name):
        return Path(found)
    installed = [each for each in Path("/usr/lib/postgresql").glob(f"*/bin/{name}") if each.parts[-3].isdigit()]
    return max(installed, key=lambda each: int(each.parts[-3]), default=None)


def _run(name: str, words: list[str], url: URL, *more: str) -> None:
    """The password goes by the environment: everybody on a machine can read how a program was called."""
    found = program(name)
    if found is None:
        raise Refused(Problem("program_missing", params={"program": name}))
    query = {key: value if isinstance(value, str) else ",".join(value) for key, value in url.query.items()}
    given = url.translate_connect_args(username="user", database="dbname") | query
    password = given.pop("password", None)
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run(  # noqa: S603  a program of PostgreSQL, with our own words
        [found, *words, f"--dbname={make_conninfo(**given)}", *more], env=environment, capture_output=True, text=True, errors="replace"
    )
    if done.returncode:
        said = done.stderr.strip().split("\n")[0].removeprefix(f"{name}: ") or f"status {done.returncode}"
        raise Refused(Problem("program_failed", params={"program": name, "said": said}))


def _sqlite(path: Path) -> sqlite3.Connection:
    """Without making a file where there is none."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, timeout=30)


def _refuse_sqlite(error: sqlite3.DatabaseError) -> NoReturn:
    """A damaged file is said as one; a full disk and a locked file are the machine's, and go on as they are."""
    if isinstance(error, sqlite3.OperationalError):
        raise error
    raise Refused(Problem("database_damaged", params={"said": str(error)})) from None
