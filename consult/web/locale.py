"""The language of a page: it stands in the address and nowhere else."""

from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from flask import Flask, g, request, url_for

LOCALES = {"zh": "zh_Hans"}
"""Address -> locale, where they differ."""
HTML = {"zh": "zh-Hans"}
NAMES = {"en": "English", "fr": "Français", "zh": "中文"}


@cache
def own_name(language: str) -> str:
    """A language in its own words, for the switch; the tag itself where nobody knows it."""
    if language in NAMES:
        return NAMES[language]
    try:
        name = Locale.parse(language, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return language
    return f"{name[:1].upper()}{name[1:]}" if name else language


def page_language() -> str:
    """The language of the page being made; outside of a page in a language (errors, `/`) the best that the reader accepts."""
    language = g.get("language")
    if language is None:
        first = request.path.split("/")[1]
        offered = languages()
        language = g.language = first if first in offered else accepted()
    return str(language)


def accepted() -> str:
    """The language offered that the reader likes best: fr-CA and zh-CN are served by fr and zh, before a second choice is taken."""
    offered = languages()
    for tag in request.accept_languages.values():
        for wanted in (tag.lower(), tag.lower().partition("-")[0]):
            if wanted in offered:
                return wanted
    return offered[0]


def languages() -> tuple[str, ...]:
    from flask import current_app  # noqa: PLC0415  (read late: tests import this module without an application)

    offered: tuple[str, ...] = current_app.config["SETTINGS"].languages
    return offered


def locale_of(language: str) -> str:
    return LOCALES.get(language, language)


def html_language(language: str) -> str:
    return HTML.get(language, language)


def in_language(language: str) -> str:
    """The address of this very page in another language, filters kept; of the home page where there is none."""
    if request.endpoint is None or request.view_args is None or request.method != "GET":
        return url_for("reading.home", language=language)
    arguments: dict[str, Any] = {**request.args.to_dict(flat=False), **request.view_args, "language": language}
    return url_for(request.endpoint, **arguments)


def prepare_languages(app: Flask, offered: tuple[str, ...]) -> None:
    """`/<language>/…`: taken out of the address before a view sees it, put into every address made on the page."""

    @app.url_value_preprocessor
    def take(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values is not None and "language" in values:
            g.language = values.pop("language")

    @app.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = page_language()
