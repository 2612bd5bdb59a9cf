"""Telling subscribers what happened: looks since the last look, notes each happening once for each subscriber, puts what is due into mails."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.core.happening import Happening
from consult.extensions import writing
from consult.models import Outbox, SubscriptionLook, SubscriptionMail, SubscriptionNotice, SubscriptionRequest
from consult.queries.feed import happenings
from consult.queries.subscriptions import followers, told_already

EVERY = timedelta(minutes=1)
"""Between looks, whatever the number of workers."""
OVERLAP = timedelta(minutes=15)
"""A look begins so long before the last one ended: what took its time from request to commit is still seen. Nobody is told twice."""
KEPT = timedelta(days=60)
"""Notes that somebody was told are kept longer than anything is looked for."""


def tell_subscribers(*, now: datetime, zone: str) -> int:
    """One look; how many mails were put into the outbox. `zone`: the body's, for the hour at which digests leave. Statements do not grow with
    the number of subscribers. Nothing is told of what happened before somebody subscribed.
    """
    with writing() as session:
        since = _last_look(session, now)
        if since is None:
            return 0
        session.execute(delete(SubscriptionRequest).where(SubscriptionRequest.expires_at <= now))
        session.execute(delete(SubscriptionNotice).where(SubscriptionNotice.at <= now - KEPT, SubscriptionNotice.mail_id.is_not(None)))
        found = [each for each in happenings("en", since=since - OVERLAP, until=now) if each.kind != "closing" and each.is_news(now)]
        if found:
            _note(session, _nearest(found), now, zone)
        return _post(session, now)


def _last_look(session: Session, now: datetime) -> datetime | None:
    """Until when was looked; None where that is not long enough ago. The first look finds nothing: it only begins."""
    row = session.scalar(select(SubscriptionLook).where(SubscriptionLook.id == 1, SubscriptionLook.at <= now - EVERY).with_for_update())
    if row is None:
        if session.get(SubscriptionLook, 1) is None:
            session.add(SubscriptionLook(id=1, at=now))
        return None
    since, row.at = row.at, now
    return since


def _nearest(found: Sequence[Happening]) -> list[Happening]:
    """After a worker stood still, one reminder of a closing is enough: the latest."""
    latest: dict[tuple[str | None, int | None], Happening] = {}
    for each in found:
        place = (each.consultation, each.round)
        if each.kind == "closing_soon" and (place not in latest or each.at > latest[place].at):
            latest[place] = each
    return [each for each in found if each.kind != "closing_soon" or latest[each.consultation, each.round] is each]


def _note(session: Session, found: Sequence[Happening], now: datetime, zone: str) -> None:
    told = told_already([each.key for each in found])
    due: dict[tuple[int, str], datetime] = {}
    by_key = {each.key: each for each in found}
    for subscriber, since, (consultation, _, clause), standard, kinds, frequency in followers(found):
        for each in found:
            wanted = each.asked_as in kinds and each.at > since and subscriber not in told[each.key]
            if wanted and each.concerns(consultation=consultation, standard=standard, clause=clause):
                leaves = each.leaves(frequency, now, zone)
                due[subscriber, each.key] = min(leaves, due.get((subscriber, each.key), leaves))
    rows = [{"subscriber_id": who, "happening": key, "at": by_key[key].at, "due_at": at} for (who, key), at in due.items()]
    if rows:
        session.execute(insert(SubscriptionNotice), rows)


def _post(session: Session, now: datetime) -> int:
    """One mail for each subscriber with everything that is due."""
    rows = session.scalars(
        select(SubscriptionNotice)
        .where(SubscriptionNotice.mail_id.is_(None), SubscriptionNotice.due_at <= now)
        .order_by(SubscriptionNotice.subscriber_id, SubscriptionNotice.id)
    ).all()
    owners = sorted({row.subscriber_id for row in rows})
    if not owners:
        return 0
    session.execute(insert(SubscriptionMail), [{"subscriber_id": owner, "at": now} for owner in owners])
    newest = select(SubscriptionMail.subscriber_id, func.max(SubscriptionMail.id)).group_by(SubscriptionMail.subscriber_id)
    mails: dict[int, int] = {row[0]: row[1] for row in session.execute(newest.where(SubscriptionMail.at == now))}
    for row in rows:
        row.mail_id = mails[row.subscriber_id]
    payloads = [{"template": "subscription_news", "mail": mails[owner]} for owner in owners]
    session.execute(
        insert(Outbox), [{"kind": "mail", "payload": each, "created_at": now, "due_at": now, "attempts": 0} for each in payloads]
    )
    return len(owners)
