"""Opening a receipt again with its reference and secret code; wrong codes are counted."""

import hmac
from datetime import datetime, timedelta

from consult.core.limits import Limit
from consult.core.problem import Problem, Refused
from consult.core.reference import code_sha256
from consult.extensions import writing
from consult.operations.attempts import count_attempt, take_back
from consult.queries.receipts import secret_sha256_of

WRONG_CODES = Limit(10, timedelta(minutes=15))
"""For one reference; then only waiting helps (the code has 78 bits: guessing would take ages anyway)."""


def open_receipt(*, reference: str, code: str, now: datetime) -> None:
    """Returns where the code is that of the reference. Refused with too_many_attempts (params: seconds) or no_such_receipt, which says
    the same for an unknown reference as for a wrong code.
    """
    with writing() as session:
        counted = count_attempt(session, kind="receipt", whom=[(reference, WRONG_CODES)], now=now)
        if hmac.compare_digest(secret_sha256_of(reference) or "", code_sha256(code)):
            take_back(session, counted)
            return
    raise Refused(Problem("no_such_receipt"))
