"""Languages of versions from the outbox: compared once, when a version was published, corrected or linked anew."""

import logging

from consult import clock
from consult.operations.outbox import Claimed, claim, fail, finish
from consult.operations.parity import JOB, compare_languages

_log = logging.getLogger(__name__)


def compare() -> int:
    """The next version that is due: how many rows were tried (1, or 0 when there is nothing to do)."""
    claimed = claim(kind=JOB, now=clock.now(), limit=1)
    for row in claimed:
        _compare(row)
    return len(claimed)


def _compare(row: Claimed) -> None:
    try:
        compare_languages(standard=row.payload["standard"], version=row.payload["version"], now=clock.now())
    except Exception as error:  # one that cannot be compared must not stop the others
        _log.exception("languages of %s cannot be compared", dict(row.payload))
        fail(claimed=row, error=f"fault: {type(error).__name__}", now=clock.now())
    else:
        finish(claimed=row, now=clock.now())
