"""The receipt as text: for the mail to its sender and for the file she saves."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template
from flask_babel import gettext

from consult.core.body import Body
from consult.core.receipt import CommentOnReceipt, ReceiptSeen
from consult.core.revised import Changes, changes
from consult.mail.message import Mail, in_language, letter
from consult.wording.countries import country_name
from consult.wording.dates import both_zones, date_text, moment_text
from consult.wording.standards import version_title
from consult.wording.tongues import tongue_name


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of ours is found: its path, and its whole address where the installation knows its own."""

    path: str
    address: str | None


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What the owner of a mail address confirms with, or disowns: a link, or the code typed on a page. Both hold until then."""

    code: str
    link: str | None
    page: Page
    until: datetime


def receipt_mail(seen: ReceiptSeen, *, secret: str | None, page: Page, confirm: ToConfirm | None = None) -> Mail | None:
    """The mail to the sender in the language of her pages; None where there is no address (any more)."""
    if not seen.mail:
        return None
    with in_language(seen.language):
        if seen.endorsement:
            subject = gettext("Receipt for your endorsement: %(ref)s", ref=seen.reference)
        elif seen.sheet:
            subject = gettext("Receipt for your answers: %(ref)s", ref=seen.reference)
        else:
            subject = gettext("Receipt for your comments: %(ref)s", ref=seen.reference)
        text = receipt_text(seen, secret=secret, language=seen.language, page=page, confirm=confirm)
    return Mail(seen.mail, subject, letter(text, seen.language), seen.language)


def disowned_mail(seen: ReceiptSeen) -> Mail | None:
    """To the owner of the address: what was done after she said that the comments are not hers."""
    if not seen.mail:
        return None
    body: Body = current_app.config["BODY"]
    with in_language(seen.language):
        if seen.sheet:
            subject = gettext("Withheld, as you said these answers are not yours: %(ref)s", ref=seen.reference)
        else:
            subject = gettext("Withheld, as you said these comments are not yours: %(ref)s", ref=seen.reference)
        text = render_template("mail/disowned.txt", receipt=seen, body=body)
    return Mail(seen.mail, subject, letter(text, seen.language), seen.language)


def receipt_text(seen: ReceiptSeen, *, secret: str | None, language: str, page: Page, confirm: ToConfirm | None = None) -> str:
    """Everything that was handed in, each comment beside its clause. `page`: where the receipt is opened again; `confirm` is for the mail only:
    whoever shows its code has read the mail.
    """
    body: Body = current_app.config["BODY"]
    with in_language(language):
        text = render_template(
            "mail/receipt.txt", receipt=seen, secret=secret, page=page, confirm=confirm, body=body,
            received=moment_text(seen.received_at, seen.window.zone, language), closes=moment_text(seen.window.closes, seen.window.zone, language),
            stakeholder_class=body.class_name(seen.stakeholder_class, language), country=country_name(seen.country, language),
            tongue_name=lambda tag: tongue_name(tag, language), version_title=lambda name: version_title(name, gettext),
            changed_in=_changed_in,
            date_in=lambda at: date_text(at.date(), language), moment_in=lambda at: moment_text(at, seen.window.zone, language), zones=lambda at: both_zones(at, seen.window.zone, language),
        )  # fmt: skip
    return text.strip() + "\n"


def _changed_in(comment: CommentOnReceipt, number: int) -> Changes | None:
    """What a revision changed of the one before; None for the first."""
    return changes(comment.revisions[number - 2], comment.revisions[number - 1], comment.language) if number > 1 else None
