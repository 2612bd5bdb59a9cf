"""The exact words of a clause that a comment is about, and where they stand now. Positions count in `consult.core.render.plain_text`.

People copy words with other white space, quotation marks or hyphens than the text has; such differences are passed over when the words are
looked for. What is stored is the text's own words. Once stored they are never dropped or moved: a text that changed under them shows them as
moved or as lost, and only a person can say more.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

CONTEXT = 40
"""Characters of the text kept on either side."""
AnchorState = Literal["found", "moved", "lost"]
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\uff07`\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u300c\u300d\u300e\u300f"
_ALIKE = {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"')}
_PASSED_OVER = "|"
"""Joins the cells of a row in the plain text; nobody copies it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """`words` are the text from `start` to `end`, `prefix` and `suffix` what stood around them (up to `CONTEXT` characters)."""

    words: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnchorSeen:
    """An anchor held against the text shown now. `start` and `end` are where its words stand there; None where they are lost."""

    anchor: Anchor
    state: AnchorState
    start: int | None = None
    end: int | None = None


def anchor_at(plain: str, start: int, end: int) -> Anchor:
    """The anchor on a part of a plain text. ValueError where there is no such part."""
    if not 0 <= start < end <= len(plain):
        raise ValueError(f"{start}-{end} is no part of a text of {len(plain)} characters")
    return Anchor(plain[start:end], plain[max(0, start - CONTEXT) : start], plain[end : end + CONTEXT], start, end)


def occurrences(plain: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where words as somebody copied or typed them stand in a plain text, from and to, in order; they may overlap.

    Passed over: white space, soft breaks, kinds of quotation marks and hyphens, large and small letters. Where the words stand as whole
    words somewhere, those places alone count.
    """
    wanted, _ = _bare(words)
    text, places = _bare(plain)
    if not wanted:
        return ()
    found, at = [], text.find(wanted)
    while at >= 0:
        found.append((places[at], places[at + len(wanted) - 1] + 1))
        at = text.find(wanted, at + 1)
    return tuple(each for each in found if _whole_words(plain, *each)) or tuple(found)


def placed(plain: str, words: str, hint: str = "") -> tuple[tuple[int, int], ...]:
    """The occurrences that a hint leaves: one where it decides, none for words that are not there.

    A hint is the position at which the words begin, or `…` and the text right before them, as a script tells it.
    """
    found = occurrences(plain, words)
    if hint.isascii() and hint.isdigit():
        return tuple(each for each in found if each[0] == int(hint[:9])) or found
    before, _ = _bare(hint.removeprefix("…"))
    if not before:
        return found
    alike = [_common_end(_bare(plain[:start])[0], before) for start, _ in found]
    return tuple(each for each, length in zip(found, alike, strict=True) if length and length == max(alike))


def held_against(anchor: Anchor, plain: str) -> AnchorSeen:
    """An anchor and the plain text shown now.

    `found`: the words stand where they stood, with the same text on one side at least, or nowhere else. `moved`: they stand in another place,
    the only one with the same text around them, or the only one at all. `lost`: gone, changed, or in several places of which none can be told from another.
    """
    places = _exactly(plain, anchor.words)
    around = {start: _around(anchor, plain, start) for start in places}
    if around.get(anchor.start) or places == [anchor.start]:
        return AnchorSeen(anchor, "found", anchor.start, anchor.end)
    for enough in (2, 1, 0):
        near = [start for start in places if around[start] >= enough]
        if len(near) == 1:
            return AnchorSeen(anchor, "moved", near[0], near[0] + len(anchor.words))
        if near:
            break
    return AnchorSeen(anchor, "lost")


def _exactly(plain: str, words: str) -> list[int]:
    found, at = [], plain.find(words)
    while at >= 0:
        found.append(at)
        at = plain.find(words, at + 1)
    return found


def _around(anchor: Anchor, plain: str, start: int) -> int:
    """On how many sides the same text stands; a side without any counts as the same where the text ends there too."""
    end = start + len(anchor.words)
    before, after = plain[max(0, start - CONTEXT) : start], plain[end : end + CONTEXT]
    return (before == anchor.prefix) + (after == anchor.suffix)


def _bare(text: str) -> tuple[str, list[int]]:
    """The letters that count, and the place of each in the text."""
    letters, places = [], []
    for index, letter in enumerate(text):
        if letter in _PASSED_OVER or letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc"):
            continue
        for folded in _ALIKE.get(letter, letter).casefold():
            letters.append(folded)
            places.append(index)
    return "".join(letters), places


def _whole_words(plain: str, start: int, end: int) -> bool:
    """Neither end cuts a word of letters or digits in two; where words are not parted by spaces (zh) every end is one."""
    return not (_joined(plain[start - 1 : start], plain[start]) or _joined(plain[end - 1], plain[end : end + 1]))


def _joined(left: str, right: str) -> bool:
    return all(letter.isalnum() and unicodedata.category(letter) != "Lo" for letter in (left, right)) if left and right else False


def _common_end(text: str, other: str) -> int:
    length = 0
    while length < min(len(text), len(other)) and text[-1 - length] == other[-1 - length]:
        length += 1
    return length
