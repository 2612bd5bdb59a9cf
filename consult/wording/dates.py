"""Dates, times and numbers as each language writes them (typography: three style sheets of the field; midnight deadlines with their zone)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal, format_percent

NBSP, NNBSP = "\u00a0", "\u202f"
_BABEL = {"en": "en_GB", "fr": "fr_FR", "zh": "zh_Hans_CN"}
_PATTERNS = {"en": f"d{NBSP}MMMM y", "fr": f"d{NBSP}MMMM y", "zh": "y年M月d日"}


def babel_locale(language: str) -> str:
    """The name under which babel knows a language of ours."""
    return _BABEL.get(language, language)


def date_text(value: date, language: str) -> str:
    """1 March 2021 · 1er mars 2021 · 2021年3月1日."""
    text = format_date(value, _PATTERNS.get(language, "long"), locale=babel_locale(language))
    return text.replace(f"1{NBSP}", f"1er{NBSP}", 1) if language == "fr" and value.day == 1 else text


def time_text(value: datetime, language: str) -> str:
    """18:30 · 18 h 30 · 18:30, in the zone the value is in."""
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02}" if language == "fr" else f"{value.hour:02}:{value.minute:02}"


def zone_text(zone: str, language: str) -> str:
    """The time of a zone by its city: Paris time, heure de Paris, 巴黎时间."""
    if zone == "UTC":
        return "UTC"
    if language not in _BABEL:
        return str(get_timezone_location(ZoneInfo(zone), locale=babel_locale(language)))
    city = str(get_timezone_location(ZoneInfo(zone), locale=babel_locale(language), return_city=True))
    if language == "fr":
        return f"heure d’{city}" if city[0] in "AEIOUYÉÎ" else f"heure de {city}"
    return f"{city}时间" if language == "zh" else f"{city} time"


def offset_text(value: datetime) -> str:
    """UTC+1, UTC-3:30, UTC."""
    offset = value.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def both_zones(value: datetime, zone: str, language: str) -> str:
    """An instant in a named zone and in UTC to the second, for records: … 23:59 (Paris time, UTC+2) · 2021-04-30 21:59:07 UTC."""
    return f"{moment_text(value, zone, language)} · {value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def moment_text(value: datetime, zone: str, language: str) -> str:
    """An instant in a named zone: 30 April 2021, 23:59 (Paris time, UTC+2)."""
    local = value.astimezone(ZoneInfo(zone))
    day, hour, offset = date_text(local.date(), language), time_text(local, language), offset_text(local)
    named = zone_text(zone, language)
    place = offset if named == offset else f"{named}, {offset}"
    if language == "fr":
        return f"{day} à {hour} ({place})"
    if language == "zh":
        return f"{day}{hour}（{place.replace(', ', '，')}）"
    return f"{day}, {hour} ({place})"


def number_text(value: float, language: str) -> str:
    """1,234.5 · 1 234,5 (narrow no-break spaces) · 1,234.5."""
    return format_decimal(value, locale=babel_locale(language))


def percent_text(share: float, language: str) -> str:
    """0.35 -> 35% · 35 % (no-break space) · 35%."""
    return format_percent(share, locale=babel_locale(language)).replace("\u202f", "\u00a0")


SIZES = {"fr": ("o", "ko", "Mo")}


def size_text(size: int, language: str) -> str:
    """240 kB · 240 ko · 1.2 MB: thousands, not powers of two; at most three digits."""
    byte, kilo, mega = SIZES.get(language, ("B", "kB", "MB"))
    if size < 1000:
        return f"{number_text(size, language)}{NBSP}{byte}"
    if size < 999_500:
        return f"{number_text(round(size / 1000), language)}{NBSP}{kilo}"
    megabytes = size / 1_000_000
    return f"{number_text(round(megabytes, 1 if megabytes < 10 else None), language)}{NBSP}{mega}"


def country_text(code: str, language: str) -> str:
    """The name of a country (ISO 3166 alpha-2); the code itself where babel knows none."""
    return str(Locale.parse(babel_locale(language)).territories.get(code, code))


def language_text(code: str, language: str) -> str:
    """The name of a language in the language of the page; the tag itself where babel knows none."""
    try:
        return str(Locale.parse(code, sep="-").get_display_name(babel_locale(language)) or code)
    except (UnknownLocaleError, ValueError):
        return code
