"""Staff rooms in a real browser: accessible in three languages, by single keys, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PHONE, axe
from tests.support.languages import in_turn
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
CONSULTATION = "performance-standard-v3"
QUEUE, ROUND = f"moderation/{CONSULTATION}/", f"committee/{CONSULTATION}/rounds/2"
CLAUSE = f"{ROUND}/performance-standard/5.2"
SECRETARIAT, MEMBER = "amelie@secretariat.example", "ngaire@committee.example"


def sign_in(page: Page, server: LiveServer, mail: str, language: str = "en") -> None:
    found = re.search(rf"{re.escape(mail)}\s+password\s+(\S+)", server.said)
    assert found, "the demo prints its accounts"
    page.goto(f"{server.url}/{language}/sign-in?next=/{language}/staff")
    page.fill("#mail", mail)
    page.fill("#password", found[1])
    page.click("main button[type=submit]")
    expect(page).to_have_url(f"{server.url}/{language}/staff")


def press(page: Page, key: str) -> None:
    """As soon as the keys of this page are there."""
    page.locator("body[data-keys]").wait_for()
    page.keyboard.press(key)


def opened(page: Page) -> str:
    return page.locator("h1").inner_text().split()[0]


@pytest.mark.parametrize("language", in_turn("zh"))
def test_every_room_is_accessible_wide_and_on_a_phone(page: Page, live_server: LiveServer, language: str) -> None:
    page.goto(f"{live_server.url}/{language}/sign-in")
    page.fill("#mail", "nobody@example.org")
    page.fill("#password", "not the password")
    page.click("main button[type=submit]")
    axe(page)
    sign_in(page, live_server, SECRETARIAT, language)
    axe(page)
    for address in (
        QUEUE,
        f"{QUEUE}?state=all",
        f"{QUEUE}?q=nothing+of+the+kind",
        f"{ROUND}/",
        f"{ROUND}/?show=positions",
        CLAUSE,
        f"{CLAUSE}?view=side",
    ):
        page.goto(f"{live_server.url}/{language}/{address}")
        axe(page)
    page.goto(f"{live_server.url}/{language}/{QUEUE}")
    page.locator(".queue-rows a.t").first.click()
    axe(page)
    page.locator(".withhold summary").click()
    page.click("button[value=withheld]")
    expect(page.locator(".withhold .error")).to_be_visible()
    axe(page)
    page.set_viewport_size(PHONE | {"width": 360})
    for address in ("staff", QUEUE, f"{ROUND}/", CLAUSE):
        page.goto(f"{live_server.url}/{language}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        axe(page)


def test_single_keys_walk_decide_and_undo(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server, SECRETARIAT)
    page.goto(f"{live_server.url}/en/{QUEUE}")
    press(page, "j")
    expect(page.locator(".queue-rows a.t").first).to_be_focused()
    press(page, "j")
    press(page, "k")
    press(page, "o")
    expect(page.locator(".open-head")).to_be_visible()
    first = opened(page)
    press(page, "j")
    expect(page.locator("h1")).not_to_contain_text(first)
    press(page, "k")
    expect(page.locator("h1")).to_contain_text(first)
    press(page, "w")
    expect(page.locator("#reason")).to_be_focused()
    page.locator("h1").click()
    press(page, "h")
    expect(page.locator(".notice")).to_contain_text(f"Held {first}.")
    press(page, "u")
    expect(page.locator(".notice")).to_contain_text(f"{first} waits again.")


def test_single_keys_do_nothing_in_fields_and_when_switched_off(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server, SECRETARIAT)
    page.goto(f"{live_server.url}/en/{QUEUE}")
    press(page, "/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jk?ohp")
    expect(page.locator("#q")).to_have_value("jk?ohp")
    page.locator("h1").click()
    press(page, "?")
    expect(page.locator("[data-keys-switch]")).to_be_visible()
    page.click("[data-keys-switch]")
    expect(page.locator("[data-keys-switch]")).to_have_text("Switch single keys on")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator(".queue-rows a.t").first).not_to_be_focused()
    page.reload()
    expect(page.locator(".keys-note")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".queue-rows a.t").first).not_to_be_focused()


def test_second_tab_that_decides_later_sees_who_was_first(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server, SECRETARIAT)
    page.goto(f"{live_server.url}/en/{QUEUE}")
    page.locator(".queue-rows a.t").last.click()
    address, reference = page.url, opened(page)
    later = page.context.new_page()
    later.goto(address)
    page.click("button[value=held]")
    later.fill("#note", "Typed before I knew.")
    later.click("button[value=cleared]")
    expect(later.locator(".notice")).to_contain_text("Amélie Tremblay")
    expect(later.locator("#note")).to_have_value("Typed before I knew.")
    axe(later)
    page.goto(f"{live_server.url}/en/{QUEUE}{reference}")
    page.click("button[value=pending]")


def test_member_walks_the_clauses_by_key_and_reads_no_stub(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server, MEMBER)
    page.goto(f"{live_server.url}/en/{CLAUSE}")
    axe(page)
    press(page, "j")
    expect(page).to_have_url(f"{live_server.url}/en/{ROUND}/performance-standard/5.3")
    press(page, "k")
    expect(page).to_have_url(f"{live_server.url}/en/{CLAUSE}")
    page.goto(f"{live_server.url}/en/{QUEUE}")
    expect(page.locator("h1")).to_have_text("You do not have access to this page")


def test_moderating_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, live_server, SECRETARIAT)
    page.goto(f"{live_server.url}/en/{QUEUE}")
    boxes = page.locator(".queue-rows input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.click("button[value=cleared]")
    expect(page.locator(".notice")).to_contain_text("Cleared 2 comments.")
    page.click(".notice button")
    expect(page.locator(".notice")).to_contain_text("2 comments wait again.")
    expect(page.locator(".keys-note")).to_be_hidden()
    context.close()
