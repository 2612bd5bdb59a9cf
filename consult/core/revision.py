"""Which revision of a comment counts: the author may revise it until closing, and what was cleared stays shown until the newer words are."""

from collections.abc import Collection
from typing import Literal

from consult.core.vocabulary import ModerationState

Verdict = Literal["cleared", "refused"]
VERDICTS: tuple[Verdict, ...] = ("cleared", "refused")
SHOWN_ON: tuple[ModerationState, ...] = ("cleared", "held", "withheld")
"""States in which a newer revision waits beside what was decided; a pending comment waits as a whole, and what has ended waits no more."""


def shown_revision(state: str, newest: int, cleared: int | None) -> int:
    """The revision a reader gets, whoever may read the comment at all: the cleared one, or before there is one (and for staff) the newest."""
    return cleared if state == "cleared" and cleared is not None else newest


def waits(state: str, newest: int, judged: int) -> bool:
    """Whether a revision waits for moderation beside a comment that has been decided on."""
    return state in SHOWN_ON and newest > judged


def may_be_revised(state: str) -> bool:
    """What its author took back, and what was erased, has no further words."""
    return state not in ("withdrawn", "erased")


def narrower_than(choice: str, choices: Collection[str]) -> tuple[str, ...]:
    """The publication choices that allow less than `choice`, widest first; `choices` from the widest to the narrowest."""
    listed = tuple(choices)
    return listed[listed.index(choice) + 1 :]
