"""A phone on a bad line: 50 kbit/s, 800 ms, every third request dropped. A comment is found, written, saved, reviewed and submitted in French."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Route, ViewportSize, expect

from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
BYTES = 50_000 / 8
PATIENCE = 60_000
TRIES = 8
CLAUSE = "consultations/performance-standard-v3/rounds/2/clauses/performance-standard/5.2"
TEXT = "Le seuil de 11 t CO₂e ne tient pas compte du réseau électrique guinéen."


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """360 px wide. One request in three is dropped, whatever it is; and of each form that is sent the first time arrives, but its answer is lost."""
    visitor = browser.new_context(viewport=ViewportSize(width=360, height=740), locale="fr-GN", timezone_id="Africa/Conakry")
    visitor.set_default_timeout(PATIENCE)
    asked, answers_lost = 0, set[str]()

    def drop(route: Route) -> None:
        nonlocal asked
        asked += 1
        form = route.request.url if route.request.method == "POST" and route.request.is_navigation_request() else None
        if form and form not in answers_lost:
            answers_lost.add(form)
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        elif asked % 3:
            route.continue_()
        else:
            route.abort("connectionreset")

    visitor.route("**/*", drop)
    tab = visitor.new_page()
    line = visitor.new_cdp_session(tab)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": 800, "downloadThroughput": BYTES, "uploadThroughput": BYTES}
    )
    yield tab
    visitor.close()


def broken(page: Page) -> bool:
    """Whether the browser shows its own page instead of ours."""
    for _ in range(TRIES):
        try:
            return bool(page.evaluate("location.protocol === 'chrome-error:'"))
        except Error:  # it was just changing pages
            page.wait_for_timeout(500)
    raise AssertionError("the page never rests")


def opened(page: Page, address: str) -> None:
    for _ in range(TRIES):
        with suppress(Error):
            page.goto(address, wait_until="domcontentloaded")
        if not broken(page):
            return
    raise AssertionError(f"never opened: {address}")


def followed(page: Page, link: Locator) -> None:
    """A link as it is tapped; where its page did not come, it is asked for again."""
    expect(link).to_be_visible()
    opened(page, link.evaluate("each => each.href"))


def sent(page: Page, button: str, arrived: str) -> None:
    """A form as it is sent; where the line broke the page is reloaded, which sends it again with everything typed."""
    page.click(button, no_wait_after=True)
    for _ in range(TRIES):
        page.wait_for_function(
            "arrived => document.readyState !== 'loading' && (location.protocol === 'chrome-error:' || document.querySelector(arrived))",
            arg=arrived,
        )
        if not broken(page):
            return
        with suppress(Error):
            page.reload(wait_until="domcontentloaded")
    raise AssertionError(f"never arrived from {page.url}")


@pytest.mark.long  # a minute
def test_a_comment_goes_the_whole_way_over_a_line_that_breaks(phone: Page, live_server: LiveServer) -> None:
    opened(phone, f"{live_server.url}/fr/")
    followed(phone, phone.locator("a.action").first)
    clause = 'a[href$="/clauses/performance-standard/5.2"]'
    phone.locator(f"details:has({clause}) > summary").first.click()
    followed(phone, phone.locator(clause).first)
    followed(phone, phone.locator('a[href$="/5.2/comment"]').first)
    phone.fill("#text", TEXT)
    sent(phone, "#keep", ".basket")
    expect(phone.locator(".basket > li")).to_have_count(1)
    followed(phone, phone.locator('a[href*="/my/review"]').first)
    phone.check("#capacity")
    phone.fill("#name", "Mariama Camara")
    phone.select_option("#country", "GN")
    phone.select_option("#stakeholder_class", "communities")
    phone.check("#choice-class")
    phone.check("#consent")
    sent(phone, "button[value=submit]", ".receipt")
    expect(phone.locator(".handed-in")).to_have_count(1)
    expect(phone.locator(".handed-in")).to_contain_text(TEXT)
    opened(phone, f"{live_server.url}/fr/my/comments")
    expect(phone.locator(".basket > li")).to_have_count(0)


def test_a_script_that_did_not_come_is_asked_for_again(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []

    def drop_first(route: Route) -> None:
        asked.append(route.request.url)
        route.abort("connectionreset") if len(asked) == 1 else route.continue_()

    page.route("**/typed.js*", drop_first)
    with page.expect_response("**/typed.js?2"):
        page.goto(f"{live_server.url}/fr/{CLAUSE}/comment")
    page.wait_for_load_state("networkidle")
    page.fill("#text", TEXT)
    page.reload()
    expect(page.locator("#text")).to_have_value(TEXT)
