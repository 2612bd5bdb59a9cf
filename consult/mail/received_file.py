"""The receipt of a file with comments: that it came, when, and how its sender goes on."""

from flask import render_template
from flask_babel import gettext

from consult.core.received_file import FileReceipt
from consult.mail.message import Mail, in_language, letter
from consult.wording.dates import moment_text


def received_file_mail(file: FileReceipt, *, to: str, code: str, address: str | None) -> Mail:
    """In the language of the pages it was sent on. `code` opens the basket it lies in, at `address`."""
    with in_language(file.language):
        subject = gettext("Your file was received: %(ref)s", ref=file.reference)
        text = render_template(
            "mail/file_received.txt", file=file, code=code, address=address,
            arrived=moment_text(file.arrived_at, file.zone, file.language),
            until=moment_text(file.until, file.zone, file.language),
        )  # fmt: skip
    return Mail(to, subject, letter(text, file.language), file.language)
