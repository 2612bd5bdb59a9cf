"""Lightly stemmed words for comparing clauses. Han text gives its characters and its pairs of neighbouring characters.

The stemming is deliberately light: it strips inflection (plural, participle, gender), keeps derivation, and never needs a dictionary.
"""

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "\u00ad": None}
)
_PIECES = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACE = re.compile(r"\s+")

_FR_ENDINGS = (
    "issements",
    "issement",
    "issantes",
    "issants",
    "issante",
    "issant",
    "eraient",
    "erait",
    "eront",
    "aient",
    "ées",
    "és",
    "ée",
    "ent",
    "ant",
    "antes",
    "ants",
    "ante",
    "er",
    "ir",
    "ez",
    "ais",
    "ait",
    "aux",
    "eux",
    "euse",
    "euses",
    "es",
    "é",
    "e",
    "s",
    "x",
)
_EN_SUFFIXES = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("es", "e"), ("s", ""))
_SHORT_STEM = 4


def fold(text: str) -> str:
    """Folds what is no change of wording: width and compatibility forms, case, quotes, dashes, kinds and runs of space."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)).strip()


def language_of(text: str) -> str:
    """Guesses zh, fr or en from script and small words; only for texts that name no language."""
    sample = text[:4000]
    if len(_HAN.findall(sample)) * 4 > len(sample):
        return "zh"
    words = sample.casefold().split()
    french = sum(word in {"le", "la", "les", "des", "et", "du", "une", "est", "aux", "doit", "par", "dans"} for word in words)
    english = sum(word in {"the", "of", "and", "to", "shall", "is", "for", "in", "by", "with", "a", "or"} for word in words)
    return "fr" if french > english else "en"


def stems(text: str, language: str) -> list[str]:
    """Returns the comparison words of a plain text, in order; Han runs as characters and pairs of characters."""
    found: list[str] = []
    for piece in _PIECES.findall(fold(text)):
        if _HAN.match(piece):
            found.extend(piece)
            found.extend(piece[at : at + 2] for at in range(len(piece) - 1))
        else:
            found.append(_stem(piece, language))
    return found


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    if not word.isalpha() or len(word) <= _SHORT_STEM:
        return word[:-1] if language == "en" and len(word) == _SHORT_STEM and word.endswith("s") and not word.endswith("ss") else word
    return _french(word) if language == "fr" else _english(word)


def _english(word: str) -> str:
    for ending, instead in _EN_SUFFIXES:
        if word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + instead if len(word) - len(ending) >= _SHORT_STEM - 1 else word
            break
    if len(word) > _SHORT_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORT_STEM else word


def _french(word: str) -> str:
    for ending in _FR_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT_STEM - 1:
            return word[: -len(ending)]
    return word
