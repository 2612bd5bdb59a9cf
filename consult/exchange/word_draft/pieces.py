"""Cutting and judging rows of pieces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.core.markup.items import read_marker
from consult.exchange.word_draft.passage import BREAK, Piece

TITLE_LENGTH = 160
LINE_LENGTH = 100
_BULLETS = "•◦▪▫●○■□◆◇➢➔✓·∙‣⁃–—"
_TYPED_BULLET = re.compile(rf"[{_BULLETS}\-*+][ \t\u00a0\u3000]+(?=\S)")
_ENDED = re.compile(r"[.;。；！!?？][”’\"»)）]?$")
_LEAD_END = re.compile(r"[.:：。．]?\s*$")


@dataclass(frozen=True, slots=True)
class Marked:
    """The marker of an item as the draft prints it, and how many characters of the text it took."""

    label: str
    taken: int


def text_of(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def cut(pieces: Sequence[Piece], start: int, end: int | None = None) -> list[Piece]:
    """The pieces of the characters `start..end` of their text; marks of notes and pictures without text stay with what stands before."""
    found, at = [], 0
    stop = len(text_of(pieces)) if end is None else end
    for piece in pieces:
        after = at + len(piece.text)
        if not piece.text:
            if start <= at and (at <= stop):
                found.append(piece)
        elif after > start and at < stop:
            found.append(replace(piece, text=piece.text[max(0, start - at) : stop - at]))
        at = after
    return found


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Without white space at both ends."""
    text = text_of(pieces)
    return cut(pieces, len(text) - len(text.lstrip()), len(text.rstrip())) if text.strip() else list(pieces)


def marker_of(text: str) -> Marked | None:
    """The marker of an item that a text was typed with, in a form drafts know; typed dots and dashes are bullets."""
    head = text.lstrip()
    skipped = len(text) - len(head)
    if bullet := _TYPED_BULLET.match(head):
        return Marked("-", skipped + bullet.end())
    known = read_marker(head)
    if known is None or known.start >= len(head):
        return None
    return Marked("-" if known.is_bullet else known.label, skipped + known.start)


def item_label(label: str) -> str:
    """An automatic label as the marker of an item; "" where drafts know no such marker."""
    if label in _BULLETS or label in "-*+o§":
        return "-" if label else ""
    known = read_marker(f"{label} x")
    return known.label if known and known.start == len(label) + 1 else ""


def is_prose(text: str) -> bool:
    """Sentences rather than a title."""
    text = " ".join(text.split())
    wide = sum(char > "\u2e80" for char in text)
    length = len(text) + wide  # a Han character says as much as two letters and more
    return length > TITLE_LENGTH or (length > 50 and bool(_ENDED.search(text)))


def is_line(text: str) -> bool:
    """Short, and not ended as a sentence is: it might be a heading."""
    text = text.strip()
    return 0 < len(text) <= LINE_LENGTH and not _ENDED.search(text) and text[-1] not in ":：,，" and BREAK not in text


def titled(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Title and text of a clause that stands in one paragraph: its bold beginning, its first line, or all of it where that is short."""
    pieces = trimmed(pieces)
    text = text_of(pieces)
    bold = 0
    for piece in pieces:
        if piece.text.strip() and not piece.bold:
            break
        bold += len(piece.text)
    lead, rest = text[:bold], text[bold:]
    if lead.strip() and rest.strip() and len(lead) <= TITLE_LENGTH and (_LEAD_END.search(lead) or rest[:1].isspace()):
        ended = _LEAD_END.search(lead)
        return trimmed(cut(pieces, 0, ended.start() if ended else bold)), trimmed(cut(pieces, bold))
    first, broken, after = text.partition(BREAK)
    if broken and is_line(first) and after.strip():
        return trimmed(cut(pieces, 0, len(first))), trimmed(cut(pieces, len(first)))
    if not is_prose(text) and (is_line(text) or (lead and not rest.strip())):
        return pieces, []
    return [], pieces


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """A paragraph cut at its breaks where the next line is an item typed by hand; other breaks stay inside."""
    text = text_of(pieces)
    starts = [0]
    for found in re.finditer(BREAK, text):
        if marker_of(text[found.end() : found.end() + 40].partition(BREAK)[0]):
            starts.append(found.end())
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return [cut(pieces, start, end) for start, end in zip(starts, ends, strict=True)]
