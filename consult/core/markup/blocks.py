"""Source to leaves: every paragraph, item, table cell, code block in order, flat, each with the place of its text in the source."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from consult.core.markup.items import Nesting, columns, read_marker

Kind = Literal["para", "note", "item", "heading", "code", "rule", "cell"]
DEEPEST_QUOTE = 4

_QUOTE = re.compile(r"(?: {0,3}>)(?:[ ]?)")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)(?P<title>.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$|=+[ \t]*$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NOTE = re.compile(r"[*_]{0,3}(?:Notes?|NOTES?|Remarques?|注|说明)[ \u00a0\u202f]?\d{0,2}[ \u00a0\u202f]?[:：]")
_LEADS_ON = (":", "：", ";", "；", ",", "，")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of text that stands by itself. `pieces` are its lines: (offset in the source, text).

    `depth` counts the items around it, its own included (0: none); `label` is the item's as printed ("a)"; "" for a bullet or a
    continuation).
    Cells of one `row` (counted through the source) form a table row; `header` cells its head.
    """

    kind: Kind
    pieces: tuple[tuple[int, str], ...] = ()
    depth: int = 0
    label: str = ""
    quote: int = 0
    row: int = -1
    column: int = 0
    header: bool = False


@lru_cache(maxsize=256)
def read_blocks(source: str) -> tuple[Leaf, ...]:
    """The leaves of a Markdown text in document order. Never fails; every word of the source is in one leaf."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.leaves: list[Leaf] = []
        self.open: Leaf | None = None
        self.pieces: list[tuple[int, str]] = []
        self.nesting = Nesting()
        self.quote = 0
        self.rows = 0

    def read(self) -> tuple[Leaf, ...]:
        at = 0
        while at < len(self.lines):
            at = self._block(at)
        self._close()
        return tuple(self.leaves)

    def _block(self, at: int) -> int:
        """Reads the line at this index, or the whole block that begins with it; returns the index after it."""
        line, offset = self._inside_quote(at)
        if not line.strip():
            self._close()
            return at + 1
        if fence := _FENCE.match(line):
            return self._fenced(at, fence[1])
        if heading := _HEADING.match(line):
            self._whole(Leaf("heading", ((offset + heading.start("title"), heading["title"]),), quote=self.quote))
        elif _RULE.match(line):
            self._whole(Leaf("rule", quote=self.quote))
        elif "|" in line and self._delimiter_follows(at, line):
            return self._table(at)
        elif not self._item(line, offset):
            self._text(line, offset)
        return at + 1

    def _inside_quote(self, at: int) -> tuple[str, int]:
        line, cut, depth = self.lines[at], 0, 0
        while mark := _QUOTE.match(line, cut):
            cut, depth = mark.end(), depth + 1
        depth = min(depth, DEEPEST_QUOTE)
        if depth != self.quote:
            self._close()
            self.nesting.clear()
            self.quote = depth
        return line[cut:], self.starts[at] + cut

    def _begin(self, leaf: Leaf, offset: int, text: str) -> None:
        self._close()
        self.open, self.pieces = leaf, [(offset, text)]

    def _close(self) -> None:
        if self.open:
            last, text = self.pieces[-1]
            self.pieces[-1] = (last, text.rstrip())
            self.leaves.append(replace(self.open, pieces=tuple(self.pieces)))
        self.open, self.pieces = None, []

    def _whole(self, leaf: Leaf) -> None:
        self._close()
        self.nesting.clear()
        self.leaves.append(leaf)

    def _item(self, line: str, offset: int) -> bool:
        marker = read_marker(line)
        if not marker:
            return False
        in_prose = self.open is not None and self.open.depth == 0
        if in_prose and not marker.is_first and not self.pieces[-1][1].rstrip().endswith(_LEADS_ON):
            return False
        depth = self.nesting.enter(marker)
        label = "" if marker.is_bullet else marker.label
        self._begin(Leaf("item", depth=depth, label=label, quote=self.quote), offset + marker.start, line[marker.start :])
        return True

    def _text(self, line: str, offset: int) -> None:
        text = line.lstrip()
        indent = len(line) - len(text)
        is_note = bool(_NOTE.match(text))
        if self.open and not is_note:
            self.pieces.append((offset + indent, text))
            return
        depth = self.nesting.depth_of(columns(line[:indent]))
        if not depth:
            self.nesting.clear()
        self._begin(Leaf("note" if is_note else "para", depth=depth, quote=self.quote), offset + indent, text)

    def _fenced(self, at: int, mark: str) -> int:
        """A fence runs to its like, or to the end of the text or of the quote."""
        depth = self.nesting.depth_of(columns(self.lines[at][: len(self.lines[at]) - len(self.lines[at].lstrip())]))
        self._close()
        info = self.lines[at].split(mark[0] * 3, 1)[-1].strip(mark[0] + " \t")
        pieces = [(self.starts[at] + self.lines[at].rfind(info), info)] if " " in info else []  # one word names a language
        quote = self.quote
        at += 1
        while at < len(self.lines):
            line, offset = self._inside_quote(at)
            if self.quote != quote:
                break
            at += 1
            closing = _FENCE.match(line)
            if closing and closing[1].startswith(mark) and not line.strip().strip(mark[0]):
                break
            pieces.append((offset, line))
        self.leaves.append(Leaf("code", tuple(pieces), depth=depth, quote=quote))
        return at

    def _delimiter_follows(self, at: int, line: str) -> bool:
        if at + 1 >= len(self.lines):
            return False
        following = self.lines[at + 1]
        for _ in range(self.quote):
            following = _QUOTE.sub("", following, count=1)
        return bool(_DELIMITER.match(following)) and "-" in following and len(_cells(following, 0)) == len(_cells(line, 0))

    def _table(self, at: int) -> int:
        self._close()
        self.nesting.clear()
        header, quote = True, self.quote
        while at < len(self.lines):
            line, offset = self._inside_quote(at)
            if self.quote != quote or "|" not in line or not line.strip():
                break
            for column, piece in enumerate(_cells(line, offset)):
                self.leaves.append(Leaf("cell", (piece,), quote=quote, row=self.rows, column=column, header=header))
            self.rows += 1
            at += 2 if header else 1
            header = False
        return at


def _cells(line: str, offset: int) -> list[tuple[int, str]]:
    """Cells of a table row with their offsets; a pipe behind a backslash belongs to the text."""
    cuts = [found.start() for found in re.finditer(r"(?<!\\)\|", line)]
    bounds = [-1, *cuts, len(line)]
    cells = []
    for start, end in pairwise(bounds):
        raw = line[start + 1 : end]
        text = raw.strip()
        cells.append((offset + start + 1 + len(raw) - len(raw.lstrip()), text))
    if line.lstrip().startswith("|"):
        del cells[0]
    if len(cells) > 1 and re.search(r"(?<!\\)\|\s*$", line):
        del cells[-1]
    return cells
