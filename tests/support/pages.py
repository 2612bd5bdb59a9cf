"""What every page of ours keeps, whoever it is shown to; and the client that looks at each page a test gets."""

import re
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.html import Element, Page
from tests.support.untranslated import untranslated

HTML_LANG = {"en": "en", "fr": "fr", "zh": "zh-Hans"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "aria-owns")
NAMES = {"aria-label", "aria-labelledby"}
NAMELESS = ("hidden", "submit", "reset", "button", "image")
DATA_SCRIPTS = ("application/json", "application/ld+json")


class CheckedClient(FlaskClient):
    """A test client that fails a test on any GET of a page that does not keep what every page keeps."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.request.method == "GET" and response.mimetype == "text/html" and response.status_code not in range(300, 400):
            faults = list(faults_of(response.get_data(as_text=True), response.request.path)) + list(header_faults(response))
            assert not faults, "\n  ".join([f"{response.request.path} ({response.status_code}):", *faults])
        return response


def faults_of(source: str, path: str) -> Iterator[str]:
    """All that is wrong with the page of this address, in words."""
    page = Page(source)
    yield from page.faults
    yield from _heading(page.root)
    yield from _language(page.root, path)
    yield from _identity(page.root)
    yield from _names(page.root)
    yield from _inline(page.root)


def header_faults(response: TestResponse) -> Iterator[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy and "default-src 'none'" not in policy:
        yield f"Content-Security-Policy lets others in: {policy!r}"
    if "unsafe" in policy:
        yield f"Content-Security-Policy allows inline code: {policy!r}"
    if "frame-ancestors" not in policy and "X-Frame-Options" not in response.headers:
        yield "may be framed by others"
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        yield "no X-Content-Type-Options: nosniff"
    if response.headers.get("Referrer-Policy", "no-referrer") == "no-referrer":
        yield "Referrer-Policy is missing or takes the Origin from our own forms"


def _heading(root: Element) -> Iterator[str]:
    headings, titles = root.find("h1"), [each for each in root.find("title") if each.parent and each.parent.tag == "head"]
    if len(headings) != 1 or len(titles) != 1:
        yield f"{len(headings)} h1 and {len(titles)} titles"
    elif not headings[0].text or not titles[0].text.startswith(headings[0].text):
        yield f"title {titles[0].text!r} does not begin with h1 {headings[0].text!r}"


def _language(root: Element, path: str) -> Iterator[str]:
    page = next(iter(root.find("html")), root)
    language = page.attributes.get("lang", "")
    wanted = HTML_LANG.get(path.split("/")[1] if "/" in path else "")
    if not language or (wanted and language != wanted):
        yield f"html lang is {language!r}, the address says {wanted!r}"
    yield from (f"untranslated: {sentence!r}" for sentence in untranslated(page, language))


def _identity(root: Element) -> Iterator[str]:
    ids = [each.attributes["id"] for each in root.walk() if "id" in each.attributes]
    yield from (f"id twice: {name}" for name in sorted(set(ids)) if ids.count(name) > 1)
    for element in root.walk():
        for attribute in REFERENCES:
            for name in element.attributes.get(attribute, "").split():
                if name not in ids:
                    yield f"{element} {attribute} names {name!r}, which is not there"


def _names(root: Element) -> Iterator[str]:
    labelled = {each.attributes["for"] for each in root.find("label") if "for" in each.attributes and each.text}
    for control in root.find("input", "select", "textarea"):
        named = NAMES & control.attributes.keys() or control.attributes.get("id") in labelled
        wrapped = any(above.tag == "label" and above.text for above in control.ancestors())
        if control.attributes.get("type") not in NAMELESS and not named and not wrapped:
            yield f"no label: {control}"
    for element in root.find("a", "button"):
        pictured = any(NAMES & each.attributes.keys() or each.attributes.get("alt") or each.tag == "title" for each in element.walk())
        if not element.text and not pictured and ("href" in element.attributes or element.tag == "button"):
            yield f"says nothing: {element}"
    yield from (f"no alt: {picture}" for picture in root.find("img") if "alt" not in picture.attributes)


def _inline(root: Element) -> Iterator[str]:
    for element in root.walk():
        if element.tag == "script" and "src" not in element.attributes and element.attributes.get("type") not in DATA_SCRIPTS:
            yield "inline script"
        if element.tag == "style":
            yield "inline style sheet"
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on"):
                yield f"inline {name} on {element}"
            if value.strip().lower().startswith("javascript:"):
                yield f"javascript: address on {element}"
            if name in ("src", "srcset", "action") and re.match(r"(https?:)?//", value.strip()):
                yield f"third party: {value} on {element}"
