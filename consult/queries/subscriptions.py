"""Subscriptions as their owners see them, and what their mails say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from consult.core.happening import Happening
from consult.core.subscription import News, RequestSeen, Topic, TopicSeen, is_token, manage_token
from consult.extensions import db
from consult.models import (
    ClauseRow,
    Consultation,
    Standard,
    Subscriber,
    Subscription,
    SubscriptionMail,
    SubscriptionNotice,
    SubscriptionRequest,
    Version,
)
from consult.queries.clause_names import clause_names
from consult.queries.consultations import consultations
from consult.queries.feed import happenings
from consult.queries.standards import versions

Place = tuple[int | None, int | None, int | None]
"""(consultation, standard, clause): one of them is set."""
REACH = timedelta(days=30)
"""What a mail tells of is looked for so far back: longer than a week's digest and the tries of a mail server that is down."""


def topics_offered(language: str) -> tuple[TopicSeen, ...]:
    """All active consultations, then all standards; ten statements."""
    found = [
        TopicSeen(Topic("consultation", each.slug), each.title.text, each.title.language)
        for each in consultations(language)
        if each.state == "active"
    ]
    newest = {each.standard: each for each in reversed(versions(language))}
    return (*found, *(TopicSeen(Topic("standard", slug), each.title, each.language) for slug, each in newest.items()))


def clause_topic(standard: str, version: str, number: str, language: str) -> TopicSeen | None:
    """A clause that can be followed, or None; five statements."""
    found = db.session.scalar(
        select(ClauseRow.id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(Standard.slug == standard, Version.name == version, ClauseRow.number == number)
    )
    return _topics([(None, None, found)], language)[0] if found else None


def _topics(places: Sequence[Place], language: str) -> list[TopicSeen]:
    """The topics of stored places in their order; at most thirteen statements."""
    slugs = {row.id: row.slug for row in db.session.execute(select(Consultation.id, Consultation.slug))}
    names = {row.id: row.slug for row in db.session.execute(select(Standard.id, Standard.slug))}
    offered = {each.topic: each for each in topics_offered(language)}
    clauses = clause_names([clause for _, _, clause in places if clause], language)
    found = []
    for consultation, standard, clause in places:
        if clause:
            name = clauses[clause]
            of = offered[Topic("standard", name.standard)]
            topic = Topic("clause", name.standard, name.version, name.number)
            found.append(TopicSeen(topic, of.title, of.language, name.version, name.label, name.title, name.language))
        else:
            topic = Topic("consultation", slugs[consultation]) if consultation else Topic("standard", names[standard or 0])
            found.append(offered.get(topic) or TopicSeen(topic, topic.slug, "und"))
    return found


def request_seen(key: str, now: datetime, language: str | None = None) -> RequestSeen | None:
    """A request that can still be confirmed, or was; None where it is over. `language`: of the page, else its own."""
    row = db.session.scalar(select(SubscriptionRequest).where(SubscriptionRequest.key == key, SubscriptionRequest.expires_at > now))
    if row is None:
        return None
    (topic,) = _topics([(row.consultation_id, row.standard_id, row.clause_id)], language or row.language)
    return RequestSeen(
        row.key, row.mail, row.language, topic, tuple(row.kinds), row.frequency, row.expires_at, row.subscriber_id is not None
    )


def subscriber_of(token: str, secret: str) -> int | None:
    """Whose token it is; None for a forged one, and once everything is ended."""
    number = token.partition(".")[0]
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    key = db.session.scalar(select(Subscriber.key).where(Subscriber.id == int(number)))
    return int(number) if key and is_token(manage_token(secret, int(number), key), token) else None


@dataclass(frozen=True, slots=True)
class Followed:
    id: int
    topic: TopicSeen
    kinds: tuple[str, ...]
    frequency: str


@dataclass(frozen=True, slots=True)
class Managed:
    """Everything one subscriber follows. `mail` is her address, for her own eyes."""

    mail: str
    language: str
    followed: tuple[Followed, ...]


def managed(token: str, secret: str, language: str) -> Managed | None:
    """None for a token that is worth nothing (any more)."""
    found = subscriber_of(token, secret)
    subscriber = found and db.session.get(Subscriber, found)
    if not subscriber or not subscriber.mail:
        return None
    rows = db.session.scalars(select(Subscription).where(Subscription.subscriber_id == subscriber.id).order_by(Subscription.id)).all()
    topics = _topics([(row.consultation_id, row.standard_id, row.clause_id) for row in rows], language)
    followed = tuple(Followed(row.id, topic, tuple(row.kinds), row.frequency) for row, topic in zip(rows, topics, strict=True))
    return Managed(subscriber.mail, subscriber.language, followed)


def news(mail: int, now: datetime) -> News | None:
    """What a mail says now; None where nothing is left: unsubscribed, called off, or closed meanwhile."""
    row = db.session.execute(
        select(Subscriber.id, Subscriber.mail, Subscriber.key, Subscriber.language, SubscriptionMail.at)
        .join(Subscriber, Subscriber.id == SubscriptionMail.subscriber_id)
        .where(SubscriptionMail.id == mail)
    ).first()
    if row is None or not row.mail or not row.key:
        return None
    keys = set(db.session.scalars(select(SubscriptionNotice.happening).where(SubscriptionNotice.mail_id == mail)))
    told = [each for each in happenings(row.language, since=row.at - REACH, until=now) if each.key in keys and each.is_news(now)]
    return News(row.mail, row.language, row.id, row.key, tuple(reversed(told))) if told else None


def followers(happened: Collection[Happening]) -> list[tuple[int, datetime, Place, int | None, tuple[str, ...], str]]:
    """Of those whom any of the happenings may concern: (subscriber, since, what she follows, standard of it, kinds, frequency); one statement."""
    consultations_, standards = (frozenset().union(*(getattr(each, name) for each in happened)) for name in ("consultations", "standards"))
    rows = db.session.execute(
        select(Subscription, Version.standard_id)
        .outerjoin(ClauseRow, ClauseRow.id == Subscription.clause_id)
        .outerjoin(Version, Version.id == ClauseRow.version_id)
        .where(
            Subscription.consultation_id.in_(consultations_) | Subscription.standard_id.in_(standards) | Version.standard_id.in_(standards)
        )
    )
    return [
        (row.subscriber_id, row.since, (row.consultation_id, row.standard_id, row.clause_id), row.standard_id or of, tuple(row.kinds), row.frequency)
        for row, of in rows
    ]  # fmt: skip


def told_already(keys: Collection[str]) -> Mapping[str, set[int]]:
    """Happening -> subscribers who were told of it; one statement."""
    found: dict[str, set[int]] = {key: set() for key in keys}
    for key, subscriber in db.session.execute(
        select(SubscriptionNotice.happening, SubscriptionNotice.subscriber_id).where(SubscriptionNotice.happening.in_(keys))
    ):
        found[key].add(subscriber)
    return found
