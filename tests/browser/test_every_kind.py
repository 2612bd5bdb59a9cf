"""Every kind of page and every state that tests/support/kinds.py names: nothing for axe to find, and no scrolling sideways down to 320 pixels.

One language of each page in turn, and the whole square.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.browser.conftest import sideways
from tests.support.browser import WIDE, axe
from tests.support.demo import Seeded, copy_seeded, demo_application
from tests.support.kinds import KINDS
from tests.support.served import served, visitor

pytestmark = [pytest.mark.browser, pytest.mark.long]  # some minutes: before an issue is called resolved
LANGUAGES = ("en", "fr", "zh")
NARROWEST = ViewportSize(width=320, height=640)
"""A window of 1280 pixels at 400 %."""


@dataclass(frozen=True)
class Site:
    url: str
    demo: Seeded
    context: Callable[[str], BrowserContext]


@pytest.fixture(scope="module")
def site(browser: Browser, seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the seeded demo at a real port, its clock stopped; the browser of each who reads."""
    path = tmp_path_factory.mktemp("looked-at") / "consult.db"
    copy_seeded(seeded, path)
    contexts: dict[str, BrowserContext] = {}
    with served(demo_application(path)) as url:

        def context(who: str) -> BrowserContext:
            if who not in contexts:
                contexts[who] = visitor(browser, url, seeded.tokens, who)
            return contexts[who]

        yield Site(url, seeded, context)
        for each in contexts.values():
            each.close()


def look(site: Site, name: str, language: str, *, thoroughly: bool) -> None:
    kind = KINDS[name]
    page = site.context(kind.who).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if answer.request.is_navigation_request() else None)
    page.set_viewport_size(WIDE)
    page.goto(f"{site.url}/{language}/{kind.address.format(**site.demo.references)}")
    if kind.act:
        kind.act(page)
    page.wait_for_load_state("networkidle")
    if thoroughly:
        page.emulate_media(color_scheme="dark")
        axe(page)
        page.emulate_media(color_scheme="light")
    axe(page)
    wide = sideways(page)
    page.set_viewport_size(NARROWEST)
    narrow = sideways(page)
    if thoroughly:
        axe(page)
        page.emulate_media(color_scheme="dark")
        axe(page)
    page.close()
    assert (answers[-1], wide, narrow, errors) == (kind.status, 0, 0, [])


@pytest.mark.parametrize(("name", "language"), [(name, LANGUAGES[at % 3]) for at, name in enumerate(KINDS)])
def test_a_page_is_accessible_and_fits(site: Site, name: str, language: str) -> None:
    look(site, name, language, thoroughly=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_accessible_in_every_language_light_and_dark(site: Site, name: str, language: str) -> None:
    look(site, name, language, thoroughly=True)


KEYED = ("changes", "clause", "queue", "moderated", "room", "links", "link")


@pytest.mark.parametrize("name", KEYED)
def test_the_question_mark_lists_the_keys_of_a_page(site: Site, name: str) -> None:
    kind = KINDS[name]
    page = site.context(kind.who).new_page()
    page.goto(f"{site.url}/en/{kind.address.format(**site.demo.references)}")
    page.locator("body[data-keys]").wait_for()
    page.keyboard.press("?")
    assert page.locator(".keys dt").first.is_visible()
    page.close()
