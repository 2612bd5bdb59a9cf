"""What the clock brings about by itself: rounds that close, and what is deleted when its time is over."""

from datetime import datetime, timedelta

from flask import current_app

from consult import clock
from consult.operations.attachments import forget_unsent
from consult.operations.close import close_rounds
from consult.operations.retention import forget

EVERY = timedelta(hours=1)
"""Between looks for what is to be deleted."""


def close() -> int:
    """How many rounds were found closed."""
    return close_rounds(now=clock.now())


class House:
    """Looks for what is over its time at most once an hour, the first time at once."""

    def __init__(self) -> None:
        self._next: datetime | None = None

    def keep(self) -> int:
        """How much was deleted; goes on at once while there is more."""
        now = clock.now()
        if self._next is not None and now < self._next:
            return 0
        deleted = forget(now=now, days=current_app.config["SETTINGS"].draft_days) + forget_unsent(now=now)
        self._next = None if deleted else now + EVERY
        return deleted
