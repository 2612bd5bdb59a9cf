"""The seeded demo in process: made once per worker for one fixed instant, copied for each test that writes, shared by those that only read."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.application import lent, tested
from tests.support.pages import CheckedClient

if TYPE_CHECKING:
    from consult.config import Settings

NOW = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
"""The demo's present: day 23 of round 2."""
CONSULTATION, OTHER = "performance-standard-v3", "chain-of-custody-v2"
ROUND_1, ROUND_2 = (f"consultations/{CONSULTATION}/rounds/{number}" for number in (1, 2))
COMING = f"consultations/{OTHER}/rounds/1"
"""A round that opens in a week, with 5.3 of its baseline removed: what the seeded content does not have."""
SEEDED = {
    "amelie@secretariat.example": "secretariat",
    "jun@secretariat.example": "secretariat_2",
    "ngaire@committee.example": "committee",
    "lihua@committee.example": "chair",
    "observer@committee.example": "observer",
}
ADDED = (
    ("committee_elsewhere", "committee", OTHER),
    ("process_auditor", "process_auditor", None),
    ("administrator", "administrator", None),
    ("unseated", None, None),
)
"""Accounts that the seed does not make: who, role, consultation."""
WHO = ("visitor", *SEEDED.values(), *(who for who, _, _ in ADDED))


@dataclass(frozen=True)
class Seeded:
    """The file, the cookies of those signed in (by the names of WHO), the passwords by mail.

    `references`: of a comment in each moderation state, and of a cleared one whose author wants it `confidential`; what stands in the links of
    the three members of the association's room (`room_claire`, its coordinator, `room_jonas`, `room_lena`) and in its invitation (`room_invite`);
    the token of a personal link into the first round (`late_link`).
    """

    path: Path
    tokens: Mapping[str, str]
    passwords: Mapping[str, str]
    references: Mapping[str, str]


def stop_clock(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    """The one place where tests of pages set the application's clock."""
    patch.setenv("CONSULT_TEST_CLOCK", "1")
    patch.setenv("CONSULT_TEST_NOW", moment.isoformat())


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: stop_clock(monkeypatch, moment)


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    return make_seeded(tmp_path_factory.mktemp("seeded") / "consult.db")


def make_seeded(path: Path) -> Seeded:
    """Seeds a database file at NOW, with everybody in WHO signed in."""
    from consult.demo.rooms import prepare_room
    from consult.demo.seed import seed
    from consult.extensions import db
    from consult.schema import migrate_database
    from tests.support.late import late_token

    app = demo_application(path)
    with app.app_context():
        migrate_database(db.engine)
        passwords = seed(now=NOW)
        room = prepare_room(consultation=CONSULTATION, number=2, now=NOW)
        tokens = _signed_in(passwords)
        references = (
            _references() | {f"room_{link.name.split()[0].lower()}": link.link for link in room.links} | {"room_invite": room.invite}
        )
        references["late_link"] = late_token(NOW)
        db.session.remove()
        db.engine.dispose()  # SQLite folds its log into the file
    return Seeded(path, tokens, passwords, references)


def _signed_in(passwords: dict[str, str]) -> dict[str, str]:
    from consult.operations.accounts import add_account, seat_account, sign_in
    from consult.operations.record import OPERATOR

    mails = {who: mail for mail, who in SEEDED.items()}
    for who, role, consultation in ADDED:
        mails[who] = mail = f"{who.replace('_', '-')}@added.example"
        passwords[mail] = "of twelve or more"
        add_account(mail=mail, name=who.replace("_", " ").title(), language="en", password=passwords[mail], by=OPERATOR, now=NOW)
        if role:
            seat_account(mail=mail, role=role, consultation=consultation, by=OPERATOR, now=NOW)
    return {who: sign_in(mail=mail, password=passwords[mail], address="127.0.0.1", now=NOW).token for who, mail in mails.items()}


def _references() -> dict[str, str]:
    from sqlalchemy import select

    from consult.extensions import db
    from consult.models import Comment, Submission

    choice = Submission.publication_choice
    rows = db.session.execute(select(Comment.state, Comment.reference, choice).join(Submission).order_by(Comment.id))
    found = {}
    for state, reference, chosen in rows:
        found["confidential" if (state, chosen) == ("cleared", "confidential") else state] = reference
    return found


def demo_application(path: Path) -> Flask:
    from consult import create_app

    return tested(create_app(_settings(path)))


def _settings(path: Path) -> "Settings":
    from consult.config import Settings

    return Settings(database_url=f"sqlite:///{path}", secret_key="only for tests", secure_cookies=False, least_seconds=0)


def rows(app: Flask) -> dict[str, str]:
    """A digest of every row of every table: equal before and after means that nothing was written."""
    import hashlib

    from sqlalchemy import select

    from consult.extensions import db

    with app.app_context():
        found = {
            table.name: hashlib.sha256(repr(db.session.execute(select(table).order_by(*table.primary_key)).all()).encode()).hexdigest()
            for table in db.metadata.sorted_tables
        }
        db.session.rollback()
    return found


def copy_seeded(seeded: Seeded, path: Path) -> None:
    """The demo's database, and beside it the files that its rows name."""
    shutil.copyfile(seeded.path, path)
    for folder in seeded.path.parent.glob("*-files"):
        shutil.copytree(folder, path.parent / folder.name, dirs_exist_ok=True)


@pytest.fixture
def demo_app(seeded: Seeded, tmp_path: Path, at: Callable[[datetime], None]) -> Iterator[Flask]:
    """The application on the demo's database, at the demo's present; what the test writes is gone afterwards."""
    path = tmp_path / "demo.db"
    copy_seeded(seeded, path)
    at(NOW)
    with lent(_settings(path)) as app:
        yield app


@pytest.fixture(scope="session")
def reading_app(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """What `demo_reader` gives, for fixtures of a wider scope: they stop the clock themselves."""
    path = tmp_path_factory.mktemp("read") / "demo.db"
    copy_seeded(seeded, path)
    with lent(_settings(path)) as app:
        yield app


@pytest.fixture
def demo_reader(reading_app: Flask, at: Callable[[datetime], None]) -> Flask:
    """The same for tests that read and are refused, but never change a row: one application per worker."""
    at(NOW)
    return reading_app


@pytest.fixture(scope="session")
def as_who(seeded: Seeded) -> Callable[..., FlaskClient]:
    """A browser of somebody in WHO on an application of the demo: `as_who(demo_app, "chair")`. Unchecked: give `checked=False`."""

    def client(app: Flask, who: str = "visitor", *, checked: bool = True) -> FlaskClient:
        from consult.web.permissions import COOKIE

        browser = CheckedClient(app, app.response_class) if checked else FlaskClient(app, app.response_class)
        if who != "visitor":
            browser.set_cookie(COOKIE, seeded.tokens[who])
        return browser

    return client
