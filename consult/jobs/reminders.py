"""Reminders of drafts that were not submitted: looked for at their instants, built when they leave."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app

from consult import clock
from consult.core.reminder import Reminded
from consult.jobs.subscriptions import address
from consult.mail.message import Mail
from consult.mail.reminder import Ways, reminder_mail
from consult.operations.basket import resume_code
from consult.operations.organisation_room.found import member_link
from consult.operations.remind import end_token, remind, resume_ticket
from consult.operations.unsent_form import unsent_form_of
from consult.queries.reminders import reminder_seen


def look_for_reminders() -> int:
    """How many mails were put into the outbox."""
    return remind(now=clock.now())


def build_reminder(payload: Mapping[str, Any]) -> Mail | None:
    now = clock.now()
    seen = reminder_seen(int(payload["reminder"]), now)
    if seen is None:
        return None
    settings, body = current_app.config["SETTINGS"], current_app.config["BODY"]
    pages = seen.language if seen.language in settings.languages else settings.languages[0]
    deleted = seen.basket.window.closes + timedelta(days=settings.draft_days)
    of_room = {"room": "1"} if seen.room else {}
    back = address("room.linked", pages, link=member_link(seen.seed)) if seen.seed else None
    ways = Ways(
        back if seen.room else address("mine.resume", pages, ticket=resume_ticket(seen.key, deleted)),
        address("mine.end_reminders_page", pages, token=end_token(seen.key), **of_room),
    )
    form = unsent_form_of(seen.basket, language=pages, body=body) if seen.kind == "closed" else None
    of = seen.basket
    waiting = tuple((each.standard.text if each.standard else None, each.version_name, each.label) for each in of.unsent)
    files = tuple((each.shown, each.rows, each.until) for each in seen.files)
    answers = tuple((question.text.text, tuple(each.text for each in words)) for question, words in seen.answers)
    told = Reminded(seen.mail, seen.kind, pages, of.title.text, of.number, of.window, waiting, seen.room, files, answers)
    return reminder_mail(told, code=None if seen.room else resume_code(seen.basket.seed), ways=ways, deleted=deleted, form=form)
