"""Filters in the browser: what is ticked is what is shown."""

import pytest
from playwright.sync_api import Page

from tests.support.demo_pages import STANDARD
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser


def test_after_back_a_filter_says_what_the_page_shows(page: Page, live_server: LiveServer) -> None:
    address = f"{live_server.url}/fr/{STANDARD}/v3-draft-2/changes?principle=5"
    page.goto(address)
    page.select_option("[name=kind]", "added")
    page.check("[name=activities][value=mine]")
    page.locator("form:has([name=kind]) button").click()
    page.wait_for_url("**kind=added**activities=mine**")
    page.go_back()
    page.wait_for_url(address)
    assert (page.input_value("[name=kind]"), page.is_checked("[name=activities][value=mine]")) == ("", False)
