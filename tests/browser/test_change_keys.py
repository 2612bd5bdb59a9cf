"""From change to change by single keys, outside of fields, and off where the reader switched them off."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
CHANGES = "en/standards/performance-standard/v3-draft-2/changes?from=v2&principle=5"
AT = "document.activeElement.closest('[data-key-item]')?.id ?? ''"


def test_keys_lead_from_change_to_change_until_they_are_switched_off(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/{CHANGES}")
    expect(page.locator(".keys-note")).to_be_visible()
    walked = []
    for key in "jjnkp":
        page.keyboard.press(key)
        walked.append(page.evaluate(AT))
    assert walked == ["c-5", "c-5.1", "c-5.2", "c-5.1", "c-5"]
    page.focus("#principle")
    page.keyboard.press("j")
    assert page.evaluate(AT) == ""
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.locator("[data-keys-switch]").click()
    page.reload()
    expect(page.locator(".keys-note")).to_be_visible()
    page.keyboard.press("j")
    assert page.evaluate(AT) == ""
