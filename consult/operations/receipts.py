"""Opening a receipt again with its reference and secret code; wrong codes are counted."""

import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from consult.core.problem import Problem, Refused
from consult.core.reference import code_sha256, derived
from consult.extensions import writing
from consult.models import Attempt
from consult.queries.receipts import secret_sha256_of

TRIES, WITHIN = 10, timedelta(minutes=15)
"""Wrong codes for one reference within that time; then only waiting helps (the code has 78 bits: guessing would take ages anyway)."""


def open_receipt(*, reference: str, code: str, now: datetime) -> None:
    """Returns where the code is that of the reference. Refused with too_many_tries (params: minutes) or no_such_receipt, which says
    the same for an unknown reference as for a wrong code.
    """
    subject = derived(current_app.config["SETTINGS"].secret_key, "attempt.receipt", reference).hex()
    with writing() as session:
        recent = (Attempt.kind == "receipt", Attempt.subject_sha256 == subject, Attempt.at > now - WITHIN)
        if session.scalars(select(func.count()).select_from(Attempt).where(*recent)).one() >= TRIES:
            raise Refused(Problem("too_many_tries", params={"minutes": WITHIN // timedelta(minutes=1)}))
        if hmac.compare_digest(secret_sha256_of(reference) or "", code_sha256(code)):
            return
        session.add(Attempt(kind="receipt", subject_sha256=subject, at=now))
    raise Refused(Problem("no_such_receipt"))
