"""Each kind of page in a real browser: nothing for axe to find, light or dark, and no scrolling sideways on any screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.conftest import sideways
from tests.support.browser import WIDE, axe
from tests.support.demo import CONSULTATION, ROUND_1, ROUND_2
from tests.support.demo_pages import CLAUSES, QUEUE, ROOM
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
NARROW = ViewportSize(width=360, height=780)
STANDARD = "standards/performance-standard"
PAGES = {
    "home": ("visitor", ""),
    "standards": ("visitor", "standards/"),
    "reader": ("visitor", f"{STANDARD}/v2/"),
    "clause of a version": ("visitor", f"{STANDARD}/v2/5.3"),
    "changes": ("visitor", f"{STANDARD}/v3-draft-2/changes?from=v2&principle=5"),
    "changes side by side": ("visitor", f"{STANDARD}/v3-draft-2/changes?from=v3-draft-1&principle=5&view=side"),
    "consultation": ("visitor", f"consultations/{CONSULTATION}/"),
    "clause": ("visitor", f"{CLAUSES}/5.2"),
    "clause side by side": ("visitor", f"{CLAUSES}/11.1?view=side&from=v2"),
    "clause of a closed round": ("visitor", f"{ROUND_1}/clauses/performance-standard/5.2"),
    "removed clause": ("visitor", f"{ROUND_2}/removed/performance-standard/v2/7.3"),
    "comments": ("visitor", f"{ROUND_2}/comments"),
    "no comments": ("visitor", f"{ROUND_2}/comments?state=withdrawn&written=zh"),
    "comment": ("visitor", f"{ROUND_2}/comments/PS3-2-0001"),
    "stub": ("visitor", f"{ROUND_2}/comments/PS3-2-0017"),
    "closed form": ("visitor", f"{ROUND_1}/clauses/performance-standard/5.2/comment"),
    "sign-in": ("visitor", "sign-in"),
    "not found": ("visitor", f"{STANDARD}/v9/"),
    "rooms of staff": ("secretariat", "staff"),
    "moderation": ("secretariat", "moderation/"),
    "queue": ("secretariat", f"{QUEUE}/"),
    "comment in moderation": ("secretariat", f"{QUEUE}/PS3-2-0036"),
    "committee": ("committee", "committee/"),
    "grid": ("committee", f"{ROOM}/"),
    "grid of states": ("committee", f"{ROOM}/?show=states&sort=received"),
    "clause room": ("committee", f"{ROOM}/performance-standard/5.2"),
    "room of the process": ("committee", f"{ROOM}/process"),
}
"""Forms to comment have tests of their own, and the rooms of staff in each language too."""


@pytest.mark.parametrize("kind", PAGES)
def test_a_kind_of_page_is_accessible_on_each_screen_and_in_each_light(
    signed_in: Callable[[str], BrowserContext], live_server: LiveServer, kind: str
) -> None:
    """In French, whose words are the longest, narrow and light, wide and dark; test_every_kind.py has the whole square."""
    who, address = PAGES[kind]
    page = signed_in(who).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}/fr/{address}")
    wide = sideways(page)
    page.set_viewport_size(NARROW)
    narrow = sideways(page)
    axe(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(WIDE)
    axe(page)
    page.close()
    assert (wide, narrow, errors) == (0, 0, [])


def test_the_form_can_be_used_at_four_times_the_size(browser: Browser, live_server: LiveServer) -> None:
    """A window of 1280 pixels at 400 % is one of 320."""
    zoomed = browser.new_context(viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    page = zoomed.new_page()
    for language in ("en", "fr", "zh"):
        page.goto(f"{live_server.url}/{language}/{CLAUSES}/5.3/comment")
        assert sideways(page) == 0
        page.click(".words-form button[type=submit]:not([name])")
        assert (sideways(page), page.locator(".error-summary a").count()) == (0, 6)
        cut_off = page.evaluate(CUT_OFF)
        assert cut_off == []
        axe(page)
    zoomed.close()


CUT_OFF = """() => [...document.querySelectorAll('input, select, textarea, button, a, label, legend')]
  .filter(e => e.checkVisibility() && !e.closest('.trap, .scroll, .unseen, .to-content, pre'))
  .map(e => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
  .map(([box, e]) => e.outerHTML.slice(0, 120))"""


def test_the_language_switch_keeps_the_page_and_its_view(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/{CLAUSES}/5.3?view=side&from=v2")
    for name, lang, path in (("中文", "zh-Hans", "zh"), ("Français", "fr", "fr"), ("English", "en", "en")):
        page.get_by_role("link", name=name, exact=True).click()
        assert page.url == f"{live_server.url}/{path}/{CLAUSES}/5.3?view=side&from=v2"
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator(".side-by-side").count() == 1
