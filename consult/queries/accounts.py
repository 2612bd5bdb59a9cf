"""Accounts, and who is signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import or_, select

from consult.core.permission import Grant, Role
from consult.extensions import db
from consult.models import Account, Consultation, Seat, SignIn


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A signed-in person with what her seats of today grant. `token_sha256` binds her forms to this sign-in."""

    account: int
    name: str
    mail: str
    language: str
    token_sha256: str
    grants: tuple[Grant, ...]


def signed_in(*, token_sha256: str, now: datetime) -> SignedIn | None:
    """The person behind a sign-in that has not expired and whose account is not disabled; two statements."""
    account = db.session.scalar(
        select(Account)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_sha256 == token_sha256, SignIn.expires_at > now, Account.disabled_at.is_(None))
    )
    if account is None:
        return None
    return SignedIn(account.id, account.name, account.mail, account.language, token_sha256, grants_of(account.id, now=now))


def grants_of(account: int, *, now: datetime) -> tuple[Grant, ...]:
    today = now.date()
    rows = db.session.execute(
        select(Seat.role, Consultation.slug)
        .outerjoin(Consultation, Consultation.id == Seat.consultation_id)
        .where(
            Seat.account_id == account,
            or_(Seat.begins.is_(None), Seat.begins <= today),
            or_(Seat.ends.is_(None), Seat.ends >= today),
        )
        .order_by(Seat.id)
    )
    return tuple(Grant(cast(Role, role), slug) for role, slug in rows)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account as lists show it; `seats` as (role, consultation slug or None)."""

    mail: str
    name: str
    disabled: bool
    seats: tuple[tuple[str, str | None], ...]


def account_lines() -> tuple[AccountLine, ...]:
    accounts = db.session.scalars(select(Account).order_by(Account.mail)).all()
    seats = db.session.execute(
        select(Seat.account_id, Seat.role, Consultation.slug)
        .outerjoin(Consultation, Consultation.id == Seat.consultation_id)
        .order_by(Seat.id)
    ).all()
    return tuple(
        AccountLine(a.mail, a.name, a.disabled_at is not None, tuple((role, slug) for owner, role, slug in seats if owner == a.id))
        for a in accounts
    )
