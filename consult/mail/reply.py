"""Tells the author of a comment that its question was answered."""

from flask import current_app, render_template
from flask_babel import gettext

from consult.core.body import Body
from consult.core.reply import ReplySeen, nearest_reply
from consult.mail.message import Mail, in_language, letter
from consult.wording.dates import language_text


def reply_mail(*, mail: str, language: str, reference: str, replies: tuple[ReplySeen, ...], address: str | None) -> Mail | None:
    """The answer in the language of the person's pages, or the nearest there is. `address`: where the receipt is opened, None where unknown."""
    body: Body = current_app.config["BODY"]
    answer = nearest_reply(replies, language)
    if answer is None:
        return None
    with in_language(language):
        subject = gettext("Your question was answered: %(reference)s", reference=reference)
        written = language_text(answer.language, language) if answer.language != language else None
        text = render_template("mail/reply.txt", reference=reference, answer=answer, written=written, address=address, contact=body.contact)
    return Mail(mail, subject, letter(text, language), language)
