"""Positions by class as a table with bars: opposition left of the axis, support right of it, the rest in figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from consult.core.body import Body
from consult.core.vocabulary import POSITIONS

AXIS, WIDTH, WIDEST = 40.0, 100.0, 12.0
"""Of the bar's own units: where support begins, where the bar ends, and the most that one comment takes."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """`counts` by position, "" for none taken. The bar: oppose runs left from the axis, support and support with changes right."""

    code: str
    counts: Mapping[str, int]
    oppose: tuple[float, float]
    support: tuple[float, float]
    changes: tuple[float, float]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def position_table(crossed: Mapping[str, Mapping[str, int]]) -> tuple[ClassRow, ...]:
    """One row per class that spoke, in the order the body lists its classes; (x, width) of each bar on one scale for all."""
    body: Body = current_app.config["BODY"]
    order = {term.code: place for place, term in enumerate(body.classes)}
    left = max((counts.get("oppose", 0) for counts in crossed.values()), default=0)
    right = max((counts.get("support", 0) + counts.get("support_with_changes", 0) for counts in crossed.values()), default=0)
    unit = min(AXIS / left if left else WIDEST, (WIDTH - AXIS) / right if right else WIDEST, WIDEST)
    return tuple(_row(code, crossed[code], unit) for code in sorted(crossed, key=lambda each: (order.get(each, len(order)), each)))


def _row(code: str, counts: Mapping[str, int], unit: float) -> ClassRow:
    against, for_it, changes = (counts.get(position, 0) * unit for position in ("oppose", "support", "support_with_changes"))
    shown = {position: counts.get(position, 0) for position in (*POSITIONS, "")}
    return ClassRow(
        code, shown, (round(AXIS - against, 2), round(against, 2)), (AXIS, round(for_it, 2)),
        (round(AXIS + for_it, 2), round(changes, 2)),
    )  # fmt: skip
