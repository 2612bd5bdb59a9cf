"""Finds sentences of the interface that stay English on a French or Chinese page."""

import re
from collections.abc import Iterator
from functools import cache

from babel.messages.catalog import Message

from consult.cli.i18n import catalogues
from tests.support.html import Element

CATALOGUE = {"fr": "fr", "zh-Hans": "zh_Hans"}
TALK = 12  # an English sentence longer than this many characters is no name that languages share
SAID = ("alt", "title", "placeholder", "aria-label")
BUTTONS = ("submit", "button", "reset")
WITHIN_A_SENTENCE = ("a", "abbr", "b", "bdi", "code", "em", "i", "span", "strong", "time")
VARIABLE = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|<[^>]+>")
BREAK = "¦"  # between two texts that do not make one sentence


def untranslated(page: Element, language: str) -> list[str]:
    if language not in CATALOGUE:
        return []
    said = BREAK.join(_said(page, language))
    return [sentence for rarest, pattern, sentence in _english(CATALOGUE[language]) if rarest in said and pattern.search(said)]


def _said(element: Element, language: str) -> Iterator[str]:
    """All texts in the page's own language; what is in another one is marked so with `lang`, or with `translate="no"`."""
    if element.attributes.get("lang", language) != language or element.attributes.get("translate") == "no" or element.unsaid:
        return
    yield from (element.attributes[name] for name in SAID if name in element.attributes)
    if element.tag == "input" and element.attributes.get("type") in BUTTONS:
        yield element.attributes.get("value", "")
    yield " ".join("".join(child if isinstance(child, str) else _inner(child) for child in element.children).split())
    for child in element.children:
        if isinstance(child, Element):
            yield from _said(child, language)


def _inner(element: Element) -> str:
    plain = element.tag in WITHIN_A_SENTENCE and not {"lang", "translate"} & element.attributes.keys()
    return element.text if plain else BREAK


@cache
def _english(locale: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Every sentence translated into another one: its longest part, a pattern for it, the sentence. (What is not translated, `make check` tells.)"""
    found = next((catalogue for path, catalogue in catalogues() if path.parts[-3] == locale), None)
    return [pattern for message in found or () for pattern in _patterns(message)]


def _patterns(message: Message) -> Iterator[tuple[str, re.Pattern[str], str]]:
    translations = message.string if isinstance(message.string, list | tuple) else (message.string or "",)
    for sentence in message.id if isinstance(message.id, list | tuple) else (message.id,):
        parts = [" ".join(part.split()) for part in VARIABLE.split(sentence)]
        longest = max(parts, key=len)
        if len(longest) > TALK and all(translations) and not any(longest in translation for translation in translations):
            between = rf"[^{BREAK}]{{0,200}}?"
            yield longest, re.compile(rf"(?<!\w){between.join(re.escape(part) for part in parts)}(?!\w)"), sentence
