"""A mail before it is put on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale, pgettext

from consult.core.body import Body

LOCALES = {"zh": "zh_Hans"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """Plain text in one language. Without HTML: it reads everywhere, and nothing in it can be tracked."""

    to: str
    subject: str
    text: str
    language: str
    unsubscribe: str | None = None
    """Address that ends mails of this kind with one POST (RFC 8058), and shows a button to whoever opens it."""
    attachments: tuple[Attachment, ...] = ()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Sentences of the catalogues in a language, with or without a request."""
    with force_locale(LOCALES.get(language, language)):
        yield


def letter(text: str, language: str) -> str:
    """The text of a mail between its greeting and the name of who sends it."""
    body: Body = current_app.config["BODY"]
    with in_language(language):
        greeting = pgettext("mail", "Hello,")
        signed = pgettext("mail", "Kind regards\nSecretariat of %(name)s", name=body.name)
    return f"{greeting}\n\n{text.strip()}\n\n{signed}\n"
