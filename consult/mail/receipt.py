"""The receipt as text: for the mail to its sender and for the file she saves."""

from flask import current_app, render_template
from flask_babel import gettext

from consult.core.body import Body
from consult.core.receipt import ReceiptSeen
from consult.mail.message import Mail, in_language
from consult.wording.countries import country_name
from consult.wording.dates import moment_text
from consult.wording.standards import version_title
from consult.wording.tongues import tongue_name


def receipt_mail(seen: ReceiptSeen, *, secret: str | None, address: str | None) -> Mail | None:
    """The mail to the sender in the language of her pages; None where there is no address (any more)."""
    if not seen.mail:
        return None
    with in_language(seen.language):
        subject = gettext("Receipt for your comments: %(ref)s", ref=seen.reference)
        text = receipt_text(seen, secret=secret, language=seen.language, address=address)
    return Mail(seen.mail, subject, text, seen.language)


def receipt_text(seen: ReceiptSeen, *, secret: str | None, language: str, address: str | None) -> str:
    """Everything that was handed in, each comment beside its clause. `address`: where the receipt is opened again."""
    body: Body = current_app.config["BODY"]
    with in_language(language):
        text = render_template(
            "mail/receipt.txt", receipt=seen, secret=secret, address=address,
            received=moment_text(seen.received_at, seen.window.zone, language), closes=moment_text(seen.window.closes, seen.window.zone, language),
            stakeholder_class=body.class_name(seen.stakeholder_class, language), country=country_name(seen.country, language),
            tongue_name=lambda tag: tongue_name(tag, language), version_title=lambda name: version_title(name, gettext),
            moment_in=lambda at: moment_text(at, seen.window.zone, language),
        )  # fmt: skip
    return text.strip() + "\n"
