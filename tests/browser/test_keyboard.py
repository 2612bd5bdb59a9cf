"""A comment submitted with the keyboard alone, by somebody who sees where she is."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.demo_pages import CLAUSES
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
HERE = "({ name: document.activeElement.name || '', tag: document.activeElement.tagName, ring: getComputedStyle(document.activeElement).outlineStyle })"


def tab_to(page: Page, name: str, tag: str | None = None, steps: int = 60) -> None:
    """Presses Tab until the control has the focus; every stop on the way shows a ring or changes its own edge."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert here["ring"] != "none", f"no ring on {page.evaluate('document.activeElement.outerHTML')[:200]}"
        if here["name"] == name and (tag is None or here["tag"] == tag):
            return
    pytest.fail(f"Tab does not reach {name} in {steps} steps")


def test_a_comment_is_submitted_with_the_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/{CLAUSES}/5.1")
    page.keyboard.press("Tab")
    expect(page.locator(".to-content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.locator(f'main a[href$="/{CLAUSES}/5.1/comment"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/comment")
    tab_to(page, "position")
    page.keyboard.press("ArrowDown")
    tab_to(page, "text")
    page.keyboard.type("Typed, and never clicked.")
    tab_to(page, "capacity")
    page.keyboard.press("Space")
    tab_to(page, "country")
    page.keyboard.type("Norway")
    tab_to(page, "stakeholder_class")
    page.keyboard.press("ArrowDown")
    tab_to(page, "choice")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "consent")
    page.keyboard.press("Space")
    tab_to(page, "", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.locator(".receipt")).to_be_visible()
    assert "Typed, and never clicked." in page.locator("main").inner_text()


def test_from_the_summary_of_errors_the_keyboard_leads_to_each_field(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/{CLAUSES}/5.1/comment")
    page.locator(".words-form button[type=submit]:not([name])").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    fields = page.locator(".error-summary a").evaluate_all("links => links.map(link => link.getAttribute('href').slice(1))")
    assert len(fields) == 6
    for number, field in enumerate(fields):
        page.locator(".error-summary a").nth(number).focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{field}")).to_be_focused()
