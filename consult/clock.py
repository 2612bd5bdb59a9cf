"""The only reader of the wall clock. Everything below takes `now=` as an argument."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant in UTC.

    Tests and rehearsals of the demo may stop the clock: CONSULT_TEST_NOW (an ISO time with its zone) counts only
    where CONSULT_TEST_CLOCK=1 stands beside it, so that no stray variable can ever reopen a closed window.
    """
    stopped = os.environ.get("CONSULT_TEST_NOW")
    if stopped and os.environ.get("CONSULT_TEST_CLOCK") == "1":
        return _instant(stopped)
    return datetime.now(UTC)  # noqa: TID251  this is the one place


def _instant(written: str) -> datetime:
    instant = datetime.fromisoformat(written)
    if instant.tzinfo is None:
        raise ValueError(f"CONSULT_TEST_NOW needs a zone, as in {written}Z")
    return instant.astimezone(UTC)
