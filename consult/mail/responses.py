"""Tells who commented what became of each of her comments, once the response of the round is published."""

from flask import current_app, render_template
from flask_babel import gettext, ngettext

from consult.core.body import Body
from consult.core.receipt import ReceiptSeen
from consult.mail.message import Mail, in_language, letter
from consult.wording.dates import date_text
from consult.wording.standards import version_title


def responses_mail(receipt: ReceiptSeen, *, address: str | None, report: str | None) -> Mail | None:
    """In the language of her pages; None where nobody is to be told any more. `address`: where the receipt is opened with reference and secret code,
    `report`: the whole report; None where the installation was not told its own address.
    """
    answered = [each for each in receipt.comments if each.decided]
    if not receipt.mail or receipt.disowned or not answered:
        return None
    body: Body = current_app.config["BODY"]
    with in_language(receipt.language):
        subject = ngettext(
            "What became of your comment: %(ref)s", "What became of your %(num)s comments: %(ref)s", len(answered), ref=receipt.reference
        )
        text = render_template(
            "mail/responses.txt", receipt=receipt, answered=answered, address=address, report=report, contact=body.contact,
            date_in=lambda at: date_text(at.date(), receipt.language), version_title=lambda name: version_title(name, gettext),
        )  # fmt: skip
    return Mail(receipt.mail, subject, letter(text, receipt.language), receipt.language)
