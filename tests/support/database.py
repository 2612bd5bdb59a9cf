"""A migrated database per test, on SQLite and on PostgreSQL: migrated once per worker, then copied."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.support.postgresql import Cluster

BOTH = ("sqlite", "postgresql")
ON_SQLITE_FIRST = ("sqlite", pytest.param("postgresql", marks=pytest.mark.long))
"""For what stands above operations and queries, which run on both always: on PostgreSQL in make test-long."""
TEMPLATE = "migrated"

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For a test whose subject has nothing to do with the database: half the time."""
on_postgresql_first = pytest.mark.parametrize("database", [pytest.param("sqlite", marks=pytest.mark.long), "postgresql"], indirect=True)
"""For a test of what PostgreSQL alone refuses, such as a NUL."""
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

_number = count(1)


def migrate(url: str) -> None:
    from consult.extensions import prepare
    from consult.schema import migrate_database

    engine = create_engine(url)
    prepare(engine)
    migrate_database(engine)
    engine.dispose()  # SQLite folds its log into the file, PostgreSQL lets the database be cloned


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "consult.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_cluster(cluster: Cluster) -> Cluster:
    migrate(cluster.create(TEMPLATE))
    return cluster


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes a migrated database of its own on `sqlite` or `postgresql` and gives its address; as many as a test wants."""
    made: list[str] = []

    def make(kind: str) -> str:
        name = f"test_{next(_number)}"
        if kind == "sqlite":
            path = tmp_path / f"{name}.db"
            shutil.copyfile(request.getfixturevalue("migrated_file"), path)
            return f"sqlite:///{path}"
        made.append(name)
        address: str = request.getfixturevalue("migrated_cluster").create(name, TEMPLATE)
        return address

    yield make
    for name in made:
        request.getfixturevalue("migrated_cluster").drop(name)


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """Address of a migrated, empty database. A test that asks for it runs twice: on SQLite and on PostgreSQL."""
    return new_database(request.param)
