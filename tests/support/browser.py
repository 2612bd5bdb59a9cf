"""Debian's Chromium, driven by Playwright; and axe, which must find nothing."""

import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.support.required import missing

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OURS = ("127.0.0.1", "localhost")
FLAGS = [
    "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--font-render-hinting=none",
    f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(f'EXCLUDE {host}' for host in OURS)}",
]  # fmt: skip
"""The last one: no other host is reached, without a script of ours between the browser and the server."""
WIDE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HARMLESS = ("Failed to load resource",)  # said of every 4xx that a test asks for on purpose


@contextmanager
def launched() -> Iterator[Browser]:
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        missing("CONSULT_TEST_BROWSER", "Chromium is not installed")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


def is_strange(url: str) -> bool:
    return urlsplit(url).scheme.startswith("http") and urlsplit(url).hostname not in OURS


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor without cookies. Whatever a page asks of another host is not reached, and fails the test."""
    visitor = browser.new_context(viewport=WIDE, locale="en-GB", timezone_id="Europe/Paris", reduced_motion="reduce")
    strangers: list[str] = []
    visitor.on("request", lambda request: strangers.append(request.url) if is_strange(request.url) else None)
    visitor.set_default_timeout(10_000)
    yield visitor
    visitor.close()
    assert not strangers, f"asked of others: {strangers}"


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A tab. Errors of its scripts and of the content security policy fail the test; a failed test leaves a picture in its tmp_path."""
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda said: errors.append(said.text) if said.type == "error" and not said.text.startswith(HARMLESS) else None)
    yield tab
    if errors or getattr(request.node, "failed", False):
        tab.screenshot(path=tmp_path / "page.png", full_page=True)
        print(f"picture: {tmp_path / 'page.png'}, address: {tab.url}")
    assert not errors, f"the browser says: {errors}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
    return report


def axe(page: Page, *, within: str | None = None) -> None:
    """Fails on any violation of WCAG 2.2 A or AA that axe can see, in the whole page or within a selector."""
    page.wait_for_load_state("networkidle")  # modules that add keys and times have run: what is measured stands still
    results = Axe().run(page, context=within, options={"runOnly": WCAG, "resultTypes": ["violations"]})
    found: list[dict[str, Any]] = results.response["violations"]
    told = [f"{each['id']}: {each['help']}\n      " + "\n      ".join(node["html"][:200] for node in each["nodes"][:5]) for each in found]
    assert not found, "\n  ".join([f"{page.url}: {len(found)} violations", *told])
