"""The window of a round: half open, decided once per request from one `now`. Nobody else compares these dates (design, section 8, Time)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Phase = Literal["coming", "open", "closed"]
Admission = Literal["in_time", "late", "refused"]


@dataclass(frozen=True, slots=True)
class Window:
    """`opens` and `closes` are aware instants; `zone` the IANA name the body speaks in; `grace` what it published (default none).

    `seen_closed`: the record says that it has closed, and no clock that was put back opens it again.
    """

    opens: datetime
    closes: datetime
    zone: str
    grace: timedelta = timedelta()
    seen_closed: bool = False

    def phase(self, now: datetime) -> Phase:
        if self.seen_closed:
            return "closed"
        if now < self.opens:
            return "coming"
        return "open" if now < self.closes else "closed"

    def admits(self, now: datetime, form_opened: datetime | None = None, *, recorded: bool = False) -> Admission:
        """Whether something completely received at `now` counts. Within the grace only what was begun (`form_opened`) before closing.

        `recorded`: it was received then and stands on the record since, such as a file; that the window was seen closed meanwhile changes nothing.
        """
        if self.opens <= now < self.closes and (recorded or not self.seen_closed):
            return "in_time"
        begun = form_opened is not None and self.opens <= form_opened < self.closes
        return "late" if begun and self.closes <= now < self.closes + self.grace else "refused"

    @property
    def local_opens(self) -> datetime:
        return self.opens.astimezone(ZoneInfo(self.zone))

    @property
    def local_closes(self) -> datetime:
        return self.closes.astimezone(ZoneInfo(self.zone))

    @property
    def days(self) -> int:
        """Length in days of the calendar of the zone: from 1 March, 00:00 to 30 April, 23:59 it is 60, whatever the clocks do between."""
        return max(1, (self.local_closes.date() - self.local_opens.date()).days)

    def day(self, now: datetime) -> int:
        """Which day of the window `now` is in the zone, from 1; never more than its days."""
        return max(1, min(self.days, (now.astimezone(ZoneInfo(self.zone)).date() - self.local_opens.date()).days + 1))

    def left(self, now: datetime) -> timedelta:
        return timedelta() if self.seen_closed else max(timedelta(), self.closes - now)


def instant(local: datetime, zone: str) -> datetime:
    """The UTC instant of a wall time in a zone. A time that the clocks skip or repeat takes the later instant: nobody loses an hour."""
    if local.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    tz, utc = ZoneInfo(zone), ZoneInfo("UTC")
    return max(local.replace(tzinfo=tz, fold=fold).astimezone(utc) for fold in (0, 1))
