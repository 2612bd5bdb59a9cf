"""When people are reminded of drafts that they have not submitted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from consult.core.window import Window

Kind = Literal["days_7", "hours_48", "hours_6", "closed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
BEFORE: dict[Kind, timedelta] = {"days_7": timedelta(days=7), "hours_48": timedelta(hours=48), "hours_6": timedelta(hours=6)}
"""Before the closing; the last mail follows it, with everything that was not submitted."""
LATE = timedelta(days=7)
"""So long after the closing that mail is still sent, where the worker stood still."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a reminder tells: to whom, in which language, of which round, and what waits: (title of the standard, version, clause), None where
    a draft speaks of the consultation itself or of a whole document. `room`: the organisation whose room it is, where it is one.
    """

    mail: str
    kind: Kind
    language: str
    title: str
    round: int
    window: Window
    waiting: tuple[tuple[str | None, str | None, str | None], ...]
    room: str | None = None
    files: tuple[tuple[str, int, datetime], ...] = ()
    """Files with rows that wait for a word: name, how many, until when she decides about them."""
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Questions of the round and what was answered, in words."""

    @property
    def rows(self) -> int:
        return sum(rows for _, rows, _ in self.files)


def instant_of(kind: Kind, window: Window) -> datetime:
    """From when on a reminder is due. The last one waits for the grace: what is sent within it may still count."""
    return window.closes + window.grace if kind == "closed" else window.closes - BEFORE[kind]


def due(window: Window, now: datetime, asked_at: datetime) -> Kind | None:
    """The reminder that is due now: the newest whose instant has come, so that a worker that stood still sends one and not three.

    Nobody who asked after an instant is reminded of it: she knows.
    """
    if window.closes <= now < window.closes + window.grace:
        return None
    passed = [kind for kind in KINDS if instant_of(kind, window) <= now]
    newest = passed[-1] if passed else None
    if newest is None or asked_at > instant_of(newest, window):
        return None
    return None if newest == "closed" and now >= window.closes + window.grace + LATE else newest
