"""The shape of a clause's text: its items, notes, tables, and the words of each piece."""

import re
from dataclasses import dataclass

from consult.core.language_guess import SURE, guess_language
from consult.core.markup.inline import read_glyphs
from consult.core.parity.lexicon import FUNCTION_WORDS

GUESSED = 12
"""Words from which the guess of the language is trusted."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """`items` depth of each list item in order, `notes` how many, `tables` rows and columns of each, `leaves` visible texts, `text` all
    of them.
    """

    items: tuple[int, ...]
    notes: int
    tables: tuple[tuple[int, int], ...]
    leaves: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.leaves)


def read_shape(source: str) -> Shape:
    """Shape of a clause's Markdown source; labels of items are not part of the texts."""
    glyphs = read_glyphs(source)
    tables: list[list[int]] = []
    row = -2
    for leaf in glyphs.leaves:
        if leaf.kind != "cell":
            continue
        if leaf.header and leaf.column == 0:
            tables.append([0, 0])
        if leaf.row != row:
            tables[-1][0] += 1
            row = leaf.row
        tables[-1][1] = max(tables[-1][1], leaf.column + 1)
    return Shape(
        items=tuple(leaf.depth for leaf in glyphs.leaves if leaf.kind == "item"),
        notes=sum(leaf.kind == "note" for leaf in glyphs.leaves),
        tables=tuple((rows, columns) for rows, columns in tables),
        leaves=tuple(glyphs.text(index) for index in range(len(glyphs.leaves))),
    )


def looks_untranslated(text: str, languages: tuple[str, str], *, same: bool) -> bool:
    """Whether a piece of a translation still stands in the language it was translated from. Short pieces and names are let pass."""
    words = [word.lower() for word in _WORD.findall(text)]
    source, target = languages
    if target == "zh":
        return not _HAN.search(text) and len(words) >= 4
    if source == "zh":
        return len(_HAN.findall(text)) > 8
    if same and len(words) >= 5:
        return True
    here, there = (sum(word in FUNCTION_WORDS.get(language, ()) for word in words) for language in (target, source))
    if len(words) >= 6 and there >= 4 and there > 3 * here:
        return True
    guess = guess_language(text, target)
    return len(words) >= GUESSED and guess.tag.split("-")[0] != target and guess.sureness >= SURE
