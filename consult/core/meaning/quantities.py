"""Figures, periods, deadlines and dates of a statement, each with the direction in which it binds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from consult.core.meaning.forces import Force
from consult.core.meaning.phrases import CAUSES, LESS_IS_ASKED
from consult.core.meaning.quantity_words import AFTER, BEFORE, DAYS, REFERENCES, RHYTHMS
from consult.core.parity.figures import DATES, date_value, figure_value, han_value, word_value
from consult.core.parity.lexicon import BETWEEN, NUMBERS, UNITS

TIME = ("year", "month", "week", "day", "hour", "minute")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`role`: max, min (limits), deadline, frequency, date, until, from, over and under (whom the sentence speaks of), or plain.

    `unit` "time" in days, "date" as yyyymmdd, "" for a count; `start` and `end` of the figure in the statement; `words` with what gives its role.
    """

    value: float
    unit: str
    role: str
    words: str
    start: int
    end: int


_GAP = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.,])(?:\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*)(?:{_GAP}?(?P<scale>million|mille\b|万|亿))?"
)
_UNIT = re.compile(_GAP + "?-?" + BETWEEN + "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in UNITS.items()) + ")", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HAN = re.compile("[零〇一二两三四五六七八九十百千]+")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
NEAR_BEFORE, NEAR_AFTER, CAUSE = 48, 24, 70


@lru_cache(maxsize=4096)
def read_quantities(text: str, language: str, forces: tuple[Force, ...] = (), *, led: bool = False) -> tuple[Quantity, ...]:
    """All quantities of a statement. `forces` are its verbs; `led`: another sentence's verb governs it, so that all of it is what is asked."""
    if language not in BEFORE:
        return ()
    bare = REFERENCES[language].sub(lambda found: "#" * len(found[0]), text)
    first = forces[0].start if forces and not led else -1
    negated = bool(forces) and forces[0].strength in ("shall_not", "should_not")
    found = [_role(bare, language, raw, first, negated) for raw in _raw(bare, language)]
    return tuple(sorted(found, key=lambda quantity: quantity.start))


Raw = tuple[float, str, int, int]


def _raw(text: str, language: str) -> Iterator[Raw]:
    taken: set[int] = set()

    def free(start: int, end: int) -> bool:
        if taken.intersection(range(start, end)):
            return False
        taken.update(range(start, end))
        return True

    for pattern in DATES.get(language, ()):
        for found in pattern.finditer(text):
            if free(found.start(), found.end()):
                yield date_value(found, language), "date", found.start(), found.end()
    for words, days in RHYTHMS[language]:
        for found in words.finditer(text):
            if free(found.start(), found.end()):
                yield days, "rhythm", found.start(), found.end()
    for found in _YEAR.finditer(text):
        end = found.end() + (1 if text[found.end() : found.end() + 1] == "年" else 0)
        if free(found.start(), end):
            yield float(f"{found[0]}0000"), "date", found.start(), end
    for value, start, end, digits in (*_digits(text, language), *_words(text, language)):
        unit = _UNIT.match(text, end)
        name = unit.lastgroup if unit else ""
        if not digits and value <= 1 and name not in TIME:
            continue  # "one of them" is no figure
        stop = unit.end() if unit else end
        if free(start, stop):
            yield (value * DAYS[name], "time", start, stop) if name in DAYS else (value, name or "", start, stop)


def _digits(text: str, language: str) -> Iterator[tuple[float, int, int, bool]]:
    for found in _NUMBER.finditer(text):
        try:
            yield float(figure_value(found, language)), found.start(), found.end(), True
        except ValueError:
            continue


def _words(text: str, language: str) -> Iterator[tuple[float, int, int, bool]]:
    if language == "zh":
        for found in _HAN.finditer(text):
            if text[max(0, found.start() - 1) : found.start()] != "第":
                yield float(han_value(found[0])), found.start(), found.end(), False
        return
    known = NUMBERS[language]
    for found in _WORD.finditer(text):
        value = word_value(found[0].lower(), known)
        if value is not None:
            end = found.end() if found[0].lower() in known or value > 20 else found.start() + len(found[0].split("-")[0])
            yield float(value), found.start(), end, False


def _role(text: str, language: str, raw: Raw, first: int, negated: bool) -> Quantity:
    value, unit, start, end = raw
    before, after = text[max(0, start - NEAR_BEFORE) : start], text[end : end + NEAR_AFTER]
    role, left, right = _near(before, after, language)
    words = text[start - left : end + right].strip(" ,;")
    if unit == "rhythm":
        return Quantity(value, "time", "frequency", words, start, end)
    if unit == "date":
        return Quantity(value, unit, role if role in ("until", "from") else "date", words, start, end)
    if role == "frequency" and unit != "time":
        role = ""
    if role == "deadline" and unit != "time":  # within 20 km: how far the sentence reaches
        return Quantity(value, unit, "under", words, start, end)
    if role in ("over", "under", "min", "max") and 0 <= start < first and _names_whom(text, language, start - left, end, first):
        role = "over" if role in ("over", "min") else "under"
    elif role == "over":
        role = "max" if negated else "min"
    elif role == "under":
        role = "min" if negated else "max"
    elif role in ("", "until", "from") and LESS_IS_ASKED[language].search(before):
        role = "min"
    return Quantity(value, unit, "plain" if role in ("", "until", "from") else role, words, start, end)


def _names_whom(text: str, language: str, start: int, end: int, first: int) -> bool:
    """Whether a figure before the verb says of whom the sentence speaks: "Entities with more than 50 Workers shall", 工人超过50名的实体应."""
    if language == "zh":
        between = text[end:first]
        return "的" in between and "，" not in between[: between.index("的")]
    return bool(CAUSES[language].search(text[max(0, start - CAUSE) : start]))


def _near(before: str, after: str, language: str) -> tuple[str, int, int]:
    """The role that the words next to a figure give it, and how many characters of them to quote on either side."""
    for role, pattern in AFTER[language]:
        if found := pattern.match(after):
            return role, 0, found.end()
    for role, pattern in BEFORE[language]:
        if found := pattern.search(before):
            return role, len(before) - found.start(), 0
    return "", 0, 0
