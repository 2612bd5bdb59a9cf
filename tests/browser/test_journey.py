"""The whole journey of people who take part, in three languages and three ways: without scripts, by keyboard alone, at 400 % zoom.

Each way looks at every page it meets: tests.support.hands.
"""

import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from consult import clock, create_app
from consult.config import Settings
from consult.jobs.deliver import deliver_mails
from tests.support import walks
from tests.support.browser import WIDE
from tests.support.hands import Hands, Keys
from tests.support.languages import LANGUAGES
from tests.support.late import late_token
from tests.support.mail_server import MailServer, listening
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
PHONE, ZOOMED = ViewportSize(width=360, height=740), ViewportSize(width=320, height=225)
WAYS = {"without scripts": (Hands, PHONE, False), "by keyboard": (Keys, WIDE, True), "at 400 %": (Hands, ZOOMED, True)}
EXPECTED = (409, 422)
"""Answers that a walk asks for: two tabs, and forms with something missing."""
QUICK = {("own_comments", "without scripts", "fr"), ("two_tabs", "by keyboard", "zh"), ("after_closing", "at 400 %", "en")}
WALKS = ("own_comments", "a_form", "an_endorsement", "a_room", "two_tabs", "after_closing")
Walking = Callable[[str, str], walks.Walk]


def in_every_way() -> list[object]:
    every = product(WALKS, WAYS, LANGUAGES)
    return [pytest.param(*each, marks=() if each in QUICK else pytest.mark.long) for each in every]


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with listening() as server:
        yield server


@pytest.fixture(scope="module")
def office(live_server: LiveServer, mail_server: MailServer) -> Flask:
    """The application behind the live demo, once more in this process: it sends the mails that wait there."""
    data = live_server.data
    return create_app(
        Settings(
            database_url=f"sqlite:///{data / 'consult.db'}", secret_key=(data / "secret-key.txt").read_text(), secure_cookies=False,
            files=str(data / "consult-files"), smtp_url=mail_server.url, public_address=live_server.url,
        )
    )  # fmt: skip


@pytest.fixture
def walking(browser: Browser, live_server: LiveServer, office: Flask, mail_server: MailServer, tmp_path: Path) -> Iterator[Walking]:
    """A walk in a way and a language; no page answers otherwise than a walk expects, and no script of ours fails."""
    contexts: list[BrowserContext] = []
    bad: list[str] = []

    def come(way: str) -> Hands:
        hands, viewport, scripts = WAYS[way]
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, reduced_motion="reduce")
        context.set_default_timeout(30_000)
        context.on(
            "response", lambda got: bad.append(f"{got.status} {got.url}") if got.status >= 400 and got.status not in EXPECTED else None
        )
        context.on("weberror", lambda error: bad.append(str(error.error)))
        contexts.append(context)
        return hands(context.new_page(), scripts=scripts)

    def mail(address: str) -> EmailMessage:
        for _ in range(20):
            with office.app_context():
                deliver_mails()
            if found := [each for each in mail_server.read() if each["To"] == address]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}")

    yield lambda way, language: walks.Walk(live_server.url, language, lambda: come(way), mail, tmp_path)
    for each in contexts:
        each.close()
    assert not bad, bad


@pytest.mark.parametrize(("name", "way", "language"), in_every_way())
def test_the_journey_can_be_walked(walking: Walking, office: Flask, live_server: LiveServer, name: str, way: str, language: str) -> None:
    walk = walking(way, language)
    if name == "after_closing":
        with office.app_context():
            token = late_token(clock.now())
        walks.after_closing(walk, f"{live_server.url}/{language}/my/late?token={token}")
    else:
        getattr(walks, name)(walk)
