"""What somebody asks for when she subscribes, and the links and codes that only the owner of the mailbox gets."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from consult.core.happening import FREQUENCIES, TELLABLE, Happening
from consult.core.problem import Problem
from consult.core.reference import ALPHABET, as_typed, derived

VALID_FOR = timedelta(hours=48)
"""A link and its code can be used for so long."""
CODE_TRIES = 5
LONGEST_MAIL = 254


@dataclass(frozen=True, slots=True)
class Topic:
    """What is followed: a consultation (its slug), a standard, or a clause (standard, version, number)."""

    kind: Literal["consultation", "standard", "clause"]
    slug: str
    version: str = ""
    number: str = ""

    @property
    def value(self) -> str:
        """As it stands in a form."""
        return ":".join((self.kind, self.slug, self.version, self.number)).rstrip(":")


def read_topic(value: str) -> Topic | None:
    """The topic of a form's value; None for anything else."""
    kind, _, rest = value.partition(":")
    parts = rest.split(":")
    if kind == "clause" and len(parts) == 3 and all(parts):
        return Topic("clause", *parts)
    if len(parts) != 1 or not rest:
        return None
    return Topic("consultation", rest) if kind == "consultation" else Topic("standard", rest) if kind == "standard" else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filled form."""

    mail: str
    topic: Topic | None
    kinds: Sequence[str]
    frequency: str
    language: str


def problems_of(wanted: Wanted) -> tuple[Problem, ...]:
    """mail_invalid, topic_missing, kinds_missing, frequency_unknown; each with its field."""
    found = [] if is_mail(wanted.mail) else [Problem("mail_invalid", {"field": "mail"})]
    if wanted.topic is None:
        found.append(Problem("topic_missing", {"field": "topic"}))
    if not wanted.kinds or not set(wanted.kinds) <= set(TELLABLE):
        found.append(Problem("kinds_missing", {"field": "kinds"}))
    if wanted.frequency not in FREQUENCIES:
        found.append(Problem("frequency_unknown", {"field": "frequency"}))
    return tuple(found)


def is_mail(address: str) -> bool:
    """Whether it has the form of one address, without anything that could end a header line."""
    local, _, domain = address.rpartition("@")
    marks = set(' ,;:<>()[]\\"@')
    return (
        bool(local) and "." in domain.strip(".") and len(address) <= LONGEST_MAIL
        and not any(mark.isspace() or not mark.isprintable() or mark in marks for mark in local + domain)
    )  # fmt: skip


def confirm_token(secret_key: str, key: str) -> str:
    """Of the link that confirms a request."""
    return f"{key}.{_mac(secret_key, 'subscription.confirm', key)}"


def confirm_code(secret_key: str, key: str) -> str:
    """The same by hand, such as 7KQM-4TWX (39 bits, five tries)."""
    rest, letters = int.from_bytes(derived(secret_key, "subscription.code", key), "big"), ""
    for _ in range(8):
        rest, index = divmod(rest, len(ALPHABET))
        letters += ALPHABET[index]
    return f"{letters[:4]}-{letters[4:]}"


def is_confirm_code(secret_key: str, key: str, written: str) -> bool:
    return hmac.compare_digest(as_typed(confirm_code(secret_key, key)), as_typed(written))


def manage_token(secret_key: str, subscriber: int, key: str) -> str:
    """Of the links by which a subscriber changes or ends her mails: good as long as she gets any."""
    return f"{subscriber}.{_mac(secret_key, 'subscription.manage', str(subscriber), key)}"


def is_token(made: str, given: str) -> bool:
    return hmac.compare_digest(made.encode(), given.encode())


def _mac(secret_key: str, purpose: str, *parts: str) -> str:
    return base64.urlsafe_b64encode(derived(secret_key, purpose, *parts)[:24]).decode()


@dataclass(frozen=True, slots=True)
class TopicSeen:
    """What is or can be followed. `title` is that of the consultation or standard, `clause` of the clause behind its `label`."""

    topic: Topic
    title: str
    language: str
    version: str | None = None
    label: str | None = None
    clause: str | None = None
    clause_language: str | None = None


@dataclass(frozen=True, slots=True)
class RequestSeen:
    key: str
    mail: str | None
    language: str
    topic: TopicSeen
    kinds: tuple[str, ...]
    frequency: str
    expires_at: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True)
class News:
    """A mail as it leaves: to whom, and what happened, newest last. `subscriber` and `key` make the token of its links."""

    mail: str
    language: str
    subscriber: int
    key: str
    happenings: tuple[Happening, ...]
