"""Text on its way into the XML of an office file."""

import re

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text with what XML cannot hold (controls, halves of pairs, non-characters) shown as U+FFFD. CSV and JSON keep it as it is."""
    return _NO_XML.sub("\ufffd", text)


def utf16_parts(text: str, units: int) -> list[str]:
    """The text in parts of at most `units` UTF-16 units each, no pair cut in two; joined they are the text."""
    if len(text) * 2 <= units:
        return [text]
    parts, start, size = [], 0, 0
    for place, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if size + width > units:
            parts.append(text[start:place])
            start, size = place, 0
        size += width
    return [*parts, text[start:]]
