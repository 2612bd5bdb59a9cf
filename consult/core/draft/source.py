"""Bytes to text: UTF-8 strictly, one form of line end, no characters that no reader could see."""

import re

from consult.core.problem import Problem

LIMIT_BYTES = 4 * 1024 * 1024
"""A draft or a clauses.yaml may be as large as this; 345 clauses of a real standard take 0.3 MB."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def read_text(source: bytes | str, where: dict[str, str | int], limit: int = LIMIT_BYTES) -> tuple[str | None, list[Problem]]:
    """Text with LF line ends and without a byte-order mark, or None and the reason.

    Errors: `too_large` (limit and size in bytes), `not_utf8` (line of the first bad byte), `control_character` (line, column, code point).
    Warning: `direction_character` for marks that reorder what is shown without changing what is stored.
    """
    if isinstance(source, str):
        try:
            data = source.encode("utf-8")
        except UnicodeEncodeError as error:
            return None, [Problem("not_utf8", {**where, "line": source.count("\n", 0, error.start) + 1})]
    else:
        data = source
    if len(data) > limit:
        return None, [Problem("too_large", where, {"limit": limit, "size": len(data)})]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [Problem("not_utf8", {**where, "line": data.count(b"\n", 0, error.start) + 1})]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if bad := _CONTROL.search(text):
        return None, [_at("control_character", text, bad, where)]
    hidden = _BIDI.search(text)
    return text, [_at("direction_character", text, hidden, where)] if hidden else []


def _at(code: str, text: str, found: re.Match[str], where: dict[str, str | int]) -> Problem:
    start = found.start()
    place = {**where, "line": text.count("\n", 0, start) + 1, "column": start - text.rfind("\n", 0, start)}
    return Problem(code, place, {"character": f"U+{ord(found[0]):04X}"}, "error" if code == "control_character" else "warning")
