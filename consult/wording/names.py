"""Names of countries and languages in the reader's language, as the common locale data has them."""

from functools import cache

from babel import Locale, UnknownLocaleError

_LOCALES = {"zh": "zh_Hans_CN"}


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES.get(language, language))


def country_name(code: str, language: str) -> str:
    """France · 法国; the code itself where it is no country."""
    return str(_locale(language).territories.get(code.upper(), code))


def language_name(tag: str, language: str) -> str:
    """French · français · 法语; of an unknown tag the tag itself."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(_locale(language))
    except (UnknownLocaleError, ValueError):
        return tag
    return str(name or tag)
