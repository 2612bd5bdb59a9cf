"""Two statements that correspond: what in the words of the new one asks more, asks less, or only says it otherwise."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from consult.core.diff import diff
from consult.core.meaning.figures import figure_signs
from consult.core.meaning.forces import ADVISING, BINDING, turned
from consult.core.meaning.labels import Direction, Sign
from consult.core.meaning.phrases import ASSURANCE, COORDINATORS, PHRASES
from consult.core.meaning.quantity_words import REFERENCES
from consult.core.meaning.statements import Statement, words_of
from consult.core.parity.lexicon import FUNCTION_WORDS

QUOTED = 140
"""Characters of a quotation."""
DEMAND = {"zh": 4, "": 2}
"""Words (of Han: characters) from which an insertion is a demand of its own."""
SPELLING = 2
"""Letters by which two spellings of one word may differ."""


def quote(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"


def signs(old: Statement, new: Statement, language: str, terms: tuple[str, ...]) -> Iterator[Sign]:
    """Every sign of a statement that was reworded; `wording` or `form` where there is no weightier one."""
    found = [*_forces(old, new, language)]
    governed = old.force is not None or new.force is not None
    if governed or new.kind == "row":
        found += figure_signs(old, new, language)
    if governed:
        found += _phrases(old, new, language)
        found += _terms(old, new, language, terms)
        found += _demands(old, new, language, found)
    if not found and old.text != new.text:
        kind = "form" if only_form(old.text, new.text, language) else "wording"
        gone, come = changed_words(old.text, new.text, language)
        found.append(Sign(kind, "none", language, quote(gone), quote(come), new.where))  # type: ignore[arg-type]
    yield from found


def _forces(old: Statement, new: Statement, language: str) -> Iterator[Sign]:
    if "note" in (old.kind, new.kind) or (old.lead and new.lead and not old.forces and not new.forces):
        return  # the verb that leads to an item is told where it stands
    gone, come = _strengths(old), _strengths(new)
    for strength in [force for force, _ in gone]:
        match = next((pair for pair in come if pair[0] == strength), None)
        if match:
            come.remove(match)
            gone.remove(next(pair for pair in gone if pair[0] == strength))
    where = new.where
    for (before, was), (after, now) in zip(gone, come, strict=False):
        if (direction := turned(before, after)) == "none":
            continue
        if before is None or after is None:
            added = before is None
            yield from _alone(after if added else before, direction, language, new.text if added else old.text, added, where)
            continue
        yield Sign("strength", direction, language, was, now, where)
        if {before, after} & set(BINDING) and {before, after} & {"may", "need_not"}:
            yield Sign("obligation", direction, language, was, now, where)
    for added, left, text in ((False, gone[len(come) :], old.text), (True, come[len(gone) :], new.text)):
        for force, words in left:
            if force is not None:
                yield from _alone(force, "stricter" if added else "looser", language, _from(text, words), added, where)


def _strengths(statement: Statement) -> list[tuple[str | None, str]]:
    return [(force.strength, force.words) for force in statement.forces] or [(statement.lead, "")]


def _alone(force: str | None, direction: Direction, language: str, words: str, added: bool, where: str) -> Iterator[Sign]:
    """A verb that only one side has."""
    kind = "obligation" if force in BINDING else "recommendation" if force in ADVISING else "permission"
    if kind == "permission":
        direction = "looser" if added else "stricter"
    yield Sign(kind, direction, language, "" if added else quote(words), quote(words) if added else "", where)  # type: ignore[arg-type]


def _from(text: str, words: str) -> str:
    return text[text.rfind(words) :] if words else text


def _phrases(old: Statement, new: Statement, language: str) -> Iterator[Sign]:
    free = new.force in ("may", "need_not") and old.force in ("may", "need_not")
    for kind, patterns in PHRASES.items():
        pattern = patterns.get(language)
        if pattern is None:
            continue
        gone, come = ([found[0] for found in pattern.finditer(text)] for text in (old.text, new.text))
        lost, won = (
            Counter(map(str.lower, gone)) - Counter(map(str.lower, come)),
            Counter(map(str.lower, come)) - Counter(map(str.lower, gone)),
        )
        more = won.total() - lost.total()
        if not more:
            continue
        tightens = kind in ASSURANCE
        direction: Direction = "stricter" if (more > 0) == (tightens != free) else "looser"
        if free and kind in ASSURANCE:
            continue  # what may be published binds nobody
        words = next(iter(won if more > 0 else lost))
        named = "assurance" if tightens else kind
        yield Sign(named, direction, language, "" if more > 0 else words, words if more > 0 else "", new.where)  # type: ignore[arg-type]


def _terms(old: Statement, new: Statement, language: str, terms: tuple[str, ...]) -> Iterator[Sign]:
    before, after = terms_in(old.text, terms, language), terms_in(new.text, terms, language)
    gone, come = before - after, after - before
    if gone and come and len(before) == len(after):
        yield Sign("term", "none", language, ", ".join(sorted(gone)), ", ".join(sorted(come)), new.where)


def terms_in(text: str, terms: tuple[str, ...], language: str) -> set[str]:
    """Defined terms that a text uses; a longer one hides the shorter ones inside it."""
    found = set()
    for term in sorted(terms, key=len, reverse=True):
        text, count = term_pattern(term, language).subn("#", text)
        if count:
            found.add(term)
    return found


@lru_cache(maxsize=512)
def term_pattern(term: str, language: str) -> re.Pattern[str]:
    """A term in singular and plural; in Latin letters with its capital, which marks it as defined."""
    if language == "zh":
        return re.compile(re.escape(term))
    words = []
    for word in term.split():
        stem = re.sub(r"(?:ies|y|es|s|x|e)$", "", word) if len(word) > 3 else word
        words.append(re.escape(stem) + r"(?:ies|y|es|e|s|x)*")
    return re.compile(r"(?<!\w)" + r"[ \u00a0]".join(words) + r"(?!\w)")


def _demands(old: Statement, new: Statement, language: str, found: list[Sign]) -> Iterator[Sign]:
    """Words that were only added, or only taken away, and begin like a further demand."""
    force = new.force
    if force not in (*BINDING, *ADVISING) or old.force != force:
        return
    known = [words for sign in found for words in (sign.old, sign.new) if words]
    spans, _ = diff(old.text, new.text, language)
    for at, (mark, words) in enumerate(spans):
        beside = {spans[each][0] for each in (at - 1, at + 1) if 0 <= each < len(spans)}
        if mark == "=" or {"-", "+"} & beside or not COORDINATORS[language].match(words):
            continue
        content = [word for word in words_of(words) if word not in FUNCTION_WORDS.get(language, ())]
        least = DEMAND.get(language, DEMAND[""])
        if (words_of(words).total() if language == "zh" else len(content)) < least or any(each.lower() in words.lower() for each in known):
            continue
        if any(PHRASES[kind][language].search(words) for kind in ("condition", "weakener")):
            continue
        direction: Direction = "stricter" if mark == "+" else "looser"
        yield Sign("demand", direction, language, quote(words) if mark == "-" else "", quote(words) if mark == "+" else "", new.where)


def changed_words(old: str, new: str, language: str) -> tuple[str, str]:
    """The words that go and those that come, each run of them separated by an ellipsis."""
    spans, _ = diff(old, new, language)
    gone, come = ([words.strip() for mark, words in spans if mark == wanted and words.strip()] for wanted in "-+")
    return " … ".join(gone), " … ".join(come)


_HAN_SMALL = re.compile("[的了和及与并、，。；：“”（）或之其所将]")


def only_form(old: str, new: str, language: str) -> bool:
    """Whether two texts differ in nothing but punctuation, small words, order, spelling, or the numbers of clauses they refer to."""
    one, other = _bare(old, language), _bare(new, language)
    lost, won = one - other, other - one
    if not lost and not won:
        return True
    gone, come = sorted(lost.elements()), sorted(won.elements())
    return len(gone) == len(come) and all(
        min(len(a), len(b)) >= 5 and a.isalpha() and Levenshtein.distance(a, b) <= SPELLING for a, b in zip(gone, come, strict=True)
    )


_LATIN = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]")
_ARTICLES = {
    "en": frozenset(
        [
            "a",
            "an",
            "the",
            "of",
            "to",
            "and",
            "or",
            "that",
            "which",
            "by",
            "for",
            "with",
            "is",
            "are",
            "be",
            "it",
            "its",
            "their",
            "this",
            "these",
            "such",
            "as",
            "in",
            "on",
            "at",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "l",
            "un",
            "une",
            "des",
            "du",
            "de",
            "d",
            "et",
            "ou",
            "que",
            "qui",
            "par",
            "pour",
            "avec",
            "est",
            "sont",
            "il",
            "elle",
            "sa",
            "son",
            "ses",
            "ce",
            "cette",
            "ces",
            "à",
            "au",
            "aux",
            "en",
            "dans",
        ]
    ),
}


def _bare(text: str, language: str) -> Counter[str]:
    text = unicodedata.normalize("NFKC", text).lower()
    if language in REFERENCES:
        text = REFERENCES[language].sub(" ", text)
    if language == "zh":
        text = _HAN_SMALL.sub("", text)
    return Counter(word for word in _LATIN.findall(text) if word not in _ARTICLES.get(language, ()))
