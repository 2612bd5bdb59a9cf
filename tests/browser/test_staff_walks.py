"""The secretariat's main acts, walked without scripts, by keyboard alone and at 400 % zoom: a comment is moderated, a link decided, a draft published.

Each on a demo of its own: what is published stays so.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.conftest import ACCOUNT, MAILS
from tests.support.browser import WIDE
from tests.support.demo_pages import DRAFT, LINKS, QUEUE
from tests.support.hands import Hands, Keys
from tests.support.server import demo

pytestmark = [pytest.mark.browser, pytest.mark.long]
COLLEAGUE = "jun@secretariat.example"
WAYS = {
    "without scripts": (Hands, WIDE, False),
    "by keyboard": (Keys, WIDE, True),
    "at 400 %": (Hands, ViewportSize(width=320, height=225), True),
}


@pytest.mark.parametrize(("way", "language"), [("without scripts", "zh"), ("by keyboard", "fr"), ("at 400 %", "en")])
def test_staff_moderate_decide_and_publish(browser: Browser, tmp_path: Path, way: str, language: str) -> None:
    hands_of, viewport, scripts = WAYS[way]
    with demo(tmp_path / "data") as server:
        passwords = dict(ACCOUNT.findall(server.said))

        def signed_in(mail: str) -> Hands:
            context = browser.new_context(viewport=viewport, java_script_enabled=scripts, reduced_motion="reduce")
            context.set_default_timeout(30_000)
            hands = hands_of(context.new_page(), scripts=scripts)
            hands.open(f"{server.url}/{language}/sign-in?next=/{language}/staff")
            hands.write("#mail", mail)
            hands.write("#password", "not the password")
            hands.follow("main form button")
            hands.write("#password", passwords[mail])
            hands.follow("main form button")
            return hands

        hands = signed_in(MAILS["secretariat"])
        moderate(hands)
        decide(hands, f"{server.url}/{language}")
        publish(hands, signed_in(COLLEAGUE), f"{server.url}/{language}")


def moderate(hands: Hands) -> None:
    """Withheld without a reason: refused. With one; undone; cleared."""
    page = hands.page
    hands.follow(f'main a[href*="/{QUEUE}/"]')
    hands.follow(".queue-rows a.t")
    hands.follow("button[value=withheld]")
    hands.mark("[name=reason] >> nth=1")
    hands.follow("button[value=withheld]")
    hands.follow(".notice button")
    expect(page.locator(".notice")).to_be_visible()
    hands.follow(".queue-rows a.t")
    hands.follow("button[value=cleared]")
    expect(page.locator(".notice")).to_be_visible()


def decide(hands: Hands, site: str) -> None:
    hands.open(f"{site}/{LINKS}/")
    hands.follow('main a[href*="link="]')
    hands.follow("main button[value=confirm]")
    expect(hands.page.locator("main [data-state=success]")).to_be_visible()


def publish(hands: Hands, colleague: Hands, site: str) -> None:
    """Asked for by one, done by another."""
    hands.open(f"{site}/{DRAFT}/")
    hands.follow('main a[href$="/publish"]')
    hands.follow("button[value=request]")
    expect(hands.page.locator("button[value=publish]")).to_have_count(0)
    colleague.open(hands.page.url)
    colleague.follow("button[value=publish]")
    expect(colleague.page.locator("main [data-state=success]")).to_be_visible()
    colleague.follow("main [data-state=success] a")
