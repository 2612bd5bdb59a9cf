"""Pictures of every kind of page of the demo, in every language, light and dark, wide and on a phone: `make gallery`.

For looking at, not for comparing: run it before and after a change of the look, and open gallery/index.html. `python -m tests.gallery
clause "office*" --language zh --screen phone` takes those alone, in seconds; the index shows whatever lies in the folder.
"""

import argparse
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, ViewportSize

from tests.support.browser import WIDE, launched
from tests.support.demo import Seeded, demo_application, make_seeded
from tests.support.kinds import KINDS, Kind
from tests.support.served import served, visitor

PHONE = ViewportSize(width=360, height=780)
LANGUAGES = ("en", "fr", "zh")
SCREENS = {"wide": (WIDE, False), "wide-dark": (WIDE, True), "phone": (PHONE, False), "phone-dark": (PHONE, True)}
LONGEST = 12_000
"""Pixels: what is below them is more of the same, and no program likes to open it."""


def main() -> None:
    asked = argparse.ArgumentParser(description="Pictures of the pages of the demo, into gallery/.")
    asked.add_argument("names", nargs="*", metavar="NAME", help=f"pages (* allowed), by default all: {', '.join(KINDS)}")
    asked.add_argument("--language", action="append", choices=LANGUAGES)
    asked.add_argument("--screen", action="append", choices=SCREENS)
    asked.add_argument("--out", type=Path, default=Path("gallery"))
    given = asked.parse_args()
    kinds = {name: kind for name, kind in KINDS.items() if not given.names or any(fnmatch(name, each) for each in given.names)}
    given.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, launched() as browser:
        demo = make_seeded(Path(folder) / "consult.db")
        with served(demo_application(demo.path)) as url:
            taken = list(pictures(browser, url, demo, kinds, given.language or LANGUAGES, given.screen or SCREENS, given.out))
    (given.out / "index.html").write_text(index(given.out), encoding="utf-8")
    print(f"{len(taken)} pictures, see {given.out / 'index.html'}")


def pictures(
    browser: Browser, url: str, demo: Seeded, kinds: dict[str, Kind], languages: Iterable[str], screens: Iterable[str], out: Path
) -> Iterator[str]:
    for who in {kind.who: None for kind in kinds.values()}:
        for screen in screens:
            viewport, dark = SCREENS[screen]
            context = visitor(browser, url, demo.tokens, who, viewport=viewport, dark=dark)
            for language in languages:
                for name, kind in kinds.items():
                    if kind.who == who:
                        file = f"{name}-{language}-{screen}.png"
                        tab = context.new_page()
                        tab.goto(f"{url}/{language}/{kind.address.format(**demo.references)}")
                        if kind.act:
                            kind.act(tab)
                        tab.wait_for_load_state("networkidle")
                        height = min(LONGEST, tab.evaluate("document.documentElement.scrollHeight"))
                        tab.screenshot(path=out / file, full_page=True, clip={"x": 0, "y": 0, "width": viewport["width"], "height": height})
                        tab.close()
                        yield file
            context.close()


def index(out: Path) -> str:
    """A row of pictures per page, in the order of KINDS: every language and screen that lies in the folder."""
    files = [
        (name, file)
        for name in KINDS
        for language in LANGUAGES
        for screen in SCREENS
        if (out / (file := f"{name}-{language}-{screen}.png")).exists()
    ]
    rows = "".join(
        f'<h2 id="{name}">{name}</h2><div>' + "".join(_figure(name, file) for _, file in of_name) + "</div>"
        for name, of_name in groupby(files, key=lambda each: each[0])
    )
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>{STYLE}<h1>Gallery</h1>{rows}'


def _figure(name: str, file: str) -> str:
    what = escape(file.removeprefix(f"{name}-").removesuffix(".png"))
    return f'<figure><a href="{escape(file)}"><img src="{escape(file)}" alt="{what}" loading="lazy"></a><figcaption>{what}</figcaption></figure>'


STYLE = """<style>
body { font: 1rem/1.4 sans-serif; margin: 1.5rem; color-scheme: light dark }
div { display: flex; gap: 1rem; overflow-x: auto }
figure { margin: 0 } img { block-size: 22rem; inline-size: auto; max-inline-size: 30rem; object-fit: cover; object-position: top left; border: 1px solid #999 }
</style>"""


if __name__ == "__main__":
    main()
