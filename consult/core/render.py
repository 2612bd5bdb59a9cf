"""Markdown of clauses and comments to safe HTML, and to plain text."""

from consult.core.markup.draw import Block, draw, sanitised
from consult.core.markup.inline import Glyphs, read_glyphs
from consult.core.markup.places import Places, mark

CELL_JOINT = " | "


def render(markdown: str, places: Places = ()) -> str:
    """Safe HTML of a clause's or a comment's text: no HTML of the author's, no scripts, no remote pictures, headings flattened.

    Lettered and numbered items are `<ol class="items"><li><span class="label">a)</span> …</li></ol>` with the label as printed; a paragraph
    that begins with "Note:", "Note :" or "注：" has the class `note`. Links lead to http, https, mailto or inside the site. Never fails.
    The `places` are marked (see `consult.core.markup.places`).
    """
    glyphs = read_glyphs(markdown)
    mark(glyphs, places)
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


def labelled(glyphs: Glyphs, leaf: int) -> str:
    """A leaf's text behind its label."""
    text = glyphs.text(leaf)
    label = glyphs.leaves[leaf].label
    return f"{label} {text}".rstrip() if label else text
