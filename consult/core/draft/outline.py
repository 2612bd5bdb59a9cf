"""Lines to headings: which lines of a draft are headings and what text stands under each."""

import re
from dataclasses import dataclass
from typing import Literal

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_GLUED = re.compile(r" {0,3}#{1,6}[^\s#]*\d")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_HTML = re.compile(r"<!--|<[?!][A-Za-z]|</?[A-Za-z][A-Za-z0-9\-]*(?:\s[^<>]*)?/?>")
_NOT_PARAGRAPH = re.compile(r"\s*$|\s*[|>]| {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)| {4}|\t")

Oddity = Literal["setext_heading", "heading_without_space", "raw_html", "fence_open"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (level 0: the text before the first one) at `line` of the file (1-based) and the text up to the next, exact but for blank
    lines at both ends.
    """

    level: int
    heading: str
    line: int
    text: str


def sections(lines: list[str], first_line: int) -> tuple[list[Section], list[tuple[Oddity, int]]]:
    """Splits lines at their ATX headings outside fenced code; also lines that look like something they will not be read as."""
    found: list[Section] = []
    odd: list[tuple[Oddity, int]] = []
    level, heading, line, body = 0, "", first_line, list[str]()
    fence, fence_line = "", 0
    for number, text in enumerate(lines, first_line):
        mark = _FENCE.match(text)
        if fence:
            if mark and mark[1].startswith(fence) and not text.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence, fence_line = mark[1], number
        elif atx := _ATX.match(text):
            found.append(Section(level, heading, line, exact(body)))
            level, heading, line, body = len(atx[1]), _title(atx[2]), number, []
            continue
        else:
            odd += [(oddity, number) for oddity in _oddities(text, body[-1] if body else "")]
        body.append(text)
    found.append(Section(level, heading, line, exact(body)))
    if fence:
        odd.append(("fence_open", fence_line))
    return found, odd


def exact(lines: list[str]) -> str:
    """Lines as one text: blank ones at both ends removed, nothing else changed."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return "\n".join(lines[start:end])


def _title(heading: str | None) -> str:
    text = (heading or "").strip()
    return "" if text.strip("#") == "" else text


def _oddities(text: str, before: str) -> list[Oddity]:
    odd: list[Oddity] = []
    if _UNDERLINE.match(text) and not _NOT_PARAGRAPH.match(before):
        odd.append("setext_heading")
    if _GLUED.match(text):
        odd.append("heading_without_space")
    if "<" in text and _HTML.search(re.sub(r"`[^`]*`", "", text)):
        odd.append("raw_html")
    return odd
