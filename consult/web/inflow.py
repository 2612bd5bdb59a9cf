"""The curve of a round's inflow beside that of the round before, as a picture with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.core.inflow import Day, curve, inflow
from consult.queries.consultations import RoundSeen
from consult.queries.participation import arrivals

WIDTH, HEIGHT = 760.0, 160.0


@dataclass(frozen=True, slots=True)
class Inflow:
    """`days` of the round; `top` of the scale; `earlier`: the round before, its curve drawn over the same width."""

    round: RoundSeen
    days: tuple[Day, ...]
    path: str
    top: int
    earlier: RoundSeen | None
    earlier_path: str
    earlier_total: int

    @property
    def total(self) -> int:
        return self.days[-1].total if self.days else 0


def inflow_of(rounds: Sequence[RoundSeen], current: RoundSeen, now: datetime) -> Inflow | None:
    """None while nothing came in; one statement. `rounds` in their order."""
    before = next((each for each in reversed(rounds) if each.number < current.number and each.window.opens <= now), None)
    came = arrivals([each.id for each in (current, before) if each])
    days = inflow(current.window, came[current.id], now)
    if not days or not days[-1].total:
        return None
    earlier = inflow(before.window, came[before.id], now) if before else ()
    top = max(days[-1].total, earlier[-1].total if earlier else 0)
    return Inflow(
        current, days, curve(days, current.window, top, WIDTH, HEIGHT), top, before if earlier else None,
        curve(earlier, before.window, top, WIDTH, HEIGHT) if before else "", earlier[-1].total if earlier else 0,
    )  # fmt: skip
