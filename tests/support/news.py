"""What tests of news by mail share: a subscriber made by the real operations, and what stands in the outbox."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from consult.core.happening import TELLABLE
from consult.core.subscription import Wanted, confirm_token, read_topic
from consult.extensions import db
from consult.models import Outbox
from consult.operations.subscribe import ask_to_subscribe, confirm_by_link
from consult.operations.tell import tell_subscribers
from tests.factories import CONSULTATION, NOW

SECRET = "only for tests"
MAIL = "anna@example.org"
ZONE = "Europe/Zurich"
HERE = f"consultation:{CONSULTATION}"


def wanted(
    mail: str = MAIL, topic: str = HERE, kinds: tuple[str, ...] = TELLABLE, frequency: str = "at_once", language: str = "en"
) -> Wanted:
    return Wanted(mail, read_topic(topic), kinds, frequency, language)


def asked(now: datetime = NOW, address: str = "192.0.2.7", **form: Any) -> str:
    """Gives the key."""
    return ask_to_subscribe(wanted=wanted(**form), address=address, now=now)


def subscribed(now: datetime = NOW, **form: Any) -> str:
    """Gives the token by which the subscriber manages her mails."""
    key = asked(now, **form)
    return confirm_by_link(token=confirm_token(SECRET, key), now=now).token


def outbox(template: str = "subscription_news") -> list[dict[str, Any]]:
    db.session.rollback()
    rows = db.session.scalars(select(Outbox).where(Outbox.kind == "mail").order_by(Outbox.id))
    return [row.payload for row in rows if row.payload["template"] == template]


def look(now: datetime) -> int:
    return tell_subscribers(now=now, zone=ZONE)


def looked_from(moment: datetime) -> None:
    """The first look, from which on is told."""
    assert look(moment - timedelta(hours=1)) == 0
