"""Figures, dates and units of a text, in a form that compares across languages."""

import re
from dataclasses import dataclass, field

from consult.core.parity.lexicon import BETWEEN, HAN_DIGITS, HAN_SCALES, MONTHS, NUMBERS, PERIODS, SCALES, UNITS

_HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千]+")

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.,])(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d[\d.,]*)(?:{_SPACE}?(?P<scale>million|mille\b|万|亿))?"
)
_UNIT = re.compile(
    _SPACE + "?-?" + BETWEEN + "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in UNITS.items()) + ")", re.IGNORECASE
)


@dataclass(slots=True)
class Figures:
    """`figures` value -> the words it was read from, `loose` values that words or numerals may stand for, `dates` as 2024-01-31, 2024-01 or
    --01-31 -> the words, `units` of each value that has one."""

    figures: dict[str, str] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    dates: dict[str, str] = field(default_factory=dict)
    units: dict[str, set[str]] = field(default_factory=dict)


def read_figures(text: str, language: str) -> Figures:
    """Everything countable in a text. Figures in digits are binding; a number in words binds only as a period (five years, 三个月)."""
    found = Figures()
    text = _dates(text, language, found)
    for number in _NUMBER.finditer(text):
        value = figure_value(number, language)
        found.figures.setdefault(value, number[0].strip(" .,"))
        _unit(text, number.end(), value, found)
    for start, end, worth in _in_words(text, language):
        found.loose.add(str(worth))
        unit = _UNIT.match(text, end)
        if unit and worth > 1 and unit.lastgroup in PERIODS and text[max(0, start - 1) : start] != "第":
            found.figures.setdefault(str(worth), text[start : unit.end()])
            _unit(text, end, str(worth), found)
    return found


def _unit(text: str, at: int, value: str, found: Figures) -> None:
    unit = _UNIT.match(text, at)
    if unit and unit.lastgroup and not (unit.lastgroup == "year" and len(value) == 4):
        found.units.setdefault(value, set()).add(unit.lastgroup)


def figure_value(number: re.Match[str], language: str) -> str:
    digits = number[0]
    scale = number["scale"]
    if scale:
        digits = digits[: -len(scale)]
    digits = re.sub(_SPACE, "", digits).rstrip(".,")
    if language != "fr":
        digits = re.sub(r",(?=\d{3}(?!\d))", "", digits)
    digits = digits.replace(",", ".")
    if scale:
        factor = SCALES[scale]
        try:
            return f"{float(digits) * factor:.0f}"
        except ValueError:
            return digits
    return digits


def _in_words(text: str, language: str) -> list[tuple[int, int, int]]:
    if language == "zh":
        return [(each.start(), each.end(), han_value(each[0])) for each in _HAN_NUMBER.finditer(text)]
    known = NUMBERS.get(language)
    if not known:
        return []
    found = []
    for each in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        value = word_value(each[0].lower(), known)
        if value is not None:
            end = each.start() + len(each[0].split("-")[0]) if each[0].lower() not in known and value <= 20 else each.end()
            found.append((each.start(), end, value))
    return found


def word_value(word: str, known: dict[str, int]) -> int | None:
    if word in known:
        return known[word]
    parts = word.split("-")
    if len(parts) > 1 and all(part in known or part == "et" for part in parts):
        return sum(known.get(part, 0) for part in parts)
    return known.get(parts[0]) if len(parts) == 2 and _UNIT.fullmatch(" " + parts[1]) else None


def han_value(numeral: str) -> int:
    if not any(char in HAN_SCALES for char in numeral):
        return int("".join(str(HAN_DIGITS[char]) for char in numeral))
    total = digit = 0
    for char in numeral:
        if char in HAN_SCALES:
            total += (digit or 1) * HAN_SCALES[char]
            digit = 0
        else:
            digit = HAN_DIGITS[char]
    return total + digit


def date_parts(date: re.Match[str], language: str) -> tuple[str | None, int, str | None]:
    """Year, month and day of a match of DATES; year and day may be missing."""
    parts = date.groupdict()
    month = parts["month"]
    return parts.get("year"), int(month) if month.isdecimal() else MONTHS[language].index(month.lower()) + 1, parts.get("day")


def date_value(date: re.Match[str], language: str) -> float:
    """A match of DATES as yyyymmdd, 0 for what it leaves open: dates of one kind compare."""
    year, month, day = date_parts(date, language)
    return float(f"{int(year or 0):04d}{month:02d}{int(day or 0):02d}")


def _dates(text: str, language: str, found: Figures) -> str:
    """Takes dates out of a text, so that their parts do not count as figures."""

    def take(date: re.Match[str]) -> str:
        year, number, day = date_parts(date, language)
        found.dates[f"{year or '-'}-{number:02d}" + (f"-{int(day):02d}" if day else "")] = date[0]
        return " ; "

    for pattern in DATES.get(language, ()):
        text = pattern.sub(take, text)
    return text


def _date_patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    months = {language: "|".join(names) for language, names in MONTHS.items()}
    capital, gap = "|".join(name.title() for name in MONTHS["en"]), f"{_SPACE}?"
    return {
        "en": (
            re.compile(rf"(?<![\d.,])(?P<day>\d{{1,2}}){_SPACE}(?P<month>{capital})(?:{_SPACE}(?P<year>\d{{4}}))?\b"),
            re.compile(rf"\b(?P<month>{capital}){_SPACE}(?P<year>\d{{4}})\b"),
        ),
        "fr": (
            re.compile(
                rf"(?<![\d.,])(?P<day>\d{{1,2}})(?:er)?{_SPACE}(?P<month>{months['fr']})(?:{_SPACE}(?P<year>\d{{4}}))?\b", re.IGNORECASE
            ),
            re.compile(rf"\b(?P<month>{months['fr']}){_SPACE}(?P<year>\d{{4}})\b", re.IGNORECASE),
        ),
        "zh": (
            re.compile(rf"(?:(?P<year>\d{{4}}){gap}年{gap})?(?P<month>\d{{1,2}}){gap}月{gap}(?P<day>\d{{1,2}}){gap}[日号]"),
            re.compile(rf"(?P<year>\d{{4}}){gap}年{gap}(?P<month>\d{{1,2}}){gap}月"),
        ),
    }


DATES = _date_patterns()
