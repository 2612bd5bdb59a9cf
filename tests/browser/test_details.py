"""Words selected in a clause, and its text edited, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import axe
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
CLAUSE = "consultations/performance-standard-v3/rounds/2/clauses/performance-standard/5.3"
SELECT = """([text, words]) => {
    const walker = document.createTreeWalker(document.querySelector(text), NodeFilter.SHOW_TEXT);
    let node;
    while ((node = walker.nextNode()) && !node.data.includes(words));
    const range = document.createRange();
    range.setStart(node, node.data.indexOf(words));
    range.setEnd(node, node.data.indexOf(words) + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def test_words_selected_in_a_clause_lead_to_its_form_and_its_text_is_edited_there(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/en/{CLAUSE}")
    page.evaluate(SELECT, ["[data-module=words_link]", "targets for reducing"])
    page.click("a.words-offer")
    expect(page.locator("#quote")).to_have_value("targets for reducing")
    expect(page.locator("#clause-text mark")).to_have_text("targets for reducing")
    page.click(".edit-clause > summary")
    page.fill("#edited", page.input_value("#edited").replace("set intermediate targets", "set and publish intermediate targets"))
    page.click("button[value=preview]")
    expect(page.locator("#edited-changes ins")).to_contain_text("and publish")
    axe(page)


def test_words_selected_on_the_form_fill_it_and_survive_a_reload(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/fr/{CLAUSE}/comment")
    words = page.locator("#clause-text p").first.inner_text().split(",")[0][-30:].strip()
    page.evaluate(SELECT, ["#clause-text", words])
    expect(page.locator("button.words-offer")).to_be_visible()
    page.locator("button.words-offer").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#quote")).to_have_value(words)
    expect(page.locator("#text")).to_be_focused()
    page.click(".edit-clause > summary")
    page.fill("#edited", "Un autre texte.")
    page.reload()
    expect(page.locator("#quote")).to_have_value(words)
    expect(page.locator("#edited")).to_have_value("Un autre texte.")
