"""Names of the languages people write in, in the reader's language."""

from functools import cache

from babel import Locale, UnknownLocaleError

from consult.wording.countries import in_order
from consult.wording.dates import babel_locale

COMMON = (
    "ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "is", "it", "ja", "kk", "km", "ko", "lo",
    "mn", "ms", "my", "nl", "no", "or", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "vi",
    "zh", "zh-Hant",
)  # fmt: skip
"""What a list offers; any other tag is kept and shown as well."""


@cache
def tongues(language: str) -> tuple[tuple[str, str], ...]:
    """(tag, name) of the common languages, in the order of the reader's language."""
    return tuple(sorted(((tag, tongue_name(tag, language)) for tag in COMMON), key=lambda each: in_order(each[1], language)))


def tongue_name(tag: str, language: str) -> str:
    """The name of a language; its tag where none is known. Plain Chinese is the simplified one, as everywhere here."""
    named = {"zh": "zh_Hans"}.get(tag, tag.replace("-", "_"))
    try:
        name = Locale.parse(named).get_display_name(babel_locale(language)) or tag
    except (ValueError, UnknownLocaleError):
        return tag
    return name.replace(" (", "（").replace(")", "）") if language == "zh" else name
