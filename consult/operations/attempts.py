"""Counting what is limited, in the database: by whom and from where, as keyed hashes."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consult.core.limits import DOORS, DoorName, Limit, from_outside, prefix
from consult.core.problem import Problem, Refused
from consult.core.reference import derived
from consult.models import Attempt


def count_attempt(session: Session, *, kind: str, whom: Sequence[tuple[str, Limit]], now: datetime) -> tuple[int, ...]:
    """Counts one attempt under each of `whom` (an address, a network; in clear here, hashed in the database). Where only failures count (wrong
    codes, wrong passwords), `take_back` what it gives once the attempt was right: so guesses in parallel count too.

    Refused: too_many_attempts (seconds until the next counts); nothing is counted then. The answer is the same for whoever is known or not.
    """
    if session.get_bind().dialect.name == "postgresql":  # where writers do not queue by themselves, a burst must not count past the limit
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"attempt.{kind}"))))
    session.execute(delete(Attempt).where(Attempt.kind == kind, Attempt.at <= min(limit.since(now) for _, limit in whom)))
    secret = current_app.config["SETTINGS"].secret_key
    subjects = [(derived(secret, f"attempt.{kind}", name).hex(), limit) for name, limit in whom]
    waits = []
    for subject, limit in subjects:
        recent = (Attempt.kind == kind, Attempt.subject_sha256 == subject, Attempt.at > limit.since(now))
        count, first = session.execute(select(func.count(), func.min(Attempt.at)).where(*recent)).one()
        if count >= limit.tries:
            waits.append(first + limit.period - now)
    if waits:
        raise Refused(Problem("too_many_attempts", params={"seconds": max(1, ceil(max(waits).total_seconds()))}))
    rows = [Attempt(kind=kind, subject_sha256=subject, at=now) for subject, _ in subjects]
    session.add_all(rows)
    session.flush()
    return tuple(row.id for row in rows)


def take_back(session: Session, counted: Sequence[int]) -> None:
    """What was counted is not: the attempt was right."""
    session.execute(delete(Attempt).where(Attempt.id.in_(counted)))


def pass_door(session: Session, *, door: DoorName, address: str | None, who: str | None = None, now: datetime) -> None:
    """Lets one act of a participant through and counts it; every POST of participants that stores something comes through here.

    Call it within the transaction of the act, after what is answered without storing (the same key again), before anything is written:

        with writing() as session:
            pass_door(session, door="upload", address=address, who=token_sha256, now=now)

    `address`: `request.remote_addr`, counted as its network (None, or this machine itself: not counted). `who`: what tells one person from another
    where it is known: the hash of a basket's token, a mail address, an account; stored only as a keyed hash. The figures are `core.limits.DOORS`.
    Refused: too_many_attempts (params: seconds until the next counts); the view answers 429 with all that was typed (`baskets.STATUS`), says the
    wait, the mail of the secretariat and the form file.
    """
    limits = DOORS[door]
    whom = [(prefix(address), limits.network)] if from_outside(address) else []
    if who and limits.person:
        whom.append((f"person:{who}", limits.person))
    if whom:
        count_attempt(session, kind=f"door.{door}", whom=whom, now=now)
