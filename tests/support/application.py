"""The application on a test's own database, and the client that checks every page it gets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.support.pages import CheckedClient

if TYPE_CHECKING:
    from consult.config import Settings


@pytest.fixture
def settings(database: str) -> "Settings":
    """What `app` is made with. A module that needs other settings overrides this fixture with dataclasses.replace."""
    from consult.config import Settings

    return Settings(database_url=database, secret_key="only for tests", secure_cookies=False)


@pytest.fixture
def app(settings: "Settings") -> Iterator[Flask]:
    """No context is pushed: a request must not inherit another's `g`. Operations and queries ask for `in_app` beside it."""
    from consult import create_app
    from consult.extensions import db

    application = create_app(settings)
    application.testing = True
    application.test_client_class = CheckedClient
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
