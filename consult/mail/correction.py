"""Tells those who commented on a clause that its translation was corrected."""

from collections.abc import Callable

from flask import current_app, render_template
from flask_babel import gettext

from consult.core.body import Body
from consult.core.notice import CorrectedForAuthor, CorrectionNotice
from consult.mail.message import Mail, in_language, letter
from consult.wording.dates import date_text, language_text
from consult.wording.standards import version_title

Address = Callable[[CorrectedForAuthor, str], str | None]


def correction_mail(notice: CorrectionNotice, *, address: Address) -> Mail:
    """One mail for all clauses of the correction, in the language of the person's pages. `address` gives the clause's page, None where unknown."""
    body: Body = current_app.config["BODY"]
    with in_language(notice.language):
        labels = [clause.label for clause in notice.clauses]
        subject = gettext("The text you commented on was corrected: %(clauses)s", clauses=", ".join(labels))
        text = render_template(
            "mail/correction.txt", notice=notice, written=language_text(notice.written, notice.language),
            day=date_text(notice.at.date(), notice.language), version=version_title(notice.version, gettext), contact=body.contact,
            address=lambda clause: address(clause, notice.written),
        )  # fmt: skip
    return Mail(notice.mail, subject, letter(text, notice.language), notice.language)
