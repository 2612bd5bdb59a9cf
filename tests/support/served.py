"""The application with its clock stopped, behind a real port in this process: for pictures, and for browsers that look at every page."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from werkzeug.serving import make_server

from tests.support.browser import WIDE
from tests.support.demo import NOW


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application, without a slash at its end; its present is the demo's as long as the block lasts."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    stopped = {"CONSULT_TEST_CLOCK": "1", "CONSULT_TEST_NOW": NOW.isoformat()}
    before = {name: os.environ.get(name) for name in stopped}
    os.environ.update(stopped)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def visitor(
    browser: Browser, url: str, tokens: Mapping[str, str], who: str, *, viewport: ViewportSize = WIDE, dark: bool = False
) -> BrowserContext:
    """A browser of somebody in WHO, signed in where need be, in Paris."""
    from consult.web.permissions import COOKIE

    context = browser.new_context(
        viewport=viewport, color_scheme="dark" if dark else "light", timezone_id="Europe/Paris", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)  # parity reads every version the first time
    if who != "visitor":
        context.add_cookies([{"name": COOKIE, "value": tokens[who], "url": url}])
    return context
