"""Accounts, seats and sign-ins: limits, equal answers, tokens that end."""

import hashlib
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from flask import Flask
from sqlalchemy import func, select

from consult.core.limits import prefix
from consult.core.permission import Grant
from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Account, Attempt, Event, Seat, SignIn
from consult.operations import accounts
from consult.operations.record import OPERATOR, Actor
from consult.queries.accounts import account_lines, grants_of, signed_in
from tests import factories
from tests.support.database import on_sqlite

NOW = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
MAIL, PASSWORD = "li.na@example.org", "a long enough secret"

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def account(in_app: Flask) -> int:
    return accounts.add_account(mail=" Li.Na@Example.org ", name="Li Na", language="fr", password=PASSWORD, by=OPERATOR, now=NOW)


def enter(
    mail: str = MAIL, password: str = PASSWORD, *, address: str = "192.0.2.7", now: datetime = NOW, replaces: str | None = None
) -> accounts.Admitted:
    return accounts.sign_in(mail=mail, password=password, address=address, replaces=replaces, now=now)


def refusal(act: Callable[[], object]) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Refused) as refused:
        act()
    (problem,) = refused.value.problems
    return problem.code, problem.params


def counted(table: type) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


def who(token: str, now: datetime = NOW) -> str | None:
    found = signed_in(token_sha256=hashlib.sha256(token.encode()).hexdigest(), now=now)
    return found and found.mail


def test_account_keeps_its_mail_in_lower_case_and_no_password(account: int) -> None:
    row = db.session.get_one(Account, account)
    assert (row.mail, row.name, row.language, row.disabled_at) == (MAIL, "Li Na", "fr", None)
    assert row.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in row.password_hash


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"mail": "LI.NA@example.org"}, "mail_taken"),
        ({"mail": "nobody"}, "mail_invalid"),
        ({"mail": "a b@example.org"}, "mail_invalid"),
        ({"mail": "@example.org"}, "mail_invalid"),
        ({"name": "  "}, "name_missing"),
        ({"password": "short"}, "password_length"),
        ({"password": "x" * 257}, "password_length"),
    ],
)
def test_account_that_cannot_be_is_refused_and_nothing_stored(account: int, given: dict[str, str], code: str) -> None:
    wanted = {"mail": "other@example.org", "name": "Other", "language": "en", "password": PASSWORD} | given
    assert refusal(lambda: accounts.add_account(**wanted, by=OPERATOR, now=NOW))[0] == code
    assert counted(Account) == 1


def test_sign_in_gives_a_token_of_256_bits_and_stores_its_hash_only(account: int) -> None:
    admitted = enter()
    assert re.fullmatch(r"[\w-]{43}", admitted.token)
    row = db.session.scalars(select(SignIn)).one()
    assert row.token_sha256 == hashlib.sha256(admitted.token.encode()).hexdigest()
    assert (row.account_id, row.created_at, row.expires_at) == (account, NOW, NOW + timedelta(hours=12))
    assert (admitted.expires_at, admitted.language) == (row.expires_at, "fr")


def test_sign_in_ends_after_twelve_hours(account: int) -> None:
    token = enter().token
    assert who(token, NOW + timedelta(hours=12) - timedelta(seconds=1)) == MAIL
    assert who(token, NOW + timedelta(hours=12)) is None


def test_each_sign_in_has_a_new_token_and_ends_the_one_it_replaces(account: int) -> None:
    first, elsewhere = enter().token, enter().token
    second = enter(replaces=first).token
    assert len({first, elsewhere, second}) == 3
    assert [who(token) for token in (first, elsewhere, second)] == [None, MAIL, MAIL]


def test_expired_sign_ins_are_swept_at_the_next_one(account: int) -> None:
    enter()
    enter(now=NOW + timedelta(hours=13))
    assert counted(SignIn) == 1


def test_sign_out_ends_this_sign_in_and_no_other(account: int) -> None:
    here, there = enter().token, enter().token
    for _ in range(2):
        accounts.sign_out(token_sha256=accounts.token_hash(here), by=Actor("account", account), now=NOW)
    assert (who(here), who(there)) == (None, MAIL)
    assert [kind for kind in events() if kind == "signed_out"] == ["signed_out"]


def test_mail_is_read_in_any_case_and_password_in_any_normal_form(in_app: Flask) -> None:
    accounts.add_account(mail=MAIL, name="Li Na", language="en", password="clé composée", by=OPERATOR, now=NOW)
    assert enter(" LI.NA@EXAMPLE.ORG ", "cle\u0301 compose\u0301e").token


@pytest.mark.parametrize(
    ("mail", "password"), [(MAIL, "not her password"), ("nobody@example.org", PASSWORD), ("", ""), ("x" * 5000, "y" * 5000)]
)
def test_whatever_was_wrong_the_answer_is_the_same(account: int, mail: str, password: str) -> None:
    assert refusal(lambda: enter(mail, password)) == ("sign_in_failed", {})
    assert counted(SignIn) == 0


def test_disabled_account_gets_the_same_answer_and_its_sign_ins_end(account: int) -> None:
    token = enter().token
    accounts.disable_account(mail=MAIL, by=OPERATOR, now=NOW)
    assert who(token) is None
    assert refusal(enter) == ("sign_in_failed", {})
    accounts.disable_account(mail=MAIL, by=OPERATOR, now=NOW + timedelta(days=1))
    assert db.session.get_one(Account, account).disabled_at == NOW
    assert counted(SignIn) == 0


@on_sqlite
def test_known_and_unknown_mail_take_the_same_time(account: int) -> None:
    def took(mail: str, turn: int) -> float:
        start = time.perf_counter()
        refusal(lambda: enter(mail, "not the password", address=f"10.{turn}.0.1", now=NOW + timedelta(hours=turn)))
        return time.perf_counter() - start

    times = [(took(MAIL, turn), took("nobody@example.org", turn)) for turn in range(9)]
    known, unknown = (median(column) for column in zip(*times, strict=True))
    assert abs(known - unknown) < 0.05


def test_eleventh_failure_in_fifteen_minutes_is_not_even_looked_at(account: int) -> None:
    for turn in range(10):
        refusal(lambda turn=turn: enter(password="wrong", address=f"10.0.{turn}.1", now=NOW + timedelta(minutes=turn)))
    late = NOW + timedelta(minutes=10)
    assert refusal(lambda: enter(address="10.1.0.1", now=late)) == ("too_many_attempts", {"seconds": 300})
    assert refusal(lambda: enter(password="wrong", address="10.1.0.1", now=late))[0] == "too_many_attempts"
    assert enter(address="10.1.0.1", now=NOW + timedelta(minutes=15)).token


def test_limit_by_address_counts_every_mail_and_unknown_ones_alike(account: int) -> None:
    for turn in range(10):
        refusal(lambda turn=turn: enter(f"guess{turn}@example.org", address=f"192.0.2.{turn}"))
    assert refusal(lambda: enter(address="192.0.2.200"))[0] == "too_many_attempts"
    assert enter(address="198.51.100.1").token


def test_limit_on_an_unknown_mail_is_the_same_as_on_a_known_one(account: int) -> None:
    def codes(mail: str, net: int) -> list[str]:
        return [refusal(lambda turn=turn: enter(mail, "wrong", address=f"10.{net}.{turn}.1"))[0] for turn in range(12)]

    assert codes(MAIL, 1) == codes("nobody@example.org", 2) == ["sign_in_failed"] * 10 + ["too_many_attempts"] * 2


def test_success_counts_nothing_and_forgives_no_failure(account: int) -> None:
    for _ in range(12):
        enter()
    assert counted(Attempt) == 0
    for turn in range(9):
        refusal(lambda turn=turn: enter(password="wrong", address=f"10.0.{turn}.1"))
    enter(address="10.9.0.1")
    refusal(lambda: enter(password="wrong", address="10.8.0.1"))
    assert refusal(lambda: enter(address="10.9.0.1"))[0] == "too_many_attempts"


def test_attempts_hold_neither_mail_nor_address(account: int) -> None:
    refusal(lambda: enter(password="wrong"))
    rows = db.session.scalars(select(Attempt)).all()
    assert len(rows) == 2
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{64}", row.subject_sha256)
        assert row.subject_sha256 not in {hashlib.sha256(word.encode()).hexdigest() for word in (MAIL, f"mail:{MAIL}", "192.0.2.0/24")}


def test_old_attempts_are_swept(account: int) -> None:
    refusal(lambda: enter(password="wrong"))
    refusal(lambda: enter(password="wrong", now=NOW + timedelta(minutes=16)))
    assert counted(Attempt) == 2


def test_guesses_in_parallel_are_counted_one_by_one(account: int, in_app: Flask) -> None:
    def guess(turn: int) -> str:
        with in_app.app_context():
            return refusal(lambda: enter(password="wrong", address=f"10.0.{turn}.1"))[0]

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(guess, range(16)))
    assert codes == ["sign_in_failed"] * 10 + ["too_many_attempts"] * 6


def test_new_password_ends_every_sign_in_and_the_old_password(account: int) -> None:
    token = enter().token
    accounts.set_password(mail=MAIL, password="another long secret", by=OPERATOR, now=NOW)
    assert who(token) is None
    assert refusal(enter)[0] == "sign_in_failed"
    assert enter(password="another long secret").token


def test_seat_grants_its_role_where_it_is_given(account: int) -> None:
    factories.consultation()
    accounts.seat_account(mail=MAIL, role="committee", consultation=factories.CONSULTATION, half="civil_society", by=OPERATOR, now=NOW)
    accounts.seat_account(mail=MAIL, role="observer", by=OPERATOR, now=NOW)
    assert grants_of(account, now=NOW) == (Grant("committee", factories.CONSULTATION), Grant("observer", None))
    (line,) = account_lines()
    assert line.seats == (("committee", factories.CONSULTATION), ("observer", None))


def test_seat_given_again_is_one_seat_with_the_new_dates(account: int) -> None:
    accounts.seat_account(mail=MAIL, role="chair", by=OPERATOR, now=NOW)
    accounts.seat_account(mail=MAIL, role="chair", begins=date(2026, 4, 1), ends=date(2026, 5, 1), half="value_chain", by=OPERATOR, now=NOW)
    seat = db.session.scalars(select(Seat)).one()
    assert (seat.half, seat.begins, seat.ends) == ("value_chain", date(2026, 4, 1), date(2026, 5, 1))
    days = [datetime(2026, 3, 31, 23, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, 23, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)]  # fmt: skip
    assert [bool(grants_of(account, now=day)) for day in days] == [False, True, True, False]


def test_change_of_seats_ends_five_sign_ins(account: int) -> None:
    tokens = [enter().token for _ in range(5)]
    accounts.seat_account(mail=MAIL, role="secretariat", by=OPERATOR, now=NOW)
    assert [who(token) for token in tokens] == [None] * 5
    tokens = [enter().token for _ in range(5)]
    accounts.unseat_account(mail=MAIL, role="secretariat", by=OPERATOR, now=NOW)
    assert [who(token) for token in tokens] == [None] * 5
    assert grants_of(account, now=NOW) == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"mail": "nobody@example.org"}, "account_unknown"),
        ({"role": "emperor"}, "role_unknown"),
        ({"role": "visitor"}, "role_unknown"),
        ({"consultation": "nowhere"}, "consultation_unknown"),
        ({"begins": date(2026, 5, 1), "ends": date(2026, 4, 1)}, "dates_reversed"),
    ],
)
def test_seat_that_cannot_be_is_refused(account: int, given: dict[str, object], code: str) -> None:
    assert refusal(lambda: accounts.seat_account(**({"mail": MAIL, "role": "chair"} | given), by=OPERATOR, now=NOW))[0] == code  # type: ignore[arg-type]
    assert counted(Seat) == 0


def test_seat_that_nobody_has_cannot_be_taken(account: int) -> None:
    assert refusal(lambda: accounts.unseat_account(mail=MAIL, role="chair", by=OPERATOR, now=NOW))[0] == "seat_unknown"


def test_every_act_is_on_the_record_without_names(account: int) -> None:
    enter()
    accounts.seat_account(mail=MAIL, role="chair", by=OPERATOR, now=NOW)
    accounts.set_password(mail=MAIL, password="another long secret", by=OPERATOR, now=NOW)
    accounts.disable_account(mail=MAIL, by=OPERATOR, now=NOW)
    assert events() == ["account_added", "signed_in", "account_seated", "password_set", "account_disabled"]
    told = [f"{row.subject} {row.codes} {row.kind}" for row in db.session.scalars(select(Event))]
    assert [line for line in told if "li" in line.lower().replace("disabled", "") or "@" in line] == []
    assert [row.subject for row in db.session.scalars(select(Event))] == [f"account:{account}"] * 5


def test_failed_sign_in_leaves_no_event(account: int) -> None:
    refusal(lambda: enter(password="wrong"))
    assert events() == ["account_added"]


@pytest.mark.parametrize(
    ("address", "counted_under"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("not an address", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
@on_sqlite
def test_addresses_are_counted_by_network(address: str | None, counted_under: str) -> None:
    assert prefix(address) == counted_under


def events() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Event.kind).where(Event.scope == "installation").order_by(Event.seq)))
