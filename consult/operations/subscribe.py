"""Subscribing to news by mail, twice agreed to; changing and ending it. An address is erased with its last subscription."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.core.happening import FREQUENCIES
from consult.core.limits import SUBSCRIBE_FROM, SUBSCRIBE_MAIL, prefix
from consult.core.problem import Problem, Refused
from consult.core.subscription import (
    CODE_TRIES,
    VALID_FOR,
    Topic,
    Wanted,
    confirm_token,
    is_confirm_code,
    is_token,
    manage_token,
    problems_of,
)
from consult.extensions import writing
from consult.models import (
    ClauseRow,
    Consultation,
    Standard,
    Subscriber,
    Subscription,
    SubscriptionNotice,
    SubscriptionRequest,
    Version,
)
from consult.operations.attempts import count_attempt
from consult.operations.record import INSTALLATION, Actor, enqueue, record
from consult.queries.subscriptions import subscriber_of

STRANGER = Actor("party")
"""Who subscribes has handed nothing in and has no row among the parties."""


def ask_to_subscribe(*, wanted: Wanted, address: str | None, now: datetime) -> str:
    """Stores a request and has its mail sent; gives the key of the page where the code is typed. Whether the address is known is not looked at.

    Refused: the problems of the form, topic_unknown, too_many_attempts (by mail address, by network of `address`).
    """
    if problems := problems_of(wanted):
        raise Refused(*problems)
    assert wanted.topic
    with writing() as session:
        place = _place(session, wanted.topic)
        mail = wanted.mail.strip().lower()
        count_attempt(session, kind="subscribe", whom=[(mail, SUBSCRIBE_MAIL), (prefix(address), SUBSCRIBE_FROM)], now=now)
        key = secrets.token_urlsafe(18)
        session.add(
            SubscriptionRequest(
                key=key, mail=mail, language=wanted.language, kinds=list(wanted.kinds), frequency=wanted.frequency, created_at=now,
                expires_at=now + VALID_FOR, **place,
            )
        )  # fmt: skip
        enqueue(session, kind="mail", payload={"template": "subscription_confirm", "request": key}, now=now)
        return key


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`token` opens the page on which the subscriptions are managed. `before`: it had been confirmed already."""

    token: str
    before: bool


def confirm_by_link(*, token: str, now: datetime) -> Confirmed:
    """Confirms with the link's token. A second time, or after a scanner pressed the button, it says so and changes nothing.

    Refused: subscription_link_old (forged and over look the same).
    """
    with writing() as session:
        request = _request(session, token.partition(".")[0], now)
        if request is None or not is_token(confirm_token(_secret(), request.key), token):
            raise Refused(Problem("subscription_link_old"))
        return _confirm(session, request, now)


def confirm_by_code(*, key: str, code: str, now: datetime) -> Confirmed:
    """Confirms with the code of the mail. Refused: subscription_link_old, code_wrong (`left` tries; after five the request is worth nothing)."""
    with writing() as session:
        request = _request(session, key, now)
        if request is None or request.tries >= CODE_TRIES:
            raise Refused(Problem("subscription_link_old"))
        if is_confirm_code(_secret(), key, code):
            return _confirm(session, request, now)
        request.tries += 1
        left = CODE_TRIES - request.tries
    raise Refused(Problem("code_wrong", {"field": "code"}, {"left": left}))


def change_subscriptions(*, token: str, language: str, frequencies: Mapping[int, str], kept: Sequence[int], now: datetime) -> bool:
    """Language, and how often for each subscription (by id); those not `kept` end. Gives False where that was the last: all is erased then.

    Refused: subscription_link_old, frequency_unknown. Ids of other people's subscriptions are passed over.
    """
    if not set(frequencies.values()) <= set(FREQUENCIES):
        raise Refused(Problem("frequency_unknown", {"field": "frequency"}))
    with writing() as session:
        subscriber = _subscriber(session, token)
        rows = session.scalars(select(Subscription).where(Subscription.subscriber_id == subscriber.id)).all()
        for row in rows:
            if row.id not in kept:
                session.delete(row)
            else:
                row.frequency = frequencies.get(row.id, row.frequency)
        subscriber.language = language
        if not {row.id for row in rows} & set(kept):
            _end(session, subscriber, now)
            return False
        subject = f"subscriber:{subscriber.id}"
        record(session, scope=INSTALLATION, kind="subscription_changed", subject=subject, by=STRANGER, now=now)
        return True


def end_subscriptions(*, token: str, now: datetime) -> None:
    """No more mails, from this moment; the address is erased in the same transaction. Done already, or never begun: nothing changes."""
    with writing() as session:
        found = subscriber_of(token, _secret())
        if found is not None:
            _end(session, session.get_one(Subscriber, found, with_for_update=True), now)


def _place(session: Session, topic: Topic) -> dict[str, int]:
    query: Any = {
        "consultation": select(Consultation.id).where(Consultation.slug == topic.slug, Consultation.state == "active"),
        "standard": select(Standard.id).where(Standard.slug == topic.slug),
        "clause": select(ClauseRow.id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(Standard.slug == topic.slug, Version.name == topic.version, ClauseRow.number == topic.number),
    }[topic.kind]
    found: int | None = session.scalar(query)
    if found is None:
        raise Refused(Problem("topic_unknown", {"field": "topic"}))
    return {f"{topic.kind}_id": found}


def _request(session: Session, key: str, now: datetime) -> SubscriptionRequest | None:
    return session.scalar(
        select(SubscriptionRequest).where(SubscriptionRequest.key == key, SubscriptionRequest.expires_at > now).with_for_update()
    )


def _subscriber(session: Session, token: str) -> Subscriber:
    found = subscriber_of(token, _secret())
    row = session.scalar(select(Subscriber).where(Subscriber.id == found, Subscriber.mail.is_not(None)).with_for_update())
    if row is None:
        raise Refused(Problem("subscription_link_old"))
    return row


def _confirm(session: Session, request: SubscriptionRequest, now: datetime) -> Confirmed:
    if request.subscriber_id is not None:
        known = session.get_one(Subscriber, request.subscriber_id)
        if known.key is None:
            raise Refused(Problem("subscription_link_old"))
        return Confirmed(manage_token(_secret(), known.id, known.key), True)
    subscriber = session.scalar(select(Subscriber).where(Subscriber.mail == request.mail).with_for_update())
    if subscriber is None:
        subscriber = Subscriber(mail=request.mail, key=secrets.token_urlsafe(18), language=request.language, created_at=now)
        session.add(subscriber)
        session.flush()
    topic = {name: getattr(request, name) for name in ("consultation_id", "standard_id", "clause_id")}
    row = session.scalar(select(Subscription).filter_by(subscriber_id=subscriber.id, **topic))
    if row is None:
        row = Subscription(subscriber_id=subscriber.id, since=now, **topic)
        session.add(row)
    row.kinds, row.frequency = list(request.kinds), request.frequency
    request.mail, request.subscriber_id = None, subscriber.id
    record(session, scope=INSTALLATION, kind="subscription_confirmed", subject=f"subscriber:{subscriber.id}", by=STRANGER, now=now)
    assert subscriber.key
    return Confirmed(manage_token(_secret(), subscriber.id, subscriber.key), False)


def _end(session: Session, subscriber: Subscriber, now: datetime) -> None:
    session.execute(delete(Subscription).where(Subscription.subscriber_id == subscriber.id))
    session.execute(delete(SubscriptionNotice).where(SubscriptionNotice.subscriber_id == subscriber.id))
    session.execute(
        delete(SubscriptionRequest).where(
            (SubscriptionRequest.subscriber_id == subscriber.id) | (SubscriptionRequest.mail == subscriber.mail)
        )
    )
    subscriber.mail, subscriber.key, subscriber.ended_at = None, None, now
    record(session, scope=INSTALLATION, kind="subscription_ended", subject=f"subscriber:{subscriber.id}", by=STRANGER, now=now)


def _secret() -> str:
    return str(current_app.config["SETTINGS"].secret_key)
