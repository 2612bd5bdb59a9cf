"""An installation as a secretariat makes it, by the command line alone: init, publish, schedule, accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.support.application import tested
from tests.support.database import ON_SQLITE_FIRST, TEMPLATE
from tests.support.demo import stop_clock

CONTENT = Path(__file__).parent.parent.parent / "content"
NOW = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
OPENING = "2026-03-02"
PASSWORD = "a long enough secret"
STAFF = (
    ("amelie@example.org", "Amélie Tremblay", "fr", ("secretariat",)),
    ("li@example.org", "Li Hua", "zh", ("chair", "--consultation", "performance-standard-v3")),
)


@dataclass(frozen=True)
class Installation:
    app: Flask
    url: str

    def run(self, *words: str, stdin: str = "") -> Result:
        """A command, as typed on that machine."""
        from consult.cli import main

        return CliRunner().invoke(main, [str(word) for word in words], input=stdin, env={"CONSULT_DATABASE_URL": self.url})


@pytest.fixture(scope="session", params=ON_SQLITE_FIRST)
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    from consult import create_app
    from consult.config import Settings
    from consult.extensions import db

    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('walk') / 'consult.db'}"
    else:
        url = request.getfixturevalue("migrated_cluster").create("walk", TEMPLATE)
    files = str(tmp_path_factory.mktemp("files"))
    made = Installation(
        tested(create_app(Settings(database_url=url, secret_key="only for tests", secure_cookies=False, files=files, least_seconds=0))), url
    )
    with pytest.MonkeyPatch.context() as patch:
        stop_clock(patch, datetime(2026, 3, 1, 9, tzinfo=UTC))
        assert made.run("init").exit_code == 0
        published = made.run("publish", CONTENT / "performance-standard", CONTENT / "performance-standard-guidance")
        assert published.exit_code == 0, published.output
        plan = CONTENT / "consultations/performance-standard-v3.yaml"
        scheduled = made.run("schedule", plan, "--anchor", OPENING)
        assert scheduled.exit_code == 0, scheduled.output
        for mail, name, language, seat in STAFF:
            added = made.run("account", "add", mail, "--name", name, "--language", language, "--password-stdin", stdin=f"{PASSWORD}\n")
            assert added.exit_code == 0, added.output
            assert made.run("account", "seat", mail, *seat).exit_code == 0
    yield made
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def walking(installation: Installation, at) -> Installation:
    at(NOW)
    return installation
