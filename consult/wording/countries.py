"""Countries and territories in the reader's language, in the order she looks for them."""

import unicodedata
from functools import cache

from babel import Locale

from consult.wording.dates import babel_locale

NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Two-letter codes that name groups, exceptional reservations or nothing."""
_READ_AS = str.maketrans({"瑙": "闹", "梵": "饭", "斐": "飞", "秘": "必"})
"""First characters of names that the Chinese code table files by stroke or by another reading -> one that sounds the same."""


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name), sorted as the language sorts: accents folded in Latin script, by pinyin in Chinese."""
    names = _territories(language)
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES]
    return tuple(sorted(((code, names[code]) for code in codes), key=lambda each: in_order(each[1], language)))


def country_name(code: str, language: str) -> str:
    """The name of a country; its code where none is known."""
    return _territories(language).get(code, code)


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(babel_locale(language)).territories)


def in_order(name: str, language: str) -> tuple[bytes, str] | tuple[str, str]:
    """The key to sort names of a language by."""
    if language == "zh":  # GB 18030 files the common characters by their reading: no table of our own needed
        return name.translate(_READ_AS).encode("gb18030"), name
    return bare(name).replace("’", ""), name


def bare(name: str) -> str:
    """A name without accents, case and hyphens; every apostrophe is ’."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(letters.casefold().replace("'", "’").replace("-", " ").split())
