"""Mails to the people of an organisation's room: the way back, the role of the coordinator, what was not submitted."""

from typing import Any

from flask import current_app, render_template
from flask_babel import gettext

from consult.core.body import Body
from consult.core.organisation_room import OBJECTION
from consult.mail.message import Mail, in_language, letter
from consult.wording.dates import moment_text


def room_mail(template: str, told: Any, *, link: str | None, code: str = "", over: bool = False) -> Mail:
    """`template`: room_link, room_again, room_role_asked, room_role or room_extended; `told`: a RoomMail of the queries; `link`: the reader's own;
    `over`: the deadline inside has passed.
    """
    body: Body = current_app.config["BODY"]
    language, zone = told.language, told.window.zone
    with in_language(language):
        ends = told.expires_at or (told.asked_at + OBJECTION if told.asked_at else None)
        text = render_template(
            f"mail/{template}.txt", told=told, link=link, code=code, closes=moment_text(told.window.closes, zone, language),
            closes_utc=moment_text(told.window.closes, "UTC", language) if zone != "UTC" else None,
            until=moment_text(ends, zone, language) if ends else "", before=moment_text(told.before, zone, language) if told.before else "",
            inner=moment_text(told.inner_deadline, zone, language) if told.inner_deadline else "", over=over, body=body,
            days_between=(told.window.closes - told.inner_deadline).days if told.inner_deadline else 0,
        )  # fmt: skip
        subject = {
            "room_link": gettext("Your way into the room of %(name)s", name=told.organisation),
            "room_again": gettext("Your way into the room of %(name)s", name=told.organisation),
            "room_role_asked": gettext("Somebody asks for your role in the room of %(name)s", name=told.organisation),
            "room_role": gettext("Who coordinates the room of %(name)s", name=told.organisation),
            "room_extended": gettext("More time for the room of %(name)s", name=told.organisation),
        }[template]
    return Mail(told.to, subject, letter(text, language), language)
