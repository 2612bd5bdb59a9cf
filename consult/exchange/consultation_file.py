"""A consultation in a YAML file -> its plan. Days may be given as offsets from an anchor (the demo) or as dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from consult.core.draft.source import read_text
from consult.core.draft.strict_yaml import Mapping, read_mapping
from consult.core.plan import RESOURCES, ConsultationPlan, ItemPlan, QuestionPlan, ResourcePlan, RoundPlan, Texts
from consult.core.problem import Problem, Refused
from consult.core.question import CODE, KINDS, Asked
from consult.core.vocabulary import DISPLAY_RULES
from consult.exchange.draft_folder import read_source
from consult.exchange.page_files import read_page_folder

LAST_MINUTE = time(23, 59)
ITEMS = ("milestone", "step", "highlight", "question")
LONGEST_DAYS = 3650

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,15}")
_NUMBER = re.compile(r"-?\d{1,6}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def read_consultation(path: Path, *, zone: str, anchor: date | None = None) -> ConsultationPlan:
    """The plan in the file. A round opens at 00:00 of its first day and closes at 23:59 of the day `days` days later, in `zone` unless it
    names its own. The texts of a resource lie in a folder of pages beside the file (`consult.exchange.page_files`).

    Raises Refused: what reading a file and its YAML may find (aliases, tags, keys that occur twice), and `consultation_file` with file, line
    and what is missing or wrong.
    """
    source = read_source(path)
    if isinstance(source, Problem):
        raise Refused(source)
    where: dict[str, str | int] = {"file": str(path)}
    text, problems = read_text(source, where)
    top, found = read_mapping(text, where) if text is not None else (None, [])
    errors = [problem for problem in (*problems, *found) if problem.grade == "error"]
    if top is None or errors:
        raise Refused(*errors)
    try:
        return _plan(_Part(top, 1), zone, anchor, path.parent)
    except _Wrong as wrong:
        raise Refused(Problem("consultation_file", {**where, "line": wrong.line}, {"why": wrong.why})) from wrong


class _Wrong(Exception):
    def __init__(self, why: str, line: int) -> None:
        self.why, self.line = why, line
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class _Part:
    """A mapping of the file with the line it begins in; each question names the key it asks for and refuses what cannot be its value."""

    mapping: Mapping
    line: int

    def wrong(self, key: str, why: str) -> _Wrong:
        return _Wrong(f"“{key}” {why}", self.mapping.lines.get(key, self.line))

    def has(self, key: str) -> bool:
        return bool(self.mapping.values.get(key, "") != "")

    def text(self, key: str, shape: re.Pattern[str] | None = None, default: str | None = None) -> str:
        if not self.has(key) and default is not None:
            return default
        value = self.mapping.values.get(key)
        if not isinstance(value, str) or not value:
            raise self.wrong(key, "is missing" if not self.has(key) else "is not one value")
        if shape and not shape.fullmatch(value):
            raise self.wrong(key, f"cannot be “{value[:80]}”")
        return value

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = int(self.text(key, _NUMBER, None if default is None else str(default)))
        if not low <= value <= high:
            raise self.wrong(key, f"is {value}, not a number from {low} to {high}")
        return value

    def parts(self, key: str, *, needed: bool = False) -> Iterator["_Part"]:
        """Entries of a list, each a mapping."""
        value = self.mapping.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value) or (needed and not value):
            raise self.wrong(key, "is missing or not a list of entries with keys")
        return (_Part(each, min(each.lines.values(), default=self.line)) for each in value)

    def words(self, key: str) -> dict[str, str]:
        """Language -> text."""
        value = self.mapping.values.get(key)
        pairs = value.values.items() if isinstance(value, Mapping) else ()
        if not pairs or not all(_LANGUAGE.fullmatch(language) and isinstance(text, str) for language, text in pairs):
            raise self.wrong(key, "is not a text per language, such as “en: …”")
        return {language: text.strip() for language, text in pairs if text.strip()}

    def day(self, key: str, anchor: date | None) -> date:
        value = self.text(key)
        if _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self.wrong(key, f"is {value}, which no calendar has") from None
        if _NUMBER.fullmatch(value):
            if anchor is None:
                raise self.wrong(key, f"is a number of days ({value}): name the day it counts from, or write a date such as 2026-03-01")
            return anchor + timedelta(days=self.number(key, -LONGEST_DAYS, LONGEST_DAYS))
        raise self.wrong(key, f"is “{value[:80]}”, neither a date such as 2026-03-01 nor a number of days")


def _plan(top: _Part, zone: str, anchor: date | None, folder: Path) -> ConsultationPlan:
    texts = top.mapping.values.get("texts")
    if not isinstance(texts, Mapping) or "title" not in texts.values:
        raise top.wrong("texts", "needs at least a title")
    inner = _Part(texts, top.mapping.lines["texts"])
    return ConsultationPlan(
        slug=top.text("slug", _SLUG),
        prefix=top.text("prefix", _PREFIX),
        position=top.number("position", 0, 9999, 0),
        texts={field: inner.words(field) for field in texts.values},
        items=tuple(_item(item, anchor) for item in top.parts("items")),
        rounds=tuple(_round(entry, top, zone, anchor) for entry in top.parts("rounds", needed=True)),
        resources=_resources(top, zone, anchor, folder),
    )


def _resources(top: _Part, zone: str, anchor: date | None, folder: Path) -> tuple[ResourcePlan, ...]:
    found: dict[str, ResourcePlan] = {}
    for entry in top.parts("resources"):
        plan = _resource(entry, zone, anchor, folder)
        if plan.name in found:
            raise entry.wrong("name", f"is “{plan.name}” twice")
        found[plan.name] = plan
    return tuple(found.values())


def _resource(entry: _Part, zone: str, anchor: date | None, folder: Path) -> ResourcePlan:
    kind = entry.text("kind")
    if kind not in RESOURCES:
        raise entry.wrong("kind", f"is “{kind[:80]}”, not one of {', '.join(RESOURCES)}")
    below = Path(entry.text("folder"))
    if below.is_absolute() or ".." in below.parts:
        raise entry.wrong("folder", "leads out of the folder of this file")
    pages = read_page_folder(folder / below)
    texts = {field: {language: getattr(page, field) for language, page in pages.items()} for field in ("title", "lead", "body")}
    key = "on" if entry.has("on") else "offset"
    if not entry.has(key):
        return ResourcePlan(entry.text("name", _SLUG), cast(Any, kind), texts)
    at = datetime.combine(entry.day(key, anchor), time.fromisoformat(entry.text("time", _TIME)))
    minutes = entry.number("minutes", 1, 1440) if entry.has("minutes") else None
    return ResourcePlan(entry.text("name", _SLUG), cast(Any, kind), texts, at, _zone(entry, zone), minutes)


def _item(item: _Part, anchor: date | None) -> ItemPlan:
    kind = item.text("kind")
    if kind not in ITEMS:
        raise item.wrong("kind", f"is “{kind[:80]}”, not one of {', '.join(ITEMS)}")
    texts = {field: item.words(field) for field in ("title", "body") if item.has(field)}
    key = "on" if item.has("on") else "offset"
    return ItemPlan(cast(Any, kind), texts, item.day(key, anchor) if item.has(key) else None)


def _round(entry: _Part, top: _Part, zone: str, anchor: date | None) -> RoundPlan:
    first = entry.day("opens", anchor)
    rule = entry.text("display_rule", default="after_moderation")
    if rule not in DISPLAY_RULES:
        raise entry.wrong("display_rule", f"is “{rule[:80]}”, not one of {', '.join(DISPLAY_RULES)}")
    title: Texts = {"title": entry.words("title")} if entry.has("title") else {}
    documents = list(entry.parts("documents")) or [entry]
    return RoundPlan(
        number=entry.number("number", 1, 99),
        opens=datetime.combine(first, time()),
        closes=datetime.combine(first + timedelta(days=entry.number("days", 1, LONGEST_DAYS)), LAST_MINUTE),
        zone=_zone(entry, zone),
        documents=tuple(_document(each, top) for each in documents),
        texts=title,
        display_rule=rule,
        grace_minutes=entry.number("grace_minutes", 0, 100_000, 0),
        questions=_questions(entry, top),
    )


def _questions(entry: _Part, top: _Part) -> tuple[QuestionPlan, ...]:
    found: dict[str, QuestionPlan] = {}
    for part in entry.parts("questions"):
        plan = _question(part, top)
        if plan.asked.code in found:
            raise part.wrong("code", f"is “{plan.asked.code}” twice")
        found[plan.asked.code] = plan
    return tuple(found.values())


def _question(part: _Part, top: _Part) -> QuestionPlan:
    """`clause` (a number) and `document` (a standard) say where it stands; of a clause the consultation's own standard unless `document` says."""
    kind = part.text("kind")
    if kind not in KINDS:
        raise part.wrong("kind", f"is “{kind[:80]}”, not one of {', '.join(KINDS)}")
    texts = {field: part.words(field) for field in ("text", "note") if field == "text" or part.has(field)}
    options: tuple[str, ...] = ()
    if kind == "scale":
        options = tuple(str(point) for point in range(1, part.number("points", 3, 10) + 1))
        texts |= {field: part.words(field) for field in ("low", "high")}
    elif kind in ("single", "multiple"):
        listed = [(each.text("code", CODE), each.words("text")) for each in part.parts("options", needed=True)]
        options = tuple(code for code, _ in listed)
        texts |= {f"option_{code}": words for code, words in listed}
        if len(set(options)) < len(options):
            raise part.wrong("options", "holds a code twice")
    number = part.text("clause").lower() if part.has("clause") else None
    standard = part.text("document") if part.has("document") else top.text("standard") if number else None
    return QuestionPlan(Asked(part.text("code", CODE), cast(Any, kind), options), texts, standard, number)


def _document(entry: _Part, top: _Part) -> tuple[str, str, str | None]:
    """Standard, version, baseline. The standard is that of the consultation where the entry names none."""
    standard = entry.text("standard") if entry.has("standard") else top.text("standard")
    return standard, entry.text("version"), entry.text("baseline", default="") or None


def _zone(entry: _Part, zone: str) -> str:
    name = entry.text("zone", default=zone)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise entry.wrong("zone", f"is “{name[:80]}”, not a time zone such as Europe/Paris") from None
    return name
