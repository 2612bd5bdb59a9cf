"""Confirming the mail address of a hand-in: the link and the code that only the owner of the mailbox gets, and what became of our mails."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from consult.core.limits import Limit
from consult.core.reference import as_typed, derived, short_code

VALID_FOR = timedelta(days=7)
"""A link and its code can be used for so long; every sending again begins it anew."""
CODE_TRIES = 10
"""Wrong codes for one mail; a code has 39 bits. Sending again gives another one."""
SEND_AGAIN = Limit(5, timedelta(days=1))
"""Mails asked for again, for one submission."""
SEND_FROM = Limit(60, timedelta(hours=1))
"""The same, from one network."""

Delivery = Literal["waiting", "trying", "sent", "refused", "failed", "not_needed"]
NOT_NEEDED = "not needed"
"""Kept in the outbox as the error of a mail that had nobody to go to any more when its turn came."""


def link_token(secret_key: str, key: str) -> str:
    """Of the link in the mail."""
    mac = derived(secret_key, "confirmation.link", key)[:24]
    return f"{key}.{base64.urlsafe_b64encode(mac).decode()}"


def key_of(secret_key: str, token: str) -> str | None:
    """The key that a link's token names; None for a token that is not ours."""
    key = token.partition(".")[0]
    return key if hmac.compare_digest(link_token(secret_key, key).encode(), token.encode()) else None


def typed_code(secret_key: str, key: str) -> str:
    """What stands in the mail to be typed, such as 7KQM-4TWX."""
    return short_code(secret_key, "confirmation.code", key)


def is_typed_code(secret_key: str, key: str, written: str) -> bool:
    return hmac.compare_digest(as_typed(typed_code(secret_key, key)), as_typed(written))


@dataclass(frozen=True, slots=True)
class MailState:
    """A mail of ours to the sender: asked for at `at`; `moment` is when it left, or when it is tried again. `smtp`: the server's answer, 550."""

    template: str
    at: datetime
    state: Delivery
    moment: datetime | None = None
    smtp: int | None = None


def mail_state(
    *, template: str, created_at: datetime, due_at: datetime, done_at: datetime | None, attempts: int, error: str | None
) -> MailState:
    """What a row of the outbox says of its mail."""
    last = (error or "").rpartition(" ")[2]
    smtp = int(last) if last.isdigit() else None
    if done_at is None:
        return MailState(template, created_at, "trying" if attempts and error else "waiting", due_at if error else None, smtp)
    if error is None:
        return MailState(template, created_at, "sent", done_at)
    if error == NOT_NEEDED:
        return MailState(template, created_at, "not_needed", done_at)
    return MailState(template, created_at, "refused" if error.startswith("recipient refused") else "failed", done_at, smtp)


@dataclass(frozen=True, slots=True)
class ConfirmationSeen:
    """What a link is about, told to whoever holds it. `state` is the submission's; `over`: the link counts no more (time, or another address)."""

    reference: str
    state: str
    over: bool
    expires_at: datetime
    zone: str
    received_at: datetime
    consultation: str
    consultation_title: str
    title_language: str
    round: int
    comments: int
    name: str | None
    organisation: str | None
    answers: str | None = None
    """Reference of answers, where it is nothing else."""
