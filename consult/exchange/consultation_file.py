"""A consultation in a YAML file -> its plan. Days may be given as offsets from an anchor (the demo) or as dates."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from consult.core.plan import ConsultationPlan, ItemPlan, RoundPlan, Texts
from consult.core.problem import Problem, Refused

LAST_MINUTE = time(23, 59)


def read_consultation(path: Path, *, zone: str, anchor: date | None = None) -> ConsultationPlan:
    """The plan in the file; raises Refused `consultation_file` with file and what is missing or wrong.

    A round opens at 00:00 of its first day and closes at 23:59 of the day `days` days later, in `zone` unless it names its own.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _plan(data, zone, anchor)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise Refused(Problem("consultation_file", {"file": str(path)}, {"why": f"{type(error).__name__}: {error}"[:300]})) from error


def _plan(data: Mapping[str, Any], zone: str, anchor: date | None) -> ConsultationPlan:
    return ConsultationPlan(
        slug=data["slug"],
        prefix=data["prefix"],
        position=int(data.get("position", 0)),
        texts=data["texts"],
        items=tuple(_item(item, anchor) for item in data.get("items", [])),
        rounds=tuple(_round(entry, data.get("standard"), zone, anchor) for entry in data["rounds"]),
    )


def _item(item: Mapping[str, Any], anchor: date | None) -> ItemPlan:
    texts: dict[str, Mapping[str, str]] = {field: item[field] for field in ("title", "body") if item.get(field)}
    when = item.get("on", item.get("offset"))
    return ItemPlan(item["kind"], texts, None if when is None else _day(when, anchor))


def _round(entry: Mapping[str, Any], standard: str | None, zone: str, anchor: date | None) -> RoundPlan:
    first = _day(entry["opens"], anchor)
    documents = entry.get("documents") or [{"standard": standard, "version": entry["version"], "baseline": entry.get("baseline")}]
    texts: Texts = {"title": entry["title"]} if entry.get("title") else {}
    return RoundPlan(
        number=int(entry["number"]),
        opens=datetime.combine(first, time()),
        closes=datetime.combine(first + timedelta(days=int(entry["days"])), LAST_MINUTE),
        zone=entry.get("zone", zone),
        documents=tuple((d["standard"], d["version"], d.get("baseline")) for d in documents),
        texts=texts,
        display_rule=entry.get("display_rule", "after_moderation"),
        grace_minutes=int(entry.get("grace_minutes", 0)),
    )


def _day(value: object, anchor: date | None) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, int) and anchor is not None:
        return anchor + timedelta(days=value)
    raise ValueError(f"{value!r} is neither a date nor, with an anchor, a number of days")
