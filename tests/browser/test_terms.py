"""The definition of a term beside it: by mouse, keyboard and touch; Escape closes; screen readers are told."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.demo_pages import CLAUSES
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
CLAUSE = f"en/{CLAUSES}/5.3"
TERM = ".clause a.term"


def test_a_definition_shows_on_hover_and_on_focus_and_escape_closes_it(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/{CLAUSE}")
    card, term = page.locator("#term-card"), page.locator(TERM).first
    expect(term).to_have_attribute("aria-describedby", "term-annex-a-7-text")
    term.hover()
    expect(card).to_contain_text("company or other organisation")
    card.hover()
    expect(card).to_be_visible()
    page.mouse.move(1, 1)
    expect(card).to_be_hidden()
    term.focus()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#term-annex-a-7")


def test_the_first_touch_shows_the_definition_and_the_second_follows_the_link(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}/{CLAUSE}")
    term = page.locator(TERM).first
    expect(term).to_have_attribute("aria-describedby", "term-annex-a-7-text")
    term.tap()
    expect(page.locator("#term-card")).to_be_visible()
    assert "#" not in page.url
    term.tap()
    page.wait_for_url("**#term-annex-a-7")
    context.close()
