"""Mails about drafts that were not submitted: before closing how to submit them, after closing all of them as a form file."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template
from flask_babel import gettext, ngettext

from consult.core.body import Body
from consult.core.reminder import Reminded
from consult.mail.message import Attachment, Mail, in_language, letter
from consult.wording.dates import date_text, moment_text
from consult.wording.standards import version_title

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses for one reminder, None where the installation was not told its own: to go on with the drafts, to end reminders."""

    resume: str | None
    end: str | None


def reminder_mail(seen: Reminded, *, code: str | None, ways: Ways, deleted: datetime, form: tuple[str, bytes] | None) -> Mail:
    """`code` opens the drafts on any device (None: those of a room, which its own link opens); `deleted`: when they are erased; `form`: name and bytes of what is attached."""
    body: Body = current_app.config["BODY"]
    window, language = seen.window, seen.language
    with in_language(language):
        text = render_template(
            "mail/reminder.txt", of=seen, closes=moment_text(window.closes, window.zone, language),
            closes_utc=moment_text(window.closes, "UTC", language) if window.zone != "UTC" else None, code=code, ways=ways, form=form,
            deleted=date_text(deleted.date(), language), body=body, version_title=lambda name: version_title(name, gettext),
            confirm_until=moment_text(max(until for *_, until in seen.files), window.zone, language) if seen.files else None,
        )  # fmt: skip
        subject = _subject(seen)
    attached = (Attachment(form[0], XLSX, form[1]),) if form else ()
    return Mail(seen.mail, subject, letter(text, language), language, unsubscribe=ways.end, attachments=attached)


def _subject(seen: Reminded) -> str:
    """How many drafts wait and how long; the title of the consultation stands in the text."""
    count = len(seen.waiting)
    if not count:
        return _subject_of_rows(seen) if seen.rows else _subject_of_answers(seen)
    if seen.kind == "closed":
        return str(
            ngettext("Closed: one comment of yours was not submitted", "Closed: %(num)s comments of yours were not submitted", count)
        )
    if seen.kind == "days_7":
        return str(
            ngettext("Seven days left: one comment is not submitted yet", "Seven days left: %(num)s comments are not submitted yet", count)
        )
    if seen.kind == "hours_48":
        return str(
            ngettext("48 hours left: one comment is not submitted yet", "48 hours left: %(num)s comments are not submitted yet", count)
        )
    return str(ngettext("6 hours left: one comment is not submitted yet", "6 hours left: %(num)s comments are not submitted yet", count))


def _subject_of_rows(seen: Reminded) -> str:
    """The same where nothing but rows of files waits."""
    count = seen.rows
    if seen.kind == "closed":
        return str(
            ngettext("Closed: one row of your file was not confirmed", "Closed: %(num)s rows of your file were not confirmed", count)
        )
    if seen.kind == "days_7":
        return str(
            ngettext(
                "Seven days left: one row of your file waits for your confirmation",
                "Seven days left: %(num)s rows of your file wait for your confirmation",
                count,
            )
        )
    if seen.kind == "hours_48":
        return str(
            ngettext(
                "48 hours left: one row of your file waits for your confirmation",
                "48 hours left: %(num)s rows of your file wait for your confirmation",
                count,
            )
        )
    return str(
        ngettext(
            "6 hours left: one row of your file waits for your confirmation",
            "6 hours left: %(num)s rows of your file wait for your confirmation",
            count,
        )
    )


def _subject_of_answers(seen: Reminded) -> str:
    """The same where nothing but answers waits."""
    if seen.kind == "closed":
        return str(gettext("Closed: your answers to its questions were not submitted"))
    if seen.kind == "days_7":
        return str(gettext("Seven days left: your answers to its questions are not submitted yet"))
    if seen.kind == "hours_48":
        return str(gettext("48 hours left: your answers to its questions are not submitted yet"))
    return str(gettext("6 hours left: your answers to its questions are not submitted yet"))
