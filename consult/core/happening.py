"""What happens around a consultation that people follow: told in feeds, calendars and mails, each in its own words."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from consult.core.window import Window

Kind = Literal["opening", "closing_soon", "closing", "extension", "correction", "draft", "edition", "responses"]
TellableKind = Literal["opening", "closing_soon", "extension", "correction", "draft", "responses"]
TELLABLE: tuple[TellableKind, ...] = get_args(TellableKind)
"""What one can ask mails for; an adopted edition goes with `draft`."""
Frequency = Literal["at_once", "daily", "weekly"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
SOON = (timedelta(days=7), timedelta(hours=48))
"""How long before the closing people are reminded."""
DIGEST_AT = time(7)
"""Digests leave at this hour in the zone of the body, weekly ones on Mondays."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened at an instant. `key` is the same for ever; the closing that it speaks of is part of it.

    `title` is that of the consultation or of the standard, in `language`. `before`: the closing before an extension.
    `written`, `reason`, `labels`: language, reason and clauses of a correction. The ids say whom it concerns: a clause's followers hear what
    concerns its standard, unless the happening names clauses.
    """

    key: str
    kind: Kind
    at: datetime
    title: str
    language: str
    consultation: str | None = None
    round: int | None = None
    window: Window | None = None
    before: datetime | None = None
    standard: str | None = None
    version: str | None = None
    baseline: str | None = None
    written: str | None = None
    reason: str | None = None
    labels: tuple[str, ...] = ()
    consultations: frozenset[int] = field(default=frozenset())
    standards: frozenset[int] = field(default=frozenset())
    clauses: frozenset[int] = field(default=frozenset())

    @property
    def asked_as(self) -> str:
        """The kind under which mails about it are asked for."""
        return "draft" if self.kind == "edition" else self.kind

    def is_news(self, now: datetime) -> bool:
        """Whether a mail about it is still of use: not of a window that has closed meanwhile."""
        return self.window is None or self.kind in ("closing", "responses") or self.window.phase(now) != "closed"

    @property
    def page(self) -> tuple[str, dict[str, str]]:
        """Where it is read: the page's name and what stands in its address."""
        if self.standard and self.version:
            place = {"standard": self.standard, "version": self.version}
            compared = self.kind == "draft" and self.baseline
            return ("reading.changes", place | {"from": str(self.baseline)}) if compared else ("reading.standard", place)
        if self.kind == "responses":
            return "reading.report", {"consultation": self.consultation or "", "number_of_round": str(self.round)}
        return "reading.consultation", {"consultation": self.consultation or ""}

    def concerns(self, *, consultation: int | None, standard: int | None, clause: int | None) -> bool:
        """Whether it concerns what somebody follows. `standard` is that of the clause, where a clause is followed."""
        if clause is not None:
            return clause in self.clauses if self.clauses else standard in self.standards
        return consultation in self.consultations if standard is None else standard in self.standards

    def leaves(self, frequency: str, now: datetime, zone: str) -> datetime:
        """When a mail about it leaves. A reminder whose digest would come within a day of the closing, or after it, does not wait."""
        due = next_digest(frequency, now, zone)
        if self.kind == "closing_soon" and self.window and due > self.window.closes - timedelta(days=1):
            return now
        return due


def next_digest(frequency: str, now: datetime, zone: str) -> datetime:
    """The next instant at which mails of this frequency leave; `now` for those at once."""
    if frequency == "at_once":
        return now
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() < DIGEST_AT else local.date() + timedelta(days=1)
    if frequency == "weekly":
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, DIGEST_AT, ZoneInfo(zone)).astimezone(now.tzinfo)
