"""Labels, signs, and which label a sign speaks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Label = Literal["editorial", "clarified", "stricter", "looser", "new_obligation", "removed_obligation", "scope_changed"]
LABELS: tuple[Label, ...] = ("editorial", "clarified", "stricter", "looser", "new_obligation", "removed_obligation", "scope_changed")

WEIGHTIEST: tuple[Label, ...] = ("removed_obligation", "new_obligation", "looser", "stricter", "scope_changed", "clarified", "editorial")
"""What a reader must not miss first: where one line has no room for all labels."""

Direction = Literal["stricter", "looser", "none"]

SignKind = Literal[
    "strength", "limit", "deadline", "frequency", "date", "figure", "threshold", "condition", "weakener", "assurance", "narrowing",
    "obligation", "recommendation", "permission", "demand", "activities", "term", "wording", "form",
]  # fmt: skip
SIGNS: tuple[SignKind, ...] = (
    "strength", "limit", "deadline", "frequency", "date", "figure", "threshold", "condition", "weakener", "assurance", "narrowing",
    "obligation", "recommendation", "permission", "demand", "activities", "term", "wording", "form",
)  # fmt: skip
"""In the order in which a page shows them: what binds first, what is only form last."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One observation. `old` and `new` quote the words ("" where there are none), `where` is the item's label as printed ("b)") or "".

    `direction`: what it does to the clause by itself. For the kind `activities` old and new are codes, joined by a comma.
    """

    kind: SignKind
    direction: Direction
    language: str
    old: str
    new: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`labels` in the order of LABELS; empty where words changed whose effect cannot be read: a person decides."""

    labels: tuple[Label, ...]
    signs: tuple[Sign, ...]


def labels_of(signs: Iterable[Sign]) -> tuple[Label, ...]:
    """The labels that signs speak for. Wording and form count only where nothing weightier was seen."""
    found: set[Label] = set()
    listed = tuple(signs)
    for sign in listed:
        found |= _label(sign)
    kinds = {sign.kind for sign in listed}
    if not found and "figure" not in kinds:
        if "wording" in kinds:
            found = {"clarified"}
        elif "form" in kinds:
            found = {"editorial"}
    return tuple(label for label in LABELS if label in found)


def _label(sign: Sign) -> set[Label]:
    if sign.kind in ("wording", "form", "figure"):
        return set()
    if sign.kind in ("activities", "term"):
        return {"scope_changed"}
    if sign.kind == "obligation":
        return {"new_obligation"} if sign.direction == "stricter" else {"removed_obligation"}
    found: set[Label] = {"stricter"} if sign.direction == "stricter" else {"looser"}
    if sign.kind == "threshold":
        found.add("scope_changed")
    return found


def weightiest(labels: Sequence[str], most: int = 2) -> tuple[str, ...]:
    """Those that one line has room for, in the order in which they stood."""
    first = sorted(labels, key=lambda label: [*WEIGHTIEST, label].index(label))[:most]
    return tuple(label for label in labels if label in first)
