"""Files with comments from the outbox: read where the request that brought them did not."""

import logging
import threading
from collections.abc import Mapping
from typing import Any

from flask import current_app

from consult import clock
from consult.mail.message import Mail
from consult.mail.received_file import received_file_mail
from consult.operations.basket import resume_code
from consult.operations.outbox import Claimed, claim, fail, finish
from consult.operations.receive import JOB, read_received
from consult.queries.received_files import file_for_mail

_log = logging.getLogger(__name__)
_turns = threading.BoundedSemaphore(2)
"""So many requests of one process read at once; the others leave it to the worker, and nobody waits for a stranger's file."""
AT_ONCE = 1_000_000
"""Bytes of a file that is read within the request that brings it: a form has a tenth."""


def read_files() -> int:
    """Reads the next file that waits: how many rows of the outbox were tried (1, or 0 where there is nothing to do)."""
    claimed = claim(kind=JOB, now=clock.now(), limit=1)
    for row in claimed:
        _read(row)
    return len(claimed)


def read_at_once(reference: str, size: int) -> None:
    """Reads a small file now, if there is room for it; else the worker will."""
    if size > AT_ONCE or not _turns.acquire(blocking=False):
        return
    try:
        _reading(reference)
    except Exception:  # it is received all the same, and the worker tries again
        _log.exception("file %s cannot be read", reference)
    finally:
        _turns.release()


def _read(row: Claimed) -> None:
    try:
        _reading(str(row.payload["reference"]))
    except Exception as error:  # one file that breaks us must not stop the others
        _log.exception("file %s cannot be read", row.payload["reference"])
        fail(claimed=row, error=f"fault: {type(error).__name__}", now=clock.now())
    else:
        finish(claimed=row, now=clock.now())


def _reading(reference: str) -> None:
    read_received(
        reference=reference, languages=current_app.config["SETTINGS"].languages, body=current_app.config["BODY"], now=clock.now()
    )  # fmt: skip


def build_received(payload: Mapping[str, Any]) -> Mail | None:
    found = file_for_mail(int(payload["file"]))
    if found is None:
        return None
    settings = current_app.config["SETTINGS"]
    path = current_app.url_map.bind("").build("mine.resume", {"language": found.receipt.language})
    address = f"{settings.public_address.rstrip('/')}{path}" if settings.public_address else None
    return received_file_mail(found.receipt, to=found.mail, code=resume_code(found.seed), address=address)
