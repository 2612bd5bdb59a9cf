"""Quantities of two statements that correspond: which figure took which one's place, and whether that asks more."""

import re
from collections.abc import Iterator, Sequence

from consult.core.meaning.labels import Direction, Sign, SignKind
from consult.core.meaning.quantities import Quantity, read_quantities
from consult.core.meaning.statements import Statement

_KIND: dict[str, SignKind] = {
    "max": "limit", "min": "limit", "deadline": "deadline", "frequency": "frequency", "date": "date", "until": "date", "from": "date",
    "over": "threshold", "under": "threshold", "plain": "figure",
}  # fmt: skip
_LOWER_IS_STRICTER = ("max", "deadline", "frequency", "date", "from")
_HEADS = (
    ("deadline", re.compile(r"deadline|time limit|within|délai|échéance|期限|时限", re.IGNORECASE)),
    ("frequency", re.compile(r"frequency|interval|how often|fréquence|périodicité|频率|频次", re.IGNORECASE)),
    ("max", re.compile(r"limit value|maximum|upper limit|threshold|valeur limite|seuil|限值|上限|最高", re.IGNORECASE)),
    ("min", re.compile(r"minimum|at least|lower limit|minimale?|下限|最低|至少", re.IGNORECASE)),
)
"""What the head of a table, or the sentence over it, makes of the figures in its rows."""
SAME_DAYS = 0.02
"""Share by which periods in other units may differ and still be the same: 12 months are a year."""


def figure_signs(old: Statement, new: Statement, language: str) -> Iterator[Sign]:
    """One sign per quantity that changed, came or went. Figures whose direction cannot be read give `figure`, which suggests nothing."""
    gone, come = _of(old, language), _of(new, language)
    for quantity in list(gone):
        if same := next((each for each in come if _same(quantity, each)), None):
            gone.remove(quantity)
            come.remove(same)
    free = new.force in ("may", "need_not")
    where = new.where
    for quantity in list(gone):
        match = _successor(quantity, come)
        if match is None:
            continue
        gone.remove(quantity)
        come.remove(match)
        role = match.role if match.role != "plain" else quantity.role
        direction = _turned(quantity, match, role, free)
        kind: SignKind = _KIND[role] if direction != "none" else "figure"
        yield Sign(kind, direction, language, quantity.words, match.words, where)
    for added, left in ((False, gone), (True, come)):
        for quantity in left:
            if quantity.role != "plain":
                more = (quantity.role in ("over", "under", "from", "until")) != added
                direction = "stricter" if more != (free and quantity.role in ("over", "under")) else "looser"
                yield Sign(
                    _KIND[quantity.role], direction, language, "" if added else quantity.words, quantity.words if added else "", where
                )


def _of(statement: Statement, language: str) -> list[Quantity]:
    found = list(read_quantities(statement.text, language, statement.forces, led=statement.lead is not None))
    if statement.kind == "row":
        role = next((role for role, head in _HEADS if head.search(statement.head)), "")
        if role:
            found = [_as(quantity, role) for quantity in found]
    return found


def _as(quantity: Quantity, role: str) -> Quantity:
    if quantity.role != "plain" or (role in ("deadline", "frequency") and quantity.unit != "time"):
        return quantity
    return Quantity(quantity.value, quantity.unit, role, quantity.words, quantity.start, quantity.end)


def _near(one: float, other: float, unit: str) -> bool:
    return abs(one - other) <= (SAME_DAYS * max(one, other) if unit == "time" else 1e-9)


def _same(one: Quantity, other: Quantity) -> bool:
    return (
        one.unit == other.unit and _near(one.value, other.value, one.unit) and (one.role == other.role or "plain" in (one.role, other.role))
    )


def _successor(quantity: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """Of the same unit; of the same role rather than of another."""
    alike = [each for each in others if each.unit == quantity.unit]
    return next((each for each in alike if each.role == quantity.role), alike[0] if alike else None)


def _turned(old: Quantity, new: Quantity, role: str, free: bool) -> Direction:
    if {old.role, new.role} in ({"min", "max"}, {"over", "under"}) or role == "plain":
        return "none"
    if _near(new.value, old.value, new.unit):  # at most 5 -> below 5, by 2030 -> from 2030: the figure stays, its sense does not
        return "none"
    lower = new.value < old.value
    if role in _LOWER_IS_STRICTER:
        return "stricter" if lower else "looser"
    if role in ("over", "under"):
        wider = lower if role == "over" else not lower
        return "stricter" if wider != free else "looser"
    return "stricter" if lower == (role == "until" and free) else "looser"  # min, and until where something is required
