"""How comments came in over a window: day by day in its zone, and in all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consult.core.window import Window


@dataclass(frozen=True, slots=True)
class Day:
    """`on`: day of the zone; `received` on it; `total` up to its end."""

    on: date
    received: int
    total: int


def inflow(window: Window, arrivals: Iterable[tuple[datetime, int]], now: datetime) -> tuple[Day, ...]:
    """One entry per day from opening to today, or to closing; what came late counts on the last day, so that the last total is all received.

    `arrivals`: instants with how many comments came then.
    """
    first = window.local_opens.date()
    last = min(window.local_closes.date(), max(first, now.astimezone(ZoneInfo(window.zone)).date()))
    if now < window.opens:
        return ()
    counts: Counter[date] = Counter()
    for at, many in arrivals:
        counts[min(last, max(first, at.astimezone(ZoneInfo(window.zone)).date()))] += many
    found, total = [], 0
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        total += counts[on]
        found.append(Day(on, counts[on], total))
    return tuple(found)


def curve(days: tuple[Day, ...], window: Window, top: int, width: float, height: float) -> str:
    """The path of the totals as steps, from 0,height; x is the share of the window, so that rounds of different length compare."""
    length = max(1, (window.local_closes.date() - window.local_opens.date()).days + 1)
    points = [f"M0 {height:g}"]
    for at, day in enumerate(days, start=1):
        points.append(f"V{height - height * day.total / max(1, top):.1f}H{width * at / length:.1f}")
    return "".join(points)
