"""Files beside the words of a form: taken from the request, stored at once, arranged, and what is wrong with the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import request

from consult.core.attachment import FILE_BYTES, PER_COMMENT, SUBMISSION_BYTES, TYPES, audience_of
from consult.core.problem import Problem
from consult.operations.attach import FIELD, Upload, attach_files
from consult.operations.attachments import arrange_attachments
from consult.web import baskets
from consult.web.bounded import MOST_FILES
from consult.web.permissions import request_time

TOO_LARGE = ("attachment_large", "attachment_total")
LIMITS = {"most": PER_COMMENT, "each": FILE_BYTES, "all": SUBMISSION_BYTES}
ACCEPTED = ",".join([*(f".{code}" for code in TYPES), ".jpg"])


def about_files() -> dict[str, Any]:
    """What the field says of itself."""
    return {"file_limits": LIMITS, "accepted_files": ACCEPTED}


def take_files(*, consultation: str, round_number: int, key: str, opened: datetime | None) -> tuple[Problem, ...]:
    """Arranges the files that came before, stores those that come now, and tells what is wrong with the others. Raises Refused where the
    window is closed.
    """
    _arrange(key)
    uploads = [Upload(each.filename or "", each.stream.read()) for each in request.files.getlist(FIELD)[:MOST_FILES] if each.filename]
    if not uploads:
        return ()
    return attach_files(
        consultation=consultation, round_number=round_number, key=key, files=uploads, token=baskets.token(), opened_at=opened,
        address=request.remote_addr, now=request_time(),
    )  # fmt: skip


def status_of(problems: Sequence[Problem]) -> int:
    return 413 if any(each.code in TOO_LARGE for each in problems) else 422


def _arrange(key: str) -> None:
    audiences = {
        int(name.removeprefix("audience-")): audience_of(value)
        for name, value in request.form.items()
        if name.startswith("audience-") and name.removeprefix("audience-").isascii() and name.removeprefix("audience-").isdigit()
    }
    removed = [int(each) for each in request.form.getlist("remove_file") if each.isascii() and each.isdigit()]
    if audiences or removed:
        arrange_attachments(key=key, audiences=audiences, removed=removed)
