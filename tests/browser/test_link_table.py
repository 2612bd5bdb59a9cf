"""The editor's table by keyboard alone: walk, open, read a candidate, save it, undo it, split, confirm."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser import axe
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
LINKS = "/en/office/changes/performance-standard/v3-draft-2/v2/"


@pytest.fixture
def editor(signed_in: Callable[[str], BrowserContext], live_server: LiveServer) -> Iterator[Page]:
    page = signed_in("secretariat").new_page()
    page.goto(f"{live_server.url}{LINKS}?order=document")
    page.wait_for_selector("body[data-keys]")
    yield page
    page.close()


def press(page: Page, key: str, heading: str | None = None) -> None:
    """Presses a key that leads to another page; waits until its keys work."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_selector("body[data-keys]")
    if heading:
        expect(page.locator("h1")).to_have_text(heading)


def test_links_are_walked_relinked_undone_split_and_confirmed_by_single_keys(editor: Page) -> None:
    for key in "jjkj":
        editor.keyboard.press(key)
    expect(editor.locator("tbody tr").nth(1).locator("a")).to_be_focused()
    press(editor, "o")
    opened = editor.locator("h1").inner_text()
    number = opened.partition(" ")[0]
    press(editor, "2")
    expect(editor.locator(".proposal-word")).to_be_visible()
    proposed = editor.locator(".candidates a[data-key='2'] b").inner_text()
    assert proposed != number
    press(editor, "c")
    expect(editor.locator(".notice[data-state=success]").first).to_contain_text(f"Set: {proposed} → {number}.")
    press(editor, "u", opened)
    expect(editor.locator(".notice[data-state=success]").first).to_contain_text("Taken back.")
    editor.keyboard.press("s")
    expect(editor.locator("#add_new")).to_be_focused()
    editor.keyboard.type("5.2")
    press(editor, "Enter")
    expect(editor.locator(".follows")).to_contain_text("5.3")
    press(editor, "c")
    expect(editor.locator(".notice[data-state=success]").first).to_contain_text(f"{number}, 5.2")
    press(editor, "u")
    editor.keyboard.press("m")
    expect(editor.locator("#add_old")).to_be_focused()
    editor.keyboard.press("Escape")
    editor.locator("h1").click()
    press(editor, "c")
    expect(editor.locator(".notice[data-state=success]").first).to_contain_text("Confirmed:")
    press(editor, "u", opened)
    press(editor, "x")
    expect(editor.locator(".notice[data-state=success]").first).to_contain_text(f"Set: — → {number}.")
    press(editor, "u")
    editor.keyboard.press("?")
    expect(editor.locator("[data-keys-list]")).to_have_attribute("open", "")


@pytest.mark.parametrize("address", ["", "?link=5.2~5.2&old=5.1&new=5.2"])
def test_the_table_and_a_preview_are_accessible(editor: Page, live_server: LiveServer, address: str) -> None:
    editor.goto(f"{live_server.url}{LINKS}{address}")
    axe(editor)
    editor.set_viewport_size({"width": 360, "height": 740})
    assert editor.evaluate("document.documentElement.scrollWidth <= innerWidth")
