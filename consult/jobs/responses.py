"""Mails that tell who commented what became of it."""

from collections.abc import Mapping
from typing import Any

from consult.jobs.subscriptions import address
from consult.mail.message import Mail
from consult.mail.responses import responses_mail
from consult.queries.receipts import receipt_seen


def build_responses(payload: Mapping[str, Any]) -> Mail | None:
    """Built from the rows as they stand when it leaves; None where nobody is to be told any more."""
    submission = int(payload["submission"])
    found = receipt_seen(language="", submission=submission)
    seen = receipt_seen(language=found.language, submission=submission) if found else None
    if seen is None:
        return None
    round_: dict[str, str] = {"consultation": seen.consultation, "number_of_round": str(seen.round)}
    return responses_mail(
        seen,
        address=address("commenting.receipt", seen.language, reference=seen.reference),
        report=address("reading.report", seen.language, **round_),
    )
