"""Files of versions from the outbox: made once, when a version was published or a translation corrected."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from consult import clock
from consult.core.version_file import VersionFile
from consult.operations.files import JOB, built, keep_file
from consult.operations.outbox import Claimed, claim, fail, finish
from consult.queries.editions import FileSeen, Kept, file_of
from consult.storage import Storage

_log = logging.getLogger(__name__)
_making = threading.Lock()
_waiting = threading.BoundedSemaphore(4)
"""A file at a time in a process, and at most so many requests that wait for one: the others are answered, not kept."""
PATIENCE = 20.0
"""Seconds that a request waits for its turn."""


class Busy(Exception):
    """Too many ask for files that are still to be made."""


def make_files() -> int:
    """Makes the next file that is due: how many rows were tried (1, or 0 when there is nothing to do)."""
    claimed = claim(kind=JOB, now=clock.now(), limit=1)
    for row in claimed:
        _make(row)
    return len(claimed)


def _make(row: Claimed) -> None:
    try:
        kept_file(VersionFile(**row.payload), hurry=False)
    except Exception as error:  # one file that cannot be made must not stop the others
        _log.exception("file %s cannot be made", dict(row.payload))
        fail(claimed=row, error=f"fault: {type(error).__name__}", now=clock.now())
    else:
        finish(claimed=row, now=clock.now())


def kept_file(file: VersionFile, *, hurry: bool = True) -> Kept | None:
    """The file as it is kept, made now where it is not yet; None where there is no such file.

    Raises Busy where others wait already (`hurry`: somebody waits for the answer).
    """
    seen, kept = _kept(file)
    if seen is None or kept:
        return kept
    with turn(hurry=hurry):
        seen, kept = _kept(file)  # who was before us may have made it
        if seen is None or kept:
            return kept
        content = built(file)
        return None if content is None else keep_file(of=seen, content=content, now=clock.now())


def _kept(file: VersionFile) -> tuple[FileSeen | None, Kept | None]:
    """What there should be, and what there is: bytes that were lost count as not made."""
    storage: Storage = current_app.config["STORAGE"]
    seen = file_of(file)
    kept = seen.kept if seen else None
    return seen, kept if kept and storage.size(kept.sha256) is not None else None


@contextmanager
def turn(*, hurry: bool) -> Iterator[None]:
    """One file at a time in this process. Raises Busy instead of keeping every thread of a server waiting."""
    if not hurry:
        with _making:
            yield
        return
    if not _waiting.acquire(blocking=False):
        raise Busy
    try:
        if not _making.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            _making.release()
    finally:
        _waiting.release()


def filtered_file(file: VersionFile, activities: tuple[str, ...]) -> bytes | None:
    """Changes that bind some activities: made for whoever asks, never kept."""
    with turn(hurry=True):
        return built(file, activities)
