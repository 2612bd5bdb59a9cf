"""Counters as Word writes them: 3 -> c, iii, 三, 03 … (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat)."""

import re
from collections.abc import Callable

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_HAN = "〇一二三四五六七八九"
_BANKERS = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_CHICAGO = "*†‡§"
_HAN_VALUES = {**{char: at for at, char in enumerate(_HAN)}, "零": 0, "○": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}


def written(value: int, form: str, sample: str = "") -> str | None:
    """The counter in this number format; None where the format is not known. `sample` is the pattern of a custom format ("001, 002, …")."""
    if form == "custom":
        first = re.match(r"0*1(?=\D|$)", sample)
        return f"{value:0{len(first[0])}d}" if first else None
    if form in _LISTS:
        first_char, count = _LISTS[form]
        return chr(ord(first_char) + value - 1) if 1 <= value <= count else str(value)
    return _FORMS[form](value) if form in _FORMS else None


def _letters(value: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """After z comes aa, then bb, as Word does it."""
    return alphabet[(value - 1) % len(alphabet)] * min((value - 1) // len(alphabet) + 1, 100) if value > 0 else ""


def roman(value: int) -> str:
    out = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth) if value < 40_000 else (0, value)
        out.append(sign * times)
    return "".join(out)


def _counted(value: int, digits: str = _HAN, units: str = "十百千") -> str:
    """一千〇二十三: up to 9999; a leading 一十 is 十 in plain numerals."""
    if not 0 < value < 10_000:
        return "".join(digits[int(each)] for each in str(value) if each.isdigit())
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (units[power - 1] if power else "")
        gap = not digit
    return out.removeprefix("一") if digits == _HAN and out.startswith("一十") else out


def _digits(value: int) -> str:
    return "".join(_HAN[int(each)] for each in str(max(value, 0)))


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + at: ord("０") + at for at in range(10)}),
    "decimalFullWidth2": lambda n: str(n).translate({ord("0") + at: ord("０") + at for at in range(10)}),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda n: roman(n).upper(),
    "ordinal": _ordinal,
    "hex": lambda n: f"{n:X}",
    "numberInDash": lambda n: f"- {n} -",
    "chicago": lambda n: _letters(n, _CHICAGO),
    "russianLower": lambda n: _letters(n, _RUSSIAN),
    "russianUpper": lambda n: _letters(n, _RUSSIAN).upper(),
    "chineseCounting": lambda n: _counted(n) if n < 100 else _digits(n),
    "taiwaneseCounting": lambda n: _counted(n) if n < 100 else _digits(n),
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "chineseLegalSimplified": lambda n: _counted(n, _BANKERS, "拾佰仟"),
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "ideographTraditional": lambda n: _STEMS[n - 1] if 1 <= n <= 10 else str(n),
    "ideographZodiac": lambda n: _BRANCHES[n - 1] if 1 <= n <= 12 else str(n),
    "none": lambda n: "",
}  # fmt: skip
_LISTS = {
    "decimalEnclosedCircle": ("①", 20), "decimalEnclosedCircleChinese": ("①", 20), "ideographEnclosedCircle": ("㊀", 10),
    "decimalEnclosedFullstop": ("⒈", 20), "decimalEnclosedParen": ("⑴", 20),
}  # fmt: skip


def han_value(text: str) -> int | None:
    """十二 -> 12, 一百〇三 -> 103, 二〇 -> 20; None for what is no numeral."""
    if not text or any(char not in _HAN_VALUES and char not in _HAN_UNITS for char in text):
        return None
    if not any(char in _HAN_UNITS for char in text):
        return int("".join(str(_HAN_VALUES[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            digit = _HAN_VALUES[char]
    return total + digit
