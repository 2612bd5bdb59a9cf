"""Personal links into a round that has closed: as the secretariat lists them, as their page shows them, and whether a basket has one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, select

from consult.core.late import LateLinkState, LateState
from consult.core.window import Window
from consult.extensions import db
from consult.models import Account, Basket, Consultation, LateBasket, LateLink, Round, Submission
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class LateLinkSeen:
    """A link with its round. `submission`: reference of what came through it; `issuer` the id of the account, `issued_by` its name."""

    id: int
    key: str
    consultation: str
    title: Wording
    number: int
    window: Window
    cancelled: bool
    whom: str | None
    reason: str
    ends_at: datetime
    issued_at: datetime
    issuer: int | None
    issued_by: str | None
    submission: str | None
    state: LateState


@dataclass(frozen=True, slots=True)
class RoundWithLinks:
    """A round that links can be issued for."""

    consultation: str
    title: Wording
    number: int
    window: Window


def state_of(row: LateLink) -> LateLinkState:
    return LateLinkState(row.ends_at, row.confirmed_at is not None, row.revoked_at is not None, row.submission_id is not None)


def late_links(language: str, now: datetime) -> tuple[LateLinkSeen, ...]:
    """All links, the newest first; two statements."""
    return _seen(_links().order_by(LateLink.id.desc()), language, now)


def late_link(*, key: str, language: str, now: datetime) -> LateLinkSeen | None:
    return next(iter(_seen(_links().where(LateLink.key == key), language, now)), None)


def rounds_for_links(language: str, now: datetime) -> tuple[RoundWithLinks, ...]:
    """Rounds that have begun, the one that closed last first."""
    rows = db.session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Round.state == "planned", Consultation.state == "active", Round.opens_at <= now)
        .order_by(Round.closes_at.desc(), Round.id)
    ).all()
    titles = staff_texts([("consultation", of.id) for _, of in rows], language, ["title"])
    return tuple(
        RoundWithLinks(of.slug, titles.get(("consultation", of.id, "title"), Wording(of.slug, language)), round_.number, round_.window)
        for round_, of in rows
    )


def late_until(*, token_sha256: str, round_id: int, now: datetime) -> datetime | None:
    """Until when this basket may still hand in after closing; None where it may not."""
    row = db.session.scalar(late_link_row(token_sha256, round_id))
    return row.ends_at if row is not None and state_of(row).at(now) == "valid" else None


def may_enter_late(now: datetime) -> ColumnElement[bool]:
    """As a condition on Basket: whether a link that is good lets it in after closing."""
    return (
        select(LateBasket.basket_id)
        .join(LateLink, LateLink.id == LateBasket.late_link_id)
        .where(LateBasket.basket_id == Basket.id, LateLink.ends_at > now, LateLink.confirmed_at.is_not(None))
        .where(LateLink.revoked_at.is_(None), LateLink.submission_id.is_(None))
        .exists()
    )


def late_link_row(token_sha256: str, round_id: int) -> Select[LateLink]:
    """The link that a basket was opened with last."""
    return (
        select(LateLink)
        .join(LateBasket, LateBasket.late_link_id == LateLink.id)
        .join(Basket, Basket.id == LateBasket.basket_id)
        .where(Basket.token_sha256 == token_sha256, Basket.round_id == round_id, LateLink.round_id == round_id)
    )


def late_reason() -> Label[str | None]:
    """As a column of a statement about Submission: the reason of the link it came through."""
    reason = select(LateLink.reason).where(LateLink.submission_id == Submission.id).correlate(Submission)
    return reason.scalar_subquery().label("late_reason")


def _links() -> Select[*tuple[Any, ...]]:
    return (
        select(LateLink, Round, Consultation, Account, Submission.reference)
        .join(Round, Round.id == LateLink.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .outerjoin(Account, Account.id == LateLink.issued_by)
        .outerjoin(Submission, Submission.id == LateLink.submission_id)
    )


def _seen(statement: Select[*tuple[Any, ...]], language: str, now: datetime) -> tuple[LateLinkSeen, ...]:
    rows = db.session.execute(statement).all()
    titles = staff_texts([("consultation", of) for of in {row[2].id for row in rows}], language, ["title"])
    return tuple(
        LateLinkSeen(
            link.id, link.key, of.slug, titles.get(("consultation", of.id, "title"), Wording(of.slug, language)), round_.number,
            round_.window, round_.state != "planned" or of.state != "active", link.whom, link.reason, link.ends_at, link.issued_at,
            link.issued_by, account.name if account else None, reference, state_of(link).at(now),
        )
        for link, round_, of, account, reference in rows
    )  # fmt: skip
