"""A leaf's characters as a reader sees them, each with its place in the source and its style."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from consult.core.markup.blocks import Leaf, read_blocks

Style = tuple[str, ...]
"""Open inline tags, outermost first: "em", "strong", "code", or "a:" followed by the address."""

NOWHERE = -1
_WIDE = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ADDRESS = re.compile(r"(?:https?://|mailto:|#|/(?!/))", re.IGNORECASE)


@dataclass(slots=True)
class Glyphs:
    """Characters in order. `places` are offsets in the source, strictly rising where known, NOWHERE otherwise; `leaf` indexes `leaves`."""

    leaves: tuple[Leaf, ...] = ()
    chars: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    leaf: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def text(self, leaf: int) -> str:
        """The visible text of one leaf, without its label."""
        start, end = self.spans[leaf]
        return "".join(self.chars[start:end])


def read_glyphs(source: str) -> Glyphs:
    """All characters of a Markdown text that are not markup. White space runs count as one space, but not in code."""
    leaves = read_blocks(source)
    glyphs = Glyphs(leaves)
    last = NOWHERE
    for index, leaf in enumerate(leaves):
        start = len(glyphs.chars)
        for char, place, style in _code(leaf) if leaf.kind == "code" else _leaf(leaf):
            glyphs.chars.append(char)
            glyphs.places.append(place if place > last else NOWHERE)
            glyphs.styles.append(style)
            glyphs.leaf.append(index)
            last = max(last, place)
        glyphs.spans.append((start, len(glyphs.chars)))
    return glyphs


def _code(leaf: Leaf) -> list[tuple[str, int, Style]]:
    found: list[tuple[str, int, Style]] = []
    for index, (offset, text) in enumerate(leaf.pieces):
        if index:
            found.append(("\n", offset - 1, ()))
        found += [(char, offset + at, ()) for at, char in enumerate(text)]
    return found


def _leaf(leaf: Leaf) -> list[tuple[str, int, Style]]:
    text = "\n".join(piece for _, piece in leaf.pieces)
    places = [offset + at for offset, piece in leaf.pieces for at in range(len(piece) + 1)]
    found: list[tuple[str, int, Style]] = []
    for char, at, style in _characters(text):
        place = places[at] if 0 <= at < len(places) else NOWHERE
        if char.isspace() and char != "\n":
            if found and not found[-1][0].isspace():
                found.append((char if char in "\u00a0\u202f\u3000" else " ", place, style))
        else:
            found.append((char, place, style))
    while found and found[-1][0].isspace():
        found.pop()
    return found


@lru_cache(maxsize=2048)
def _characters(text: str) -> tuple[tuple[str, int, Style], ...]:
    """Visible characters of an inline text with their index in it (NOWHERE where unknown)."""
    reader = _InlineReader(text)
    reader.walk(_parser("://" in text or "@" in text).parseInline(text)[0].children or [])
    return tuple(reader.found)


@lru_cache(maxsize=2)
def _parser(linkify: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": linkify})
    parser.disable("text_join")
    parser.normalizeLinkText = lambda url: url  # type: ignore[method-assign, assignment]
    if linkify and parser.linkify:
        parser.enable("linkify")
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    return parser


class _InlineReader:
    """Walks inline tokens along their source; `at` is how far it has read."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.at = 0
        self.style: list[str] = []
        self.found: list[tuple[str, int, Style]] = []

    def walk(self, tokens: list[Token]) -> None:
        for index, token in enumerate(tokens):
            if token.type == "text":
                self._put(token.content, token.content)
            elif token.type == "text_special":
                self._put(token.content, token.markup)
            elif token.type == "softbreak":
                self._break(tokens[index + 1] if index + 1 < len(tokens) else None)
            elif token.type == "hardbreak":
                self._put("\n", "\n")
            elif token.type == "code_inline":
                self.style.append("code")
                self._put(token.content, token.content)
                self.at += len(token.markup)
                self.style.pop()
            elif token.type == "image":
                self._put(token.content, token.content)
                self._skip_target()
            elif token.nesting == 1:
                self._open(token)
            elif token.nesting == -1:
                self._close(token)
            elif token.content:
                self._put(token.content, token.content)

    def _open(self, token: Token) -> None:
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            self.style.append(f"a:{href}" if _ADDRESS.match(href) else "span")
        else:
            self.style.append("strong" if token.type == "strong_open" else "em")
            self.at += len(token.markup)

    def _close(self, token: Token) -> None:
        if self.style:
            self.style.pop()
        if token.type != "link_close":
            self.at += len(token.markup)
        elif token.info != "auto":
            self._skip_target()

    def _skip_target(self) -> None:
        """Behind the text of a link: over "](address)"."""
        if self.source.startswith("](", self.at):
            end = self.source.find(")", self.at)
            self.at = end + 1 if end >= 0 else self.at

    def _put(self, content: str, written: str) -> None:
        start = self.source.find(written, self.at)
        if start < 0 and "\n" in self.source:
            start = self.source.replace("\n", " ").find(written, self.at)
        style = tuple(self.style)
        for index, char in enumerate(content):
            known = start >= 0 and (index == 0 or content == written)
            self.found.append((char, start + index if known else NOWHERE, style))
        if start >= 0:
            self.at = start + len(written)

    def _break(self, after: Token | None) -> None:
        """A line end inside a paragraph is a space, but nothing between two Han characters."""
        start = self.source.find("\n", self.at)
        before = self.found[-1][0] if self.found else ""
        following = after.content[:1] if after else ""
        if not (_WIDE.match(before) and _WIDE.match(following)):
            self.found.append((" ", start, tuple(self.style)))
        self.at = start + 1 if start >= 0 else self.at
