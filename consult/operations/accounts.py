"""Staff accounts, their seats, and signing in and out."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.core.limits import SIGN_IN, prefix
from consult.core.permission import Role
from consult.core.problem import Problem, Refused
from consult.extensions import db, writing
from consult.models import Account, Consultation, Seat, SignIn
from consult.operations.attempts import count_attempt, take_back
from consult.operations.record import INSTALLATION, Actor, record

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # 19 MiB: OWASP's first choice for argon2id
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$V3I4rTadvnfmbelSmff9jA$yVx6vXATQkxodnqkxG64t9MmtIQvUfvzEAZikKMDn2Y"
"""Checked where no account is, so that an unknown mail takes as long as a known one."""
SHORTEST, LONGEST = 12, 256
"""Characters of a password."""
SIGNED_IN_FOR = timedelta(hours=12)
SEATED: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "visitor")


@dataclass(frozen=True, slots=True)
class Admitted:
    """A new sign-in. `token` goes into the cookie and nowhere else; the database keeps its hash."""

    token: str
    expires_at: datetime
    language: str


def add_account(*, mail: str, name: str, language: str, password: str, by: Actor, now: datetime) -> int:
    """A new account without a seat; gives its id. Refused: mail_invalid, name_missing, password_length, mail_taken."""
    address, spoken = mail_key(mail), name.strip()
    if not _looks_like_mail(address):
        raise Refused(Problem("mail_invalid", {"field": "mail"}))
    if not spoken:
        raise Refused(Problem("name_missing", {"field": "name"}))
    hashed = _hashed(password)
    with writing() as session:
        if session.scalar(select(Account.id).where(Account.mail == address)) is not None:
            raise Refused(Problem("mail_taken", {"field": "mail"}))
        account = Account(mail=address, name=spoken, language=language, password_hash=hashed, created_at=now, disabled_at=None)
        session.add(account)
        session.flush()
        record(session, scope=INSTALLATION, kind="account_added", subject=f"account:{account.id}", by=by, now=now)
        return account.id


def set_password(*, mail: str, password: str, by: Actor, now: datetime) -> None:
    """Replaces the password and ends every sign-in of the account. Refused: account_unknown, password_length."""
    hashed = _hashed(password)
    with writing() as session:
        account = _account(session, mail)
        account.password_hash = hashed
        _end_sign_ins(session, account.id)
        record(session, scope=INSTALLATION, kind="password_set", subject=f"account:{account.id}", by=by, now=now)


def seat_account(
    *, mail: str, role: str, consultation: str | None = None, half: str | None = None,
    begins: date | None = None, ends: date | None = None, by: Actor, now: datetime,
) -> None:  # fmt: skip
    """Gives a role in one consultation (its slug) or in all. Who holds it already keeps one seat, with the new half and dates.

    Ends the account's sign-ins: what she may do has changed. Refused: account_unknown, role_unknown, consultation_unknown, dates_reversed.
    """
    if role not in SEATED:
        raise Refused(Problem("role_unknown", {"field": "role"}, {"role": role}))
    if begins and ends and ends < begins:
        raise Refused(Problem("dates_reversed", {"field": "ends"}))
    with writing() as session:
        account, where = _account(session, mail), _consultation(session, consultation)
        seat = _seat(session, account.id, role, where)
        if seat is None:
            session.add(Seat(account_id=account.id, role=role, consultation_id=where, half=half, begins=begins, ends=ends))
        else:
            seat.half, seat.begins, seat.ends = half, begins, ends
        _seats_changed(session, account.id, "account_seated", role, consultation, by, now)


def unseat_account(*, mail: str, role: str, consultation: str | None = None, by: Actor, now: datetime) -> None:
    """Takes a seat away and ends the account's sign-ins. Refused: account_unknown, consultation_unknown, seat_unknown."""
    with writing() as session:
        account, where = _account(session, mail), _consultation(session, consultation)
        seat = _seat(session, account.id, role, where)
        if seat is None:
            raise Refused(Problem("seat_unknown", {"field": "role"}, {"role": role}))
        session.delete(seat)
        _seats_changed(session, account.id, "account_unseated", role, consultation, by, now)


def disable_account(*, mail: str, by: Actor, now: datetime) -> None:
    """Shuts an account out from this moment; its acts stay on the record. Once more changes nothing. Refused: account_unknown."""
    with writing() as session:
        account = _account(session, mail)
        if account.disabled_at is None:
            account.disabled_at = now
            _end_sign_ins(session, account.id)
            record(session, scope=INSTALLATION, kind="account_disabled", subject=f"account:{account.id}", by=by, now=now)


def sign_in(*, mail: str, password: str, address: str | None, replaces: str | None = None, now: datetime) -> Admitted:
    """Checks a password and begins a sign-in of twelve hours with a token of its own; `replaces` (a token) ends there.

    `address` is where the request came from.
    Refused: sign_in_failed (whatever was wrong), too_many_attempts (seconds) after 10 failures within 15 minutes, by mail or by address prefix.
    An attempt is counted before the password is looked at, so that guesses in parallel count too, and taken back when it was right.
    """
    with writing() as session:
        counted = count_attempt(
            session, kind="sign_in", whom=[(f"mail:{mail_key(mail)}", SIGN_IN), (f"from:{prefix(address)}", SIGN_IN)], now=now
        )
    account = _checked(mail, password)
    if account is None:
        raise Refused(Problem("sign_in_failed"))
    token = secrets.token_urlsafe(32)
    with writing() as session:
        found = session.scalar(select(Account).where(Account.id == account[0]).with_for_update())
        if found is None or found.disabled_at is not None or found.password_hash != account[1]:
            raise Refused(Problem("sign_in_failed"))
        if HASHER.check_needs_rehash(found.password_hash):
            found.password_hash = _hashed(password)
        take_back(session, counted)
        session.execute(delete(SignIn).where(SignIn.account_id == found.id, SignIn.expires_at <= now))
        if replaces:
            session.execute(delete(SignIn).where(SignIn.token_sha256 == token_hash(replaces)))
        expires = now + SIGNED_IN_FOR
        session.add(SignIn(token_sha256=token_hash(token), account_id=found.id, created_at=now, expires_at=expires))
        record(session, scope=INSTALLATION, kind="signed_in", subject=f"account:{found.id}", by=Actor("account", found.id), now=now)
        return Admitted(token, expires, found.language)


def sign_out(*, token_sha256: str, by: Actor, now: datetime) -> None:
    """Ends one sign-in. One that has ended already changes nothing."""
    with writing() as session:
        ended = session.execute(delete(SignIn).where(SignIn.token_sha256 == token_sha256).returning(SignIn.account_id)).scalar()
        if ended is not None:
            record(session, scope=INSTALLATION, kind="signed_out", subject=f"account:{ended}", by=by, now=now)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def mail_key(mail: str) -> str:
    return mail.strip().lower()


def _checked(mail: str, password: str) -> tuple[int, str] | None:
    """Id and hash of the account whose password this is. Outside of any write transaction, and as long for a mail nobody has."""
    row = db.session.execute(select(Account.id, Account.password_hash, Account.disabled_at).where(Account.mail == mail_key(mail))).first()
    try:
        HASHER.verify(row.password_hash if row else NOBODY, unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return None
    return (row.id, row.password_hash) if row and row.disabled_at is None else None


def _hashed(password: str) -> str:
    """NFC first: keyboards type the same é in two ways."""
    normal = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise Refused(Problem("password_length", {"field": "password"}, {"shortest": SHORTEST, "longest": LONGEST}))
    return HASHER.hash(normal)


def _looks_like_mail(address: str) -> bool:
    local, at, domain = address.rpartition("@")
    return bool(at and local and domain) and len(address) <= 254 and not any(mark.isspace() or not mark.isprintable() for mark in address)


def _account(session: Session, mail: str) -> Account:
    account = session.scalar(select(Account).where(Account.mail == mail_key(mail)).with_for_update())
    if account is None:
        raise Refused(Problem("account_unknown", {"field": "mail"}))
    return account


def _consultation(session: Session, slug: str | None) -> int | None:
    if slug is None:
        return None
    found = session.scalar(select(Consultation.id).where(Consultation.slug == slug))
    if found is None:
        raise Refused(Problem("consultation_unknown", {"field": "consultation"}, {"consultation": slug}))
    return found


def _seat(session: Session, account: int, role: str, consultation: int | None) -> Seat | None:
    where = Seat.consultation_id.is_(None) if consultation is None else Seat.consultation_id == consultation
    return session.scalar(select(Seat).where(Seat.account_id == account, Seat.role == role, where))


def _seats_changed(session: Session, account: int, kind: str, role: str, consultation: str | None, by: Actor, now: datetime) -> None:
    _end_sign_ins(session, account)
    codes = {"role": role, "consultation": consultation}
    record(session, scope=INSTALLATION, kind=kind, subject=f"account:{account}", by=by, now=now, codes=codes)


def _end_sign_ins(session: Session, account: int) -> None:
    session.execute(delete(SignIn).where(SignIn.account_id == account))
