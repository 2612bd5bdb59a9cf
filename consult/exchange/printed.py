"""Drawn clauses as a tree of nodes, which PDF and Word are made from.

What `core.render` and `core.redline` draw is a small, closed set of tags: read once here, so that every file shows what the pages show.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from consult.core.change import Spans
from consult.core.redline import RedlineWords, redline
from consult.core.render import render
from consult.exchange.office_text import xml_text

SILENT = RedlineWords("", "", "", "")
"""Print needs no words around a change: it is underlined, struck or framed, and the key says how."""
VOID = ("br", "hr")
BLOCKS = frozenset(("p", "ol", "ul", "li", "pre", "hr", "blockquote", "table"))


@dataclass(frozen=True, slots=True)
class Node:
    """A tag with its classes and children in order; text stands as it is."""

    tag: str
    classes: tuple[str, ...] = ()
    href: str = ""
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str) -> "list[Node]":
        """Nodes of a tag below this one, in order, not below each other."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] if child.tag == tag else child.all(tag)
        return found


@lru_cache(maxsize=1024)
def clean(markdown: str) -> tuple[Node, ...]:
    """The blocks of a clause's text."""
    return _read(render(markdown))


def marked(spans: Spans, language: str) -> tuple[Node, ...]:
    """The blocks of a change, with `ins` and `del` in them; blocks that changed have the class `changed`."""
    return _read(redline(spans, language, SILENT))


def label_of(item: Node) -> "tuple[Node | None, list[Node | str]]":
    """The printed label of an item (None for a bullet), and the rest of it."""
    first = item.children[0] if item.children else None
    if isinstance(first, Node) and "label" in first.classes:
        rest = item.children[1:]
        return first, [rest[0].lstrip(" "), *rest[1:]] if rest and isinstance(rest[0], str) else rest
    return None, item.children


def _read(html: str) -> tuple[Node, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(
        child if isinstance(child, Node) else Node("p", children=[child])
        for child in reader.open[0].children
        if isinstance(child, Node) or child.strip()
    )


class _Reader(HTMLParser):
    """Takes the sanitised HTML of our own drawing; anything else it meets stays text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        node = Node(tag, tuple((given.get("class") or "").split()), given.get("href") or "")
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(xml_text(data if self.open[-1].tag == "pre" else data.replace("\n", "")))
