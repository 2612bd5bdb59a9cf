"""People on the live demo: visitors, and staff signed in as its printed accounts."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.browser import WIDE
from tests.support.server import LiveServer

ACCOUNT = re.compile(r"^account (\S+) password (\S+) role \S+$", re.MULTILINE)
MAILS = {"secretariat": "amelie@secretariat.example", "committee": "ngaire@committee.example"}


@pytest.fixture(scope="session")
def passwords(live_server: LiveServer) -> dict[str, str]:
    """By mail, as the demo printed them."""
    return dict(ACCOUNT.findall(live_server.said))


@pytest.fixture(scope="session")
def signed_in(browser: Browser, live_server: LiveServer, passwords: dict[str, str]) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser of somebody who is signed in, one for all tests: `signed_in("secretariat")`."""
    contexts: dict[str, BrowserContext] = {}

    def context(who: str) -> BrowserContext:
        if who not in contexts:
            contexts[who] = browser.new_context(viewport=WIDE, reduced_motion="reduce")
            contexts[who].set_default_timeout(10_000)
            if who != "visitor":
                page = contexts[who].new_page()
                sign_in(page, live_server.url, MAILS[who], passwords[MAILS[who]])
                page.close()
        return contexts[who]

    yield context
    for each in contexts.values():
        each.close()


def sign_in(page: Page, url: str, mail: str, password: str, language: str = "en") -> None:
    page.goto(f"{url}/{language}/sign-in")
    page.fill("#mail", mail)
    page.fill("#password", password)
    page.click("main button[type=submit], main button:not([type])")
    assert page.url.endswith("/staff"), page.url


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    overflow: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return overflow
