"""Mails that tell who asked that there is an answer."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from consult.mail.message import Mail
from consult.mail.reply import reply_mail
from consult.queries.replies import reply_mail_of


def build_reply(payload: Mapping[str, Any]) -> Mail | None:
    """Built from the rows as they stand when it leaves; None where nobody is to be told any more."""
    found = reply_mail_of(str(payload["comment"]))
    if found is None:
        return None
    public: str = current_app.config["SETTINGS"].public_address
    path = current_app.url_map.bind("").build("commenting.receipt", {"language": found.language, "reference": found.submission})
    address = f"{public.rstrip('/')}{path}" if public else None
    return reply_mail(mail=found.mail, language=found.language, reference=found.reference, replies=found.replies, address=address)
