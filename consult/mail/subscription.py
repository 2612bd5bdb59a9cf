"""Mails to those who subscribe: the one that asks for confirmation, and the news."""

from collections.abc import Callable
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext, ngettext

from consult.core.body import Body
from consult.core.happening import Happening
from consult.core.subscription import News, RequestSeen
from consult.mail.message import Mail, in_language, letter
from consult.wording.dates import moment_text
from consult.wording.happenings import happening_sentence, happening_title
from consult.wording.subscriptions import topic_text

Address = Callable[..., str | None]
"""(name of a page, language, what stands in its address) -> the address; None where the installation was not told its own."""


def confirm_mail(request: RequestSeen, *, code: str, link: str | None) -> Mail | None:
    """None once the request has been confirmed or has no address any more."""
    if not request.mail or request.confirmed:
        return None
    body: Body = current_app.config["BODY"]
    with in_language(request.language):
        text = render_template(
            "mail/subscription_confirm.txt", request=request, topic=topic_text(request.topic, gettext), code=code, link=link,
            until=moment_text(request.expires_at, body.zone, request.language), body=body,
        )  # fmt: skip
        subject = gettext("Confirm that you want news by mail: %(code)s", code=code)
    return Mail(request.mail, subject, letter(text, request.language), request.language)


def news_mail(news: News, *, address: Address, token: str) -> Mail:
    """Everything that is due for one subscriber, in her language, with the way to end it."""
    body: Body = current_app.config["BODY"]
    language = news.language

    def page(happening: Happening) -> str | None:
        name, place = happening.page
        return address(name, language, **place)

    with in_language(language):
        titles = [happening_title(each, gettext) for each in news.happenings]
        subject = titles[0] if len(titles) == 1 else ngettext("%(num)s piece of news", "%(num)s pieces of news", len(titles))
        told: list[dict[str, Any]] = [
            {"title": title, "text": happening_sentence(each, language, gettext), "address": page(each)}
            for title, each in zip(titles, news.happenings, strict=True)
        ]
        manage = address("subscribing.manage", language, token=token)
        text = render_template("mail/subscription_news.txt", told=told, manage=manage, body=body)
    return Mail(news.mail, subject, letter(text, language), language, unsubscribe=address("subscribing.end", language, token=token))
