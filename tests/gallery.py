"""Pictures of the key pages of the demo, in every language, wide and on a phone, light and dark: `make gallery`.

For looking at, not for comparing: run it before and after a change of the look, and open gallery/index.html.
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, ViewportSize

from tests.support.browser import PHONE, WIDE, launched
from tests.support.server import demo

OUT = Path("gallery")
ROUND = "consultations/performance-standard-v3/rounds/2"
PAGES = {
    "home": "",
    "standard": "standards/performance-standard/v3-draft-2/",
    "clause": "standards/performance-standard/v3-draft-2/5.3",
    "changes": "standards/performance-standard/v3-draft-2/changes?from=v2",
    "consultation": "consultations/performance-standard-v3/",
    "clause-in-round": f"{ROUND}/clauses/performance-standard/5.2",
    "comment-form": f"{ROUND}/clauses/performance-standard/5.2/comment",
    "comments": f"{ROUND}/comments",
    "receipt": "receipt",
    "sign-in": "sign-in",
}
LANGUAGES = ("en", "fr", "zh")
SCREENS: dict[str, tuple[ViewportSize, bool]] = {"wide": (WIDE, False), "phone": (PHONE, False), "dark": (WIDE, True)}


def main(wanted: list[str]) -> None:
    """Without names all pages; with names, such as `home changes`, only those."""
    OUT.mkdir(exist_ok=True)
    pages = {name: PAGES[name] for name in wanted} if wanted else PAGES
    with TemporaryDirectory() as data, demo(Path(data)) as server, launched() as browser:
        taken = list(pictures(browser, server.url, pages))
    (OUT / "index.html").write_text(index(taken), encoding="utf-8")
    print(f"{len(taken)} pictures, see {OUT / 'index.html'}")


def pictures(browser: Browser, url: str, pages: dict[str, str]) -> Iterator[str]:
    for screen, (viewport, dark) in SCREENS.items():
        visitor = browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light", reduced_motion="reduce")
        tab = visitor.new_page()
        for language in LANGUAGES:
            for name, address in pages.items():
                answer = tab.goto(f"{url}/{language}/{address}")
                if answer is None or not answer.ok:
                    print(f"{language}/{address}: {answer.status if answer else 'no answer'}", file=sys.stderr)
                    continue
                file = f"{name}-{language}-{screen}.png"
                tab.screenshot(path=OUT / file, full_page=True)
                yield file
        visitor.close()


def index(files: list[str]) -> str:
    shown = "".join(
        f'<figure><a href="{escape(file)}"><img src="{escape(file)}" width="420" alt=""></a><figcaption>{escape(file)}' for file in files
    )
    return f'<!doctype html><html lang="en"><title>Gallery</title><body style="display:flex;flex-wrap:wrap;align-items:start">{shown}'


if __name__ == "__main__":
    main(sys.argv[1:])
