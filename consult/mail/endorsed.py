"""Tells who endorsed a comment that it is not shown any more."""

from flask import current_app, render_template
from flask_babel import gettext

from consult.core.receipt import EndorsementOnReceipt
from consult.mail.message import Mail, in_language, letter


def endorsed_comment_gone(own: EndorsementOnReceipt, state: str, *, address: str | None) -> Mail | None:
    """In the language of the sender's pages; None where there is no address (any more). `address` of the public page of the comment."""
    if not own.mail:
        return None
    with in_language(own.pages):
        subject = gettext("The comment you endorsed is no longer shown: %(reference)s", reference=own.comment)
        text = render_template(
            "mail/endorsed_comment_gone.txt", own=own, state=state, address=address, contact=current_app.config["BODY"].contact
        )
    return Mail(own.mail, subject, letter(text, own.pages), own.pages)
