"""The application on a test's own database, and the client that checks every page it gets."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from tests.support.pages import CheckedClient

if TYPE_CHECKING:
    from consult.config import Settings


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


@pytest.fixture
def settings(database: str, tmp_path: Path) -> "Settings":
    """What `app` is made with. A module that needs other settings overrides this fixture with dataclasses.replace."""
    from consult.config import Settings

    return Settings(database_url=database, secret_key="only for tests", secure_cookies=False, files=str(tmp_path / "files"))


@pytest.fixture
def app(settings: "Settings") -> Iterator[Flask]:
    """No context is pushed: a request must not inherit another's `g`. Operations and queries ask for `in_app` beside it."""
    from consult import create_app
    from consult.extensions import db

    application = tested(create_app(settings))
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The application with its context pushed, for tests of operations and queries; not together with `client`."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor without cookies. Every page it gets is checked (tests/support/pages.py)."""
    visitor = app.test_client()
    assert isinstance(visitor, CheckedClient)
    return visitor
