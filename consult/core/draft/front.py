"""Front matter: the keys at the head of a draft, their types and their problems."""

import re
from datetime import date
from typing import Any

from consult.core.draft.number import address
from consult.core.draft.strict_yaml import Mapping, read_mapping
from consult.core.problem import Problem

REQUIRED = ("standard", "version", "language", "title")
KNOWN = (*REQUIRED, "status", "date", "baselines", "prevails", "correspondence")
STATUSES = ("draft", "adopted", "superseded")
FLAT = ""
"""Key of a `correspondence` map that names no baseline: it speaks of the first one, or of OLD in `consult diff`."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9.\-]{0,79}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SHAPES = {"standard": _SLUG, "version": _SLUG, "language": _LANGUAGE, "prevails": _LANGUAGE}
Place = dict[str, str | int]


def read_front(text: str, where: Place) -> tuple[dict[str, Any], dict[str, int], int, list[Problem]]:
    """Typed values, line of each key, number of lines the front matter takes, problems.

    Values: text for standard, version, language, title, status, prevails; a `date`; `baselines` a list of versions;
    `correspondence` {baseline or FLAT: {new number: (old numbers)}}. Keys nobody knows stay as read, with a warning.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return {}, {}, 0, [Problem("front_matter_missing", {**where, "line": 1})]
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        return {}, {}, 0, [Problem("front_matter_open", {**where, "line": 1})]
    raw, problems = read_mapping("\n".join(lines[1:end]), where, first_line=2)
    if raw is None:
        return {}, {}, end + 1, problems
    values: dict[str, Any] = {}
    for key, value in raw.values.items():
        values[key] = _typed(key, value, {**where, "line": raw.lines[key]}, problems)
    for key in REQUIRED:
        if key not in raw.values:
            problems.append(Problem("key_missing", {**where, "line": 1}, {"key": key}))
    return {key: value for key, value in values.items() if value is not None}, raw.lines, end + 1, problems


def _typed(key: str, value: Any, place: Place, problems: list[Problem]) -> Any:
    if key not in KNOWN:
        problems.append(Problem("key_unknown", place, {"key": key}, "warning"))
        return plain(value)
    if key == "baselines":
        return _baselines(value, place, problems)
    if key == "correspondence":
        return _correspondence(value, place, problems)
    if not isinstance(value, str) or not value.strip():
        problems.append(Problem("key_type", place, {"key": key}))
        return None
    if key == "date":
        return read_date(key, value, place, problems)
    value = value.strip()
    if (shape := _SHAPES.get(key)) and not shape.fullmatch(value):
        problems.append(Problem("key_shape", place, {"key": key, "value": value[:80]}))
    if key == "status" and value not in STATUSES:
        problems.append(Problem("key_value", place, {"key": key, "value": value[:80], "allowed": ", ".join(STATUSES)}))
    return value


def read_date(key: str, value: Any, place: Place, problems: list[Problem]) -> date | None:
    """A calendar day written 2022-01-07; anything else is the error `key_date`."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    problems.append(Problem("key_date", place, {"key": key, "value": str(plain(value))[:80]}))
    return None


def _baselines(value: Any, place: Place, problems: list[Problem]) -> list[str] | None:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) and _SLUG.fullmatch(each) for each in values):
        problems.append(Problem("key_type", place, {"key": "baselines"}))
        return None
    return list(dict.fromkeys(values))


def _correspondence(value: Any, place: Place, problems: list[Problem]) -> dict[str, dict[str, tuple[str, ...]]] | None:
    wrong = Problem("key_type", place, {"key": "correspondence"})
    if not isinstance(value, Mapping):
        if value != "":
            problems.append(wrong)
        return None
    nested = [isinstance(each, Mapping) for each in value.values.values()]
    if any(nested) and not all(nested):
        problems.append(wrong)
        return None
    maps = {baseline: each.values for baseline, each in value.values.items()} if any(nested) else {FLAT: value.values}
    read: dict[str, dict[str, tuple[str, ...]]] = {}
    for baseline, links in maps.items():
        read[baseline] = {}
        for new, old in links.items():
            olds = [old] if isinstance(old, str) else old
            if not isinstance(olds, list) or not all(isinstance(each, str) and each for each in olds):
                problems.append(Problem("key_type", place, {"key": f"correspondence {new}"}))
                continue
            read[baseline][address(new)] = tuple(address(each) for each in olds)
    return read


def plain(value: Any) -> Any:
    """Mappings with lines as ordinary dicts."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.values.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value
