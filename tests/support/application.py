"""The application on a test's own database, and the client that checks every page it gets."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import pytest
from flask import Flask, has_app_context
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event, make_url

from tests.support.pages import CheckedClient

if TYPE_CHECKING:
    from consult.config import Settings

T = TypeVar("T")


class Compiled(BytecodeCache):
    """Templates compiled by an earlier application of this run: half the time of a test that asks for a page."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key + bucket.checksum in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


def tested(app: Flask) -> Flask:
    app.testing = True
    app.test_client_class = CheckedClient
    app.jinja_env.bytecode_cache = Compiled()
    return app


class Lent:
    """An application that test after test may have: what `create_app` makes of a database, a folder of files, mail and addresses is put in anew.

    To build one takes longer than most tests that need one, and a new engine knows no statement and no server yet.
    """

    free: ClassVar[dict["Settings", list["Lent"]]] = {}

    def __init__(self, settings: "Settings") -> None:
        from consult import create_app
        from consult.extensions import db

        self.app = tested(create_app(settings))
        self.config, self.views, self.words = dict(self.app.config), dict(self.app.view_functions), dict(self.app.jinja_env.globals)
        with self.app.app_context():
            self.engine = db.engine
        event.listen(self.engine, "do_connect", self._connect)

    def _connect(self, dialect: Any, record: Any, words: list[Any], named: dict[str, Any]) -> None:
        """To the database that the engine's address names now."""
        fresh, more = dialect.create_connect_args(self.engine.url)
        words[:] = fresh
        named.update(more)

    def lend(self, settings: "Settings") -> Flask:
        from consult.storage import Storage

        self.app.config.clear()
        self.app.config.update(
            self.config, SETTINGS=settings, STORAGE=Storage(settings.files_folder), SQLALCHEMY_DATABASE_URI=settings.database_url
        )
        self.app.view_functions.clear()
        self.app.view_functions.update(self.views)
        self.app.jinja_env.globals.clear()
        self.app.jinja_env.globals.update(self.words)
        self.engine.url = make_url(settings.database_url)
        return self.app

    def give_back(self) -> None:
        _close(self.app)


def _close(app: Flask) -> None:
    """No connection is left: SQLite has folded its log into the file, PostgreSQL lets the database be copied or dropped."""
    from consult.extensions import db

    if has_app_context():
        db.session.remove()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def lent(settings: "Settings") -> Iterator[Flask]:
    """The application of these settings for as long as the block lasts; nobody else has it meanwhile. Routes cannot be added to it."""
    kind = replace(settings, database_url=settings.database_url.partition(":")[0], files="", smtp_url="", public_address="", mail_from="")
    waiting = Lent.free.setdefault(kind, [])
    one = waiting.pop() if waiting else Lent(settings)
    try:
        yield one.lend(settings)
    finally:
        one.give_back()
        waiting.append(one)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> "Settings":
    """What `app` is made with. A module that needs other settings overrides this fixture with dataclasses.replace."""
    from consult.config import Settings

    files = str(tmp_path / "files")  # least_seconds: the clock of most tests stands still between opening a form and sending it
    return Settings(database_url=database, secret_key="only for tests", secure_cookies=False, files=files, least_seconds=0)


@pytest.fixture
def app(settings: "Settings") -> Iterator[Flask]:
    """No context is pushed: a request must not inherit another's `g`. Operations and queries ask for `in_app` beside it."""
    with lent(settings) as application:
        yield application


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed, for tests of operations and queries; not together with `client`."""
    with app.app_context():
        yield app


@pytest.fixture(scope="session")
def left_databases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[tuple[str, ...], tuple[str, object]]]:
    """A folder for SQLite's, and by what made them: name and what the maker returned."""
    return tmp_path_factory.mktemp("left"), {}


@pytest.fixture
def as_left_by(
    app: Flask, database: str, request: pytest.FixtureRequest, left_databases: tuple[Path, dict[tuple[str, ...], tuple[str, object]]]
) -> Callable[[Callable[[], T]], T]:
    """`as_left_by(fill)`: what `fill` returned, and the test's database as it left it. It runs once per worker; later tests have a copy."""
    folder, known = left_databases
    url = make_url(database)
    own = str(url.database)

    def copied(source: str, to: str) -> None:
        _close(app)
        if url.get_backend_name() == "sqlite":
            shutil.copyfile(source, to)
        else:
            cluster = request.getfixturevalue("migrated_cluster")
            cluster.drop(to)
            cluster.create(to, source)

    def become(fill: Callable[[], T]) -> T:
        key = (url.get_backend_name(), fill.__module__, fill.__qualname__)
        if key in known:
            copied(known[key][0], own)
        else:
            with app.app_context():
                found = fill()
            name = f"left_{len(known)}"
            copied(own, str(folder / name) if key[0] == "sqlite" else name)
            known[key] = (str(folder / name) if key[0] == "sqlite" else name, found)
        return deepcopy(known[key][1])  # type: ignore[return-value]

    return become


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor without cookies. Every page it gets is checked (tests/support/pages.py)."""
    visitor = app.test_client()
    assert isinstance(visitor, CheckedClient)
    return visitor
