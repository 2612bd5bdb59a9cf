"""The main job in a browser without scripts, in each language: from the home page to the receipt, through moderation, to the committee."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import MAILS, sign_in
from tests.support.demo import CONSULTATION, ROUND_2
from tests.support.demo_pages import CLAUSES, QUEUE, ROOM
from tests.support.languages import in_turn
from tests.support.server import LiveServer

pytestmark = pytest.mark.browser
TEXT = {
    "en": "Two years, walked without a script.",
    "fr": "Deux ans, parcourus sans le moindre script.",
    "zh": "两年一次，无需脚本即可走完全程。",
}


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def follow(page: Page, ending: str) -> None:
    """Clicks the first link on the page whose address ends so. What only a script brings to life is not seen."""
    assert page.locator("[hidden]:visible").all_text_contents() == []
    page.locator(f'main a[href$="{ending}"]').first.click()
    assert page.url.endswith(ending.partition("#")[0])


@pytest.mark.parametrize("language", in_turn("fr"))
def test_the_main_job_needs_no_scripts(plain: Page, live_server: LiveServer, passwords: dict[str, str], language: str) -> None:
    plain.goto(f"{live_server.url}/{language}/")
    follow(plain, f"/{language}/consultations/{CONSULTATION}/")
    follow(plain, "/changes?from=v2")
    follow(plain, f"/{CLAUSES}/5.4")
    follow(plain, f"/{CLAUSES}/5.4/comment")
    plain.fill("#text", TEXT[language])
    plain.click(".words-form button[type=submit]:not([name])")
    assert plain.locator(".error-summary a").count() >= 4
    assert plain.locator("#text").input_value() == TEXT[language]
    plain.check("#capacity")
    plain.select_option("#country", "NO")
    plain.select_option("#stakeholder_class", "production")
    plain.check("#choice-class")
    plain.check("#consent")
    plain.click(".words-form button[type=submit]:not([name])")
    reference = plain.locator(".particulars a").inner_text()
    assert reference.startswith("PS3-2-")
    follow(plain, f"#{reference}")

    sign_in(plain, live_server.url, MAILS["secretariat"], passwords[MAILS["secretariat"]], language)
    plain.goto(f"{live_server.url}/{language}/staff")
    follow(plain, f"/{QUEUE}/")
    plain.fill("#q", reference)  # it may stand on a later page
    plain.press("#q", "Enter")
    plain.locator(f'main a[href*="/{QUEUE}/{reference}"]').first.click()
    assert TEXT[language] in plain.locator("main").inner_text()
    for button in ('button[name="to"][value="cleared"]', ".sign-out button"):
        with plain.expect_navigation():  # the next click must not overtake the answer
            plain.click(button)

    sign_in(plain, live_server.url, MAILS["committee"], passwords[MAILS["committee"]], language)
    plain.goto(f"{live_server.url}/{language}/staff")
    follow(plain, f"/{ROOM}/")
    row = plain.locator("tr[data-kind=clause]", has=plain.locator("b", has_text="5.4"))
    row.locator(f'a[href$="written={language}"]').click()
    article = plain.locator(f"article#{reference}")
    assert TEXT[language] in article.inner_text()
    plain.goto(f"{live_server.url}/{language}/{ROUND_2}/comments/{reference}")  # on the clause's page it may stand behind many others
    assert TEXT[language] in plain.locator("main").inner_text()
