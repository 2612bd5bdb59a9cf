"""Commands on a database of their own."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tests.support.database import ON_SQLITE_FIRST

Run = Callable[..., Result]


@pytest.fixture(params=ON_SQLITE_FIRST)
def database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    return new_database(request.param)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("publish", folder)` calls the command as a shell would; what it should not raise, it raises here."""
    from consult.cli import main

    def call(*words: object, **environment: str) -> Result:
        done = CliRunner().invoke(main, [str(word) for word in words], env=environment, prog_name="consult")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return call


@pytest.fixture
def stored(database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, int]]:
    """Points the commands at the test's database; called, it counts the rows of every table."""
    from sqlalchemy import MetaData, create_engine, func, select

    monkeypatch.setenv("CONSULT_DATABASE_URL", database)
    monkeypatch.setenv("CONSULT_SECRET_KEY", "only for tests, but long")

    def count() -> dict[str, int]:
        engine = create_engine(database)
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            found = {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.tables.items()
            }
        engine.dispose()
        own = ("alembic_version", "search_index")  # the database's own
        return {name: rows for name, rows in found.items() if rows and not name.startswith(own)}

    return count
