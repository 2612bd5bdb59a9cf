"""Where defined terms are used, in the forms their language gives them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from consult.core.citation.definitions import DefinedTerm
from consult.core.citation.passages import passages

_ENGLISH = (
    (r"([^aeiou])y$", r"\1(?:y|ies)"),
    (r"ies$", "(?:ies|y)"),
    (r"(ch|sh|ss|x)$", r"\1(?:es)?"),
    (r"([^s])s$", r"\1s?"),
    (r"$", "s?"),
)
_FRENCH = (
    (r"eur$", "eu(?:rs?|ses?)"), (r"if$", "i(?:fs?|ves?)"), (r"al$", "a(?:ls?|ux|les?)"), (r"eau$", "eaux?"), (r"aux$", "aux?"),
    (r"el$", "el(?:s|les?)?"), (r"ées?$", "ée?s?"), (r"és?$", "ée?s?"), (r"es$", "e?s?"), (r"e$", "es?"), (r"([sx])$", r"\1?"), (r"$", "e?s?"),
)  # fmt: skip
_SMALL_WORDS = frozenset(
    ["of", "the", "and", "or", "for", "in", "to", "de", "des", "du", "la", "le", "les", "et", "ou", "à", "au", "aux", "en", "dans"]
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_COMPOUNDS = ("基础设施",)
"""Chinese words in which a term is only a part of another word."""


@dataclass(frozen=True, slots=True, order=True)
class TermUse:
    """A use of a term (`position` as in DefinedTerm); `start` and `end` are places in the source."""

    start: int
    end: int
    position: int


def find_terms(
    text: str, language: str, terms: Sequence[tuple[int, tuple[str, ...]]], *, defined_here: Iterable[DefinedTerm] = ()
) -> tuple[TermUse, ...]:
    """Uses of terms (key, forms) in a Markdown text, in order, the longest name first, without overlap.

    English and French: plurals and agreement; a term written with a capital is used only with it. Chinese: exactly. `defined_here` are the
    terms that this very text defines: not their names, and no term in its own definition. Never fails.
    """
    own = tuple(defined_here)
    pattern, keys = _pattern(tuple(terms), language.split("-")[0].lower())
    found = []
    for passage in passages(text) if keys else ():
        for match in pattern.finditer(passage.text):
            key = keys[int((match.lastgroup or "t-1")[1:])] if match.lastgroup else None
            span = passage.span(match.start(), match.end())
            if key is None or span is None or any(_own(each, key, span) for each in own):
                continue
            found.append(TermUse(*span, key))
    return tuple(found)


def _own(term: DefinedTerm, key: int, span: tuple[int, int]) -> bool:
    in_name = term.start <= span[0] < term.end
    return in_name or (term.position == key and (term.start < 0 or term.start <= span[0] < term.until))


@lru_cache(maxsize=64)
def _pattern(terms: tuple[tuple[int, tuple[str, ...]], ...], language: str) -> tuple[re.Pattern[str], tuple[int, ...]]:
    """One pattern for all forms, the longest first; a group per form. The keys tell whose form it is."""
    forms = sorted(((form, key) for key, names in terms for form in names if form.strip()), key=lambda each: (-len(each[0]), each[0]))
    skipped = "|".join(map(re.escape, _COMPOUNDS))
    alternatives = [f"(?:{skipped})", *(f"(?P<t{at}>{_form(form, language)})" for at, (form, _) in enumerate(forms))]
    return re.compile("|".join(alternatives)), tuple(key for _, key in forms)


def _form(form: str, language: str) -> str:
    if _HAN.search(form):
        return re.escape(form)
    words = form.split()
    body = r"[ \u00a0\u202f\n]+".join(_word(word, language, is_first=at == 0) for at, word in enumerate(words))
    return rf"(?<![^\W\u3400-\u9fff]){body}(?![^\W\u3400-\u9fff])"


def _word(word: str, language: str, *, is_first: bool) -> str:
    """A word with its endings; an acronym takes an s; the first letter of a small word may be large (at the beginning of a sentence)."""
    stem, tail = word.rstrip(",;"), word[len(word.rstrip(",;")) :]
    if stem.isupper() or not stem[-1:].isalpha() or len(stem) < 3:
        return re.escape(stem) + ("s?" if stem.isupper() and len(stem) > 1 else "") + tail
    written = stem if stem.casefold() in _SMALL_WORDS else _inflected(stem, language)
    if is_first and stem[0].islower():
        written = f"[{stem[0]}{stem[0].upper()}]{written[1:]}"
    return written + tail


def _inflected(word: str, language: str) -> str:
    for ending, forms in {"en": _ENGLISH, "fr": _FRENCH}.get(language, ()):
        if re.search(ending, word):
            return re.sub(ending, forms, re.escape(word).replace("\\-", "-"), count=1) if word.isalpha() else re.escape(word) + "s?"
    return re.escape(word)
