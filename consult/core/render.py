"""Markdown of clauses and comments to safe HTML, and to plain text."""

from consult.core.markup.draw import Block, draw, sanitised
from consult.core.markup.inline import Glyphs, read_glyphs
from consult.core.markup.places import Places, mark

CELL_JOINT = " | "


def render(markdown: str, places: Places = (), words: tuple[int, int] | None = None) -> str:
    """Safe HTML of a clause's or a comment's text: no HTML of the author's, no scripts, no remote pictures, headings flattened.

    Lettered and numbered items are `<ol class="items"><li><span class="label">a)</span> …</li></ol>` with the label as printed; a paragraph
    that begins with "Note:", "Note :" or "注：" has the class `note`. Links lead to http, https, mailto or inside the site. Never fails.
    The `places` are marked (see `consult.core.markup.places`), the `words` (from and to in `plain_text`) stand in `<mark>`.
    """
    glyphs = read_glyphs(markdown)
    mark(glyphs, places)
    if words is not None:
        _mark_words(glyphs, *words)
    return sanitised(draw([Block.plain(glyphs, index) for index in range(len(glyphs.leaves))]))


def plain_text(markdown: str) -> str:
    """The words a reader sees, markup removed: one line a paragraph or item (with its label), cells of a row joined by " | "."""
    glyphs = read_glyphs(markdown)
    lines: list[str] = []
    row = -1
    for index, leaf in enumerate(glyphs.leaves):
        text = labelled(glyphs, index)
        if leaf.kind == "cell" and leaf.row == row:
            lines[-1] += CELL_JOINT + text
        elif leaf.kind != "rule":
            lines.append(text)
        row = leaf.row
    return "\n".join(lines)


def _mark_words(glyphs: Glyphs, start: int, end: int) -> None:
    """Labels of items and what joins cells are no characters of the text: they stay as they are."""
    at, row = 0, -1
    for index, leaf in enumerate(glyphs.leaves):
        if leaf.kind == "rule":
            row = leaf.row
            continue
        same_row = leaf.kind == "cell" and leaf.row == row
        at += 0 if index == 0 else len(CELL_JOINT) if same_row else 1
        first, last = glyphs.spans[index]
        offset = at + len(labelled(glyphs, index)) - (last - first)
        for glyph in range(first, last):
            if start <= offset + glyph - first < end:
                glyphs.styles[glyph] = (*glyphs.styles[glyph], "mark")
        at, row = at + len(labelled(glyphs, index)), leaf.row


def labelled(glyphs: Glyphs, leaf: int) -> str:
    """A leaf's text behind its label."""
    text = glyphs.text(leaf)
    label = glyphs.leaves[leaf].label
    return f"{label} {text}".rstrip() if label else text
