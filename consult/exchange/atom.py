"""Atom feeds (RFC 4287): entries as data -> bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

ATOM, XML = "http://www.w3.org/2005/Atom", "http://www.w3.org/XML/1998/namespace"
ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` never changes; `at` is when it happened."""

    id: str
    title: str
    text: str
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """`address` is the page that it follows, `own` where the feed stands, `others` (language, address) the same in other languages."""

    id: str
    title: str
    author: str
    language: str
    updated: datetime
    address: str
    own: str
    others: Sequence[tuple[str, str]]
    entries: Sequence[Entry]


def to_atom(feed: Feed) -> bytes:
    root = ElementTree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.updated))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.own)
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.language, href=feed.address)
    for language, address in feed.others:
        _add(root, "link", rel="alternate", type="application/atom+xml", hreflang=language, href=address)
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", _instant(entry.at))
        _add(element, "published", _instant(entry.at))
        _add(element, "link", rel="alternate", type="text/html", hreflang=feed.language, href=entry.address)
        _add(element, "summary", entry.text)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text
    return element


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
