"""Personal links into a round that has closed: issued with a reason, an end and one submission; confirmed by a second person, revoked, opened."""

import hmac
import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.late import REASONS
from consult.core.problem import Problem, Refused
from consult.core.reference import derived
from consult.core.window import instant
from consult.extensions import writing
from consult.models import Consultation, LateLink, Round
from consult.operations.record import Actor, record
from consult.queries.late_links import late_link_row, state_of

MOST_WORDS = 200
"""Characters in which the secretariat says for whom a link is."""


def issue_late_link(
    *, consultation: str, round_number: int, whom: str, reason: str, ends: datetime | None, second_person: bool, by: Actor, now: datetime
) -> int:
    """Makes a link for one party and gives its row; with `second_person` it works once another account has confirmed it. `ends`: wall time in
    the zone of the round. Refused: whom_missing, reason_unknown, end_missing, end_past, round_unknown.
    """
    problems = [
        *([] if whom.strip() and len(whom) <= MOST_WORDS else [Problem("whom_missing", {"field": "whom"}, {"limit": MOST_WORDS})]),
        *([] if reason in REASONS else [Problem("reason_unknown", {"field": "reason"})]),
        *([] if ends else [Problem("end_missing", {"field": "ends"})]),
    ]
    if problems:
        raise Refused(*problems)
    assert ends
    with writing() as session:
        round_, slug = _round(session, consultation, round_number)
        until = instant(ends, round_.zone)
        if until <= max(now, round_.closes_at):
            raise Refused(Problem("end_past", {"field": "ends"}))
        link = LateLink(
            round_id=round_.id, key=secrets.token_urlsafe(18), whom=whom.strip(), reason=reason, ends_at=until, issued_by=by.id, issued_at=now,
            confirmed_by=None if second_person else by.id, confirmed_at=None if second_person else now,
        )  # fmt: skip
        session.add(link)
        session.flush()
        _record(session, link, slug, round_, "late_link_asked" if second_person else "late_link_issued", by, now)
        return link.id


def confirm_late_link(*, link: int, by: Actor, now: datetime) -> None:
    """A second person lets it work. Refused: late_link_unknown, late_link_not_waiting, second_person_same."""
    with writing() as session:
        row, round_, slug = _link(session, link)
        if state_of(row).at(now) != "asked":
            raise Refused(Problem("late_link_not_waiting"))
        if by.kind == "account" and row.issued_by == by.id:
            raise Refused(Problem("second_person_same"))
        row.confirmed_by, row.confirmed_at = by.id, now
        _record(session, row, slug, round_, "late_link_issued", by, now)


def revoke_late_link(*, link: int, by: Actor, now: datetime) -> None:
    """It lets nobody in any more; what came through it stays. Refused: late_link_unknown, late_link_not_waiting (used, over or revoked already)."""
    with writing() as session:
        row, round_, slug = _link(session, link)
        if state_of(row).at(now) not in ("asked", "valid"):
            raise Refused(Problem("late_link_not_waiting"))
        row.revoked_at = now
        _record(session, row, slug, round_, "late_link_revoked", by, now)


def link_token(key: str) -> str:
    """Stands in the address that is given to the party."""
    return f"{key}.{derived(str(current_app.config['SETTINGS'].secret_key), 'late', key).hex()[:32]}"


def key_of(token: str) -> str | None:
    """The key in a token of ours; None for a forged one."""
    key = token.partition(".")[0]
    return key if hmac.compare_digest(link_token(key).encode(), token.encode()) else None


def late_link_of(session: Session, basket: str | None, round_: Round, now: datetime) -> LateLink | None:
    """The link that lets a basket (the hash of its token) hand in after closing, locked; None where it has none that is valid, or needs none."""
    if not basket or round_.window.phase(now) != "closed":
        return None
    row: LateLink | None = session.scalar(late_link_row(basket, round_.id).with_for_update(of=LateLink))
    return row if row is not None and state_of(row).at(now) == "valid" else None


def _round(session: Session, consultation: str, number: int) -> tuple[Round, str]:
    found = session.execute(
        select(Round, Consultation.slug)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number, Round.state == "planned", Consultation.state == "active")
    ).first()
    if found is None:
        raise Refused(Problem("round_unknown", {"field": "round", "row": number}, {"consultation": consultation, "round": number}))
    return found[0], found[1]


def _link(session: Session, link: int) -> tuple[LateLink, Round, str]:
    found = session.execute(
        select(LateLink, Round, Consultation.slug)
        .join(Round, Round.id == LateLink.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(LateLink.id == link)
        .with_for_update(of=LateLink)
    ).first()
    if found is None:
        raise Refused(Problem("late_link_unknown"))
    return found[0], found[1], found[2]


def _record(session: Session, link: LateLink, slug: str, round_: Round, kind: str, by: Actor, now: datetime) -> None:
    codes = {"round": round_.number, "reason": link.reason, "ends": link.ends_at.isoformat()}
    record(session, scope=slug, kind=kind, subject=f"late-link:{link.id}", by=by, now=now, codes=codes)
