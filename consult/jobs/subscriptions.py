"""News by mail: looking for what happened, and building the mails when they leave."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from consult import clock
from consult.core.subscription import confirm_code, confirm_token, manage_token
from consult.mail.message import Mail
from consult.mail.subscription import confirm_mail, news_mail
from consult.operations.tell import tell_subscribers
from consult.queries.subscriptions import news, request_seen


def look_for_news() -> int:
    """How many mails were put into the outbox."""
    return tell_subscribers(now=clock.now(), zone=current_app.config["BODY"].zone)


def build_confirmation(payload: Mapping[str, Any]) -> Mail | None:
    request = request_seen(str(payload["request"]), clock.now())
    if request is None:
        return None
    secret = current_app.config["SETTINGS"].secret_key
    link = address("subscribing.confirm", request.language, token=confirm_token(secret, request.key))
    return confirm_mail(request, code=confirm_code(secret, request.key), link=link)


def build_news(payload: Mapping[str, Any]) -> Mail | None:
    found = news(int(payload["mail"]), clock.now())
    if found is None:
        return None
    token = manage_token(current_app.config["SETTINGS"].secret_key, found.subscriber, found.key)
    return news_mail(found, address=address, token=token)


def address(page: str, language: str, **place: str) -> str | None:
    """Of a page, in a language that has pages; None where the installation was not told its own address."""
    settings = current_app.config["SETTINGS"]
    if not settings.public_address:
        return None
    pages = language if language in settings.languages else settings.languages[0]
    path = current_app.url_map.bind("").build(page, {"language": pages, **place})
    return f"{settings.public_address.rstrip('/')}{path}"
