"""Pages are the same whatever holds the rows: here a test runs on SQLite, and on PostgreSQL in make test-long."""

from collections.abc import Callable

import pytest

from tests.support.database import ON_SQLITE_FIRST


@pytest.fixture(params=ON_SQLITE_FIRST)
def database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    return new_database(request.param)
