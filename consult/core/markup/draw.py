"""Leaves to HTML: nested lists, tables, quotes from a flat row of blocks. Everything passes an allow-list last."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby

import nh3

from consult.core.markup.blocks import Leaf
from consult.core.markup.inline import Glyphs, Style

TAGS = {
    "p", "ol", "ul", "li", "span", "strong", "em", "code", "pre", "a", "br", "hr", "blockquote", "ins", "del", "mark",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_BLOCK = {"class", "data-since"}
ATTRIBUTES = {
    "a": {"href"}, "p": _BLOCK, "ol": {"class"}, "ul": {"class"}, "li": _BLOCK, "span": {"class"}, "tr": _BLOCK, "th": {"scope"},
    "pre": _BLOCK, "ins": {"data-since"}, "del": {"data-since", "data-passing"},
}  # fmt: skip
_TAG_OF = {"para": "p", "note": "p", "heading": "p", "code": "pre"}


@dataclass(frozen=True, slots=True)
class Block:
    """A leaf ready to be drawn: HTML of its label and of its text, and how it changed ("changed", "added", "removed"; "" for not)."""

    leaf: Leaf
    label: str
    body: str
    change: str = ""
    since: str = ""
    foreign: bool = False  # from the old text: a removed row that stands among rows of the new one

    @classmethod
    def plain(cls, glyphs: Glyphs, index: int) -> "Block":
        """An unchanged leaf."""
        start, end = glyphs.spans[index]
        return cls(
            glyphs.leaves[index],
            escape(glyphs.leaves[index].label),
            styled(zip(glyphs.chars[start:end], glyphs.styles[start:end], strict=True)),
        )

    @property
    def attributes(self) -> str:
        names: list[str] = [name for name in ("note", "heading") if self.leaf.kind == name]
        if self.change:
            names += ["changed"] if self.change == "changed" else ["changed", self.change]
        kept = f' class="{" ".join(names)}"' if names else ""
        return kept + (f' data-since="{self.since}"' if self.since else "")


def styled(characters: Iterable[tuple[str, Style]]) -> str:
    """Characters with their inline tags as HTML, escaped."""
    html = []
    for style, run in groupby(characters, key=lambda each: each[1]):
        text = escape("".join(char for char, _ in run)).replace("\n", "<br>\n")
        for tag in reversed(style):
            if tag.startswith("a:"):
                text = f'<a href="{escape(tag[2:])}">{text}</a>'
            elif tag.startswith("place-"):
                text = f'<span class="{tag}">{text}</span>'
            else:
                text = f"<{tag}>{text}</{tag}>"
        html.append(text)
    return "".join(html)


def sanitised(html: str) -> str:
    """The last gate: what is not on the list of tags, attributes and schemes is gone."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
        strip_comments=True,
    )


def draw(blocks: list[Block]) -> str:
    """HTML of a row of blocks in order."""
    return _Drawing(blocks).html()


class _Drawing:
    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.out: list[str] = []
        self.lists: list[str] = []
        self.quotes = 0

    def html(self) -> str:
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            self._quote(block.leaf.quote)
            if block.leaf.kind == "cell":
                end = at
                while end < len(self.blocks) and self.blocks[end].leaf.kind == "cell" and self.blocks[end].leaf.quote == block.leaf.quote:
                    end += 1
                self._depth(0)
                self._tables(self.blocks[at:end])
                at = end
                continue
            self._block(block)
            at += 1
        self._quote(0)
        self._depth(0)
        return "".join(self.out)

    def _block(self, block: Block) -> None:
        leaf = block.leaf
        if leaf.kind == "item":
            self._item(block)
            return
        self._depth(min(leaf.depth, len(self.lists)))
        if leaf.kind == "rule":
            self.out.append("<hr>")
            return
        tag = _TAG_OF[leaf.kind]
        body = block.body.replace("<br>\n", "\n") if leaf.kind == "code" else block.body
        if leaf.kind == "heading":
            body = f"<strong>{body}</strong>"
        self.out.append(f"<{tag}{block.attributes}>{_label(block)}{body}</{tag}>")

    def _item(self, block: Block) -> None:
        tag = "ol" if block.label else "ul"
        depth = min(block.leaf.depth, len(self.lists) + 1)
        self._depth(depth)
        if len(self.lists) == depth and self.lists[-1] != tag:
            self._depth(depth - 1)
        if len(self.lists) == depth:
            self.out.append("</li>")
        else:
            self.lists.append(tag)
            self.out.append('<ol class="items">' if tag == "ol" else "<ul>")
        self.out.append(f"<li{block.attributes}>{_label(block)}{block.body}")

    def _depth(self, depth: int) -> None:
        while len(self.lists) > depth:
            self.out.append(f"</li></{self.lists.pop()}>")

    def _quote(self, depth: int) -> None:
        if depth != self.quotes:
            self._depth(0)
        while self.quotes > depth:
            self.out.append("</blockquote>")
            self.quotes -= 1
        while self.quotes < depth:
            self.out.append("<blockquote>")
            self.quotes += 1

    def _tables(self, cells: list[Block]) -> None:
        """Rows in order; a head opens a new table, but heads next to each other share one."""
        part = ""
        for _, row in groupby(cells, key=lambda each: (each.leaf.row, each.foreign)):
            listed = list(row)
            wanted = "thead" if listed[0].leaf.header else "tbody"
            if not part:
                self.out.append(f"<table><{wanted}>")
            elif part != wanted:
                self.out.append(f"</{part}></table><table><{wanted}>" if wanted == "thead" else f"</{part}><{wanted}>")
            part = wanted
            self.out.append(_row(listed))
        self.out.append(f"</{part}></table>")


def _label(block: Block) -> str:
    return f'<span class="label">{block.label}</span> ' if block.label else ""


def _row(cells: list[Block]) -> str:
    tag = '<th scope="col">' if cells[0].leaf.header else "<td>"
    end = "</th>" if cells[0].leaf.header else "</td>"
    same = {(each.change, each.since) for each in cells}
    change = (
        cells[0].attributes if len(same) == 1 else Block(cells[0].leaf, "", "", "changed", max(each.since for each in cells)).attributes
    )
    return f"<tr{change}>" + "".join(f"{tag}{_label(each)}{each.body}{end}" for each in cells) + "</tr>"
