"""Files beside comments, looked at by the program that the installation names; and the end of those that were never submitted."""

import logging
import shlex
import subprocess
from typing import cast

from flask import current_app

from consult import clock
from consult.operations.attach import SCAN
from consult.operations.attachments import forget_unsent, scanned
from consult.operations.outbox import Claimed, claim, fail, finish
from consult.queries.attachments import waiting_file
from consult.storage import Storage

_log = logging.getLogger(__name__)
SECONDS = 120


def look_at_files() -> int:
    """One round over what waits for the scanner, and over what nobody will submit any more: how many files were worked on."""
    command = shlex.split(current_app.config["SETTINGS"].scanner)
    claimed = claim(kind=SCAN, now=clock.now(), limit=5) if command else ()
    for row in claimed:
        _look(row, command)
    return len(claimed) + forget_unsent(now=clock.now())


def _look(row: Claimed, command: list[str]) -> None:
    """0 is clean, 1 is refused; anything else is no verdict, and the file waits for the next try."""
    attachment = int(row.payload["attachment"])
    sha256 = waiting_file(attachment)
    storage = cast(Storage, current_app.config["STORAGE"])
    if sha256 is None or storage.size(sha256) is None:  # taken out, or erased meanwhile
        finish(claimed=row, now=clock.now())
        return
    try:
        status = subprocess.run(  # noqa: S603  the command is the installation's own setting, the path a sum of ours
            [*command, str(storage.place(sha256))], timeout=SECONDS, stdin=subprocess.DEVNULL, capture_output=True, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        status = -1
        _log.warning("scanner: %s", type(error).__name__)
    if status in (0, 1):
        scanned(attachment=attachment, clean=status == 0, now=clock.now())
        finish(claimed=row, now=clock.now())
    else:
        fail(claimed=row, error="scanner", now=clock.now())
