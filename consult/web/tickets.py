"""The way to a receipt without its secret code in the address: a signed ticket that names the submission and lasts an hour."""

import hashlib
from datetime import UTC, datetime, timedelta

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

LASTS = timedelta(hours=1)


def _serializer() -> URLSafeSerializer:
    key = current_app.config["SETTINGS"].secret_key
    return URLSafeSerializer(key, salt="consult.receipt.ticket", signer_kwargs={"digest_method": hashlib.sha256})


def ticket(reference: str, now: datetime) -> str:
    return str(_serializer().dumps([reference, int((now + LASTS).timestamp())]))


def admits(ticket: str, reference: str, now: datetime) -> bool:
    """Whether the ticket is ours, for this submission, and not over."""
    try:
        named, until = _serializer().loads(ticket)
    except (BadSignature, TypeError, ValueError):
        return False
    return bool(named == reference and now < datetime.fromtimestamp(until, UTC))


def receipt_address(reference: str, now: datetime) -> str:
    return url_for("commenting.handed_in", reference=reference, ticket=ticket(reference, now))
