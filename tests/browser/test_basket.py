"""My comments in a real browser: saved while typing, through a dropped line, in two tabs, and submitted together."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.support.browser import axe
from tests.support.languages import in_turn
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
CLAUSES = "consultations/performance-standard-v3/rounds/2/clauses/performance-standard"


@pytest.fixture
def narrow(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of 360 px without scripts."""
    visitor = browser.new_context(viewport=ViewportSize(width=360, height=740), java_script_enabled=False)
    yield visitor
    visitor.close()


def begin(page: Page, server: LiveServer, text: str, number: str = "5.2", language: str = "en") -> None:
    page.goto(f"{server.url}/{language}/{CLAUSES}/{number}/comment")
    page.fill("#text", text)
    page.click("#keep")
    expect(page.locator(".basket > li")).not_to_have_count(0)


def say_who(page: Page) -> None:
    page.check("#capacity")
    page.select_option("#country", "GN")
    page.select_option("#stakeholder_class", "communities")
    page.check("#choice-class")
    page.check("#consent")


def test_a_form_saves_itself_and_a_dropped_line_loses_nothing(page: Page, live_server: LiveServer) -> None:
    begin(page, live_server, "The first.")
    page.click(".basket a")
    page.fill("#text", "The first, typed on.")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved", timeout=8000)
    page.route("**/my/comments/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.fill("#text", "The first, typed on without a line.")
    expect(page.locator(".saved")).to_have_attribute("data-state", "kept", timeout=8000)
    page.reload()
    expect(page.locator("#text")).to_have_value("The first, typed on without a line.")
    page.unroute("**/my/comments/*")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved", timeout=8000)
    page.goto(f"{live_server.url}/en/my/comments")
    expect(page.locator(".basket")).to_contain_text("The first, typed on without a line.")


def test_a_review_that_nobody_submits_is_kept_where_its_page_goes_away(
    page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    begin(page, live_server, "Read through, and left.")
    page.click("text=Read through and submit")
    page.fill("#name", "Anna Keller")
    page.select_option("#country", "GN")
    page.check("[name=answer-interim-targets][value='3']")
    page.click("details.beside summary")
    page.fill("[name^='rationale.']", "Said beside the comment.")
    review = page.url
    page.wait_for_load_state("networkidle")
    page.goto(f"{live_server.url}/en/")
    page.wait_for_timeout(500)
    other = context.new_page()
    other.goto(review)
    expect(other.locator("#name")).to_have_value("Anna Keller")
    expect(other.locator("#country")).to_have_value("GN")
    expect(other.locator("[name=answer-interim-targets][value='3']")).to_be_checked()
    expect(other.locator("[name^='rationale.']")).to_have_value("Said beside the comment.")


def test_two_tabs_never_overwrite_each_other(page: Page, context: BrowserContext, live_server: LiveServer) -> None:
    begin(page, live_server, "Seen by both tabs.")
    page.click(".basket a")
    other = context.new_page()
    other.goto(page.url)
    other.fill("#text", "Written in the second tab.")
    expect(other.locator(".saved")).to_have_attribute("data-state", "saved", timeout=8000)
    page.fill("#text", "Written in the first tab.")
    expect(page.locator(".saved")).to_have_attribute("data-state", "stale", timeout=8000)
    page.click(".words-form button[type=submit]:not([name])")
    expect(page.locator("#differences")).to_be_visible()
    expect(page.locator("#text")).to_have_value("Written in the first tab.")
    axe(page)
    page.click(".words-form button[type=submit]:not([name])")
    expect(page.locator(".basket")).to_contain_text("Written in the first tab.")


def test_a_basket_is_read_through_and_submitted_with_every_page_accessible(page: Page, live_server: LiveServer) -> None:
    begin(page, live_server, "To be submitted with another.")
    begin(page, live_server, "The other one.", "5.3")
    axe(page)
    page.click("text=Read through and submit")
    axe(page)
    say_who(page)
    page.click("button[value=submit]")
    expect(page.locator(".receipt")).to_be_visible()
    expect(page.locator(".handed-in")).to_have_count(2)
    page.goto(f"{live_server.url}/en/my/finish")
    axe(page)
    page.click(".spread form button")
    expect(page.locator("h1 + div")).to_contain_text("No comments are kept on this device.")
    axe(page)


@pytest.mark.parametrize("language", in_turn("zh"))
def test_a_phone_without_scripts_goes_the_whole_way(narrow: BrowserContext, live_server: LiveServer, language: str) -> None:
    page = narrow.new_page()
    begin(page, live_server, f"Without scripts, {language}.", "8.1", language)
    for address in ("my/comments", "my/review"):
        page.goto(f"{live_server.url}/{language}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    say_who(page)
    page.click("button[value=submit]")
    expect(page.locator(".receipt")).to_be_visible()
