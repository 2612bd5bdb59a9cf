"""The running text of a clause, leaf by leaf, with the place of each character in the source."""

from dataclasses import dataclass
from functools import lru_cache

from consult.core.markup.inline import NOWHERE, Style, read_glyphs

MASK = "\x00"
"""Stands for a character that nothing may be read from: of code and of links."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, item, note or cell. `places` are offsets in the source, NOWHERE where unknown; `strong` tells the emphasised characters."""

    kind: str
    text: str
    places: tuple[int, ...]
    strong: tuple[bool, ...]
    row: int = -1
    column: int = 0
    header: bool = False

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The source of characters start..end, or None where a character at an edge has no place in it."""
        first, last = self.places[start], self.places[end - 1]
        return None if NOWHERE in (first, last) or last < first else (first, last + 1)


@lru_cache(maxsize=16)
def passages(markdown: str) -> tuple[Passage, ...]:
    """The passages of a text in order. Never fails. Kept for a moment: one text is searched several times."""
    glyphs = read_glyphs(markdown)
    found = []
    for leaf, (start, end) in zip(glyphs.leaves, glyphs.spans, strict=True):
        if leaf.kind in ("code", "heading", "rule") or start == end:
            continue
        chars, styles = glyphs.chars[start:end], glyphs.styles[start:end]
        strong: tuple[bool, ...] = (False,) * len(chars)
        if any(styles):
            chars = [MASK if _masked(style) else char for char, style in zip(chars, styles, strict=True)]
            strong = tuple("strong" in style for style in styles)
        found.append(Passage(leaf.kind, "".join(chars), tuple(glyphs.places[start:end]), strong, leaf.row, leaf.column, leaf.header))
    return tuple(found)


@lru_cache(maxsize=64)
def _masked(style: Style) -> bool:
    return any(tag == "code" or tag.startswith("a:") for tag in style)
