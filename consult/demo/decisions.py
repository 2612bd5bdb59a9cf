"""What the committee of the demonstration decided on the comments of a closed round, and its publication, through the real operations."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

import yaml

from consult.core.disposition import NewDecision
from consult.core.plan import ConsultationPlan
from consult.core.window import instant
from consult.operations.decide import decide
from consult.operations.publish_responses import publish_responses
from consult.operations.record import Actor
from consult.resources import resource

DAYS_FROM_RESPONSES = 56
"""Before the next round opens: the milestone of the content."""


def meetings() -> list[Mapping[str, Any]]:
    """The meetings of the content in the order of their time, each with its decisions."""
    entries: list[Mapping[str, Any]] = yaml.safe_load((resource("content") / "demo" / "decisions.yaml").read_text(encoding="utf-8"))
    return sorted(entries, key=lambda meeting: (meeting["round"], meeting["days"]))


def seed_decisions(*, plan: ConsultationPlan, references: Mapping[str, str], members: Mapping[str, Actor], now: datetime) -> None:
    """`references`: what the comments of the content were given, by their keys; `members`: who decides, by mail. What would lie in the future
    is left out.
    """
    decided: Counter[str] = Counter()
    for meeting in meetings():
        entry = plan.rounds[meeting["round"] - 1]
        day = entry.closes + timedelta(days=meeting["days"])
        for data in meeting["decisions"]:
            hour, minute = map(int, data["at"].split(":"))
            at = instant(day.replace(hour=hour, minute=minute, second=0), entry.zone)
            if at >= now:
                continue
            comments = [references[key] for key in data["comments"]]
            original = data.get("duplicate_of")
            decide(
                consultation=plan.slug,
                round_number=entry.number,
                new=NewDecision(data["disposition"], data["reasons"], references[original] if original else None),
                seen={each: decided[each] for each in comments},
                by=members[meeting["by"]],
                now=at,
            )
            decided.update(comments)


def seed_responses(*, plan: ConsultationPlan, staff: Actor, now: datetime) -> None:
    """The answers to every round that is followed by another, published on the day that its milestone names."""
    for entry, following in pairwise(plan.rounds):
        day = following.opens.date() - timedelta(days=DAYS_FROM_RESPONSES)
        at = instant(datetime.combine(day, time(14)), entry.zone)
        if at < now:
            publish_responses(consultation=plan.slug, round_number=entry.number, by=staff, now=at)
