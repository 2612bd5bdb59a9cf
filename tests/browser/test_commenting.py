"""Commenting in a real browser: three languages, a phone, without scripts, with Back and a double click."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import axe
from tests.support.languages import in_turn
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
ROUND = "consultations/performance-standard-v3/rounds/2"
FORM = f"{ROUND}/clauses/performance-standard/5.3/comment"
SEND = ".words-form button[type=submit]:not([name])"


def fill(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.check("#position-oppose")
    page.check("#capacity")
    page.fill("#mail", "anna@example.org")
    page.select_option("#country", "GN")
    page.select_option("#stakeholder_class", "communities")
    page.check("#choice-class")
    page.check("#consent")


def reference(page: Page) -> str:
    return page.locator(".reference-large").first.inner_text()


@pytest.mark.parametrize("language", in_turn("en"))
def test_a_form_leads_over_its_errors_to_a_receipt(page: Page, live_server: LiveServer, language: str) -> None:
    page.goto(f"{live_server.url}/{language}/{FORM}")
    axe(page)
    page.click(SEND)
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.locator(".error-summary a").last.click()
    expect(page.locator("#consent")).to_be_focused()
    fill(page, f"From error to receipt, {language}.")
    page.click(SEND)
    expect(page.locator(".receipt")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("address", [f"{ROUND}/clauses/performance-standard/new?after=5.3", f"{ROUND}/process/comment", "receipt"])
def test_the_other_forms_are_accessible(page: Page, live_server: LiveServer, address: str) -> None:
    page.goto(f"{live_server.url}/en/{address}")
    axe(page)


def test_back_and_resend_gives_the_same_receipt(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/{FORM}")
    fill(page, "Sent, gone back, sent again.")
    page.click(SEND)
    first = reference(page)
    page.go_back()
    expect(page.locator("#text")).to_have_value("Sent, gone back, sent again.")
    fill(page, "Sent, gone back, sent again.")
    page.click(SEND)
    assert reference(page) == first


def test_a_double_click_makes_one_receipt(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/{FORM}")
    fill(page, "Clicked twice.")
    page.dblclick(SEND)
    expect(page.locator(".receipt")).to_be_visible()
    assert page.locator(".particulars a").count() == 1


def test_typed_text_survives_a_reload_but_not_its_submission(page: Page, live_server: LiveServer) -> None:
    address = f"{live_server.url}/en/{FORM}"
    page.goto(address)
    page.fill("#text", "Half a thought")
    page.fill("#name", "Anna")
    page.select_option("#country", "GN")
    page.check("#choice-class")
    page.reload()
    expect(page.locator("#text")).to_have_value("Half a thought")
    expect(page.locator("#name")).to_have_value("Anna")
    expect(page.locator("#country")).to_have_value("GN")
    expect(page.locator("#choice-class")).to_be_checked()
    page.click(SEND)  # refused: what comes back is typed on, and lost by no reload either
    page.fill("#text", "More than half a thought")
    page.reload()
    expect(page.locator("#text")).to_have_value("More than half a thought")
    fill(page, "A whole thought.")
    page.click(SEND)
    expect(page.locator(".receipt")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the receipt's module forgets what was typed
    page.goto(address)
    expect(page.locator("#text")).to_have_value("")


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, live_server: LiveServer) -> None:
    phone = browser.new_context(viewport={"width": 360, "height": 780})
    page = phone.new_page()
    for language in ("en", "fr", "zh"):
        page.goto(f"{live_server.url}/{language}/{FORM}")
        page.click(SEND)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    phone.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def test_everything_works_without_scripts(plain: BrowserContext, live_server: LiveServer) -> None:
    page = plain.new_page()
    page.goto(f"{live_server.url}/fr/{FORM}")
    page.click(SEND)
    assert page.locator(".error-summary a").count() == 6
    fill(page, "Ce délai est trop court pour les petites fonderies, et il ne peut pas être tenu.")
    page.click(SEND)
    code = page.locator(".reference-large").nth(1).inner_text()
    assert page.locator(".tongue select").input_value() == "fr"
    page.locator(".tongue select").select_option("en")
    page.click(".tongue:has(select) button")  # the code of the mail is asked for in the same shape
    expect(page.locator(".tongue select")).to_have_value("en")
    received = reference(page)
    with page.expect_download() as download:
        page.click(".receipt button[type=submit]")
    assert download.value.suggested_filename == f"receipt_{received}.txt"
    page.goto(f"{live_server.url}/fr/receipt")
    page.fill("#reference", received)
    page.fill("#code", code.lower())
    page.click("main button[type=submit]")
    assert reference(page) == received


def waits(tab: Page, server: LiveServer, text: str) -> None:
    """Among one's comments. What a page sends as it goes is nobody's to wait for."""
    for _ in range(40):
        tab.goto(f"{server.url}/en/my/comments")
        if text in tab.locator("main").inner_text():
            return
        tab.wait_for_timeout(250)
    pytest.fail(f"{text!r} is not kept")


def test_a_first_comment_whose_tab_is_closed_waits_among_ones_comments(
    page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    """No button was pressed yet. Going back to the form and on from there is the same draft, which saves itself, and no other tab is blamed."""
    page.goto(f"{live_server.url}/en/{FORM}")
    page.wait_for_load_state("networkidle")
    page.fill("#text", "Typed, and no button pressed.")
    page.goto(f"{live_server.url}/en/")
    other = context.new_page()
    waits(other, live_server, "Typed, and no button pressed.")
    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#text")).to_have_value("Typed, and no button pressed.")
    page.fill("#text", "Typed on, and the tab is closed.")  # there is a basket now: the form saves itself
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved", timeout=8000)
    page.close()
    waits(other, live_server, "Typed on, and the tab is closed.")
    expect(other.locator(".basket > li")).to_have_count(1)
