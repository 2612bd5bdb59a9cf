"""Signed-in staff for tests of the staff rooms, and what their pages hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import MetaData, func, select
from werkzeug.test import TestResponse

from consult.extensions import db
from consult.operations.accounts import add_account, seat_account, sign_in
from consult.operations.record import OPERATOR
from tests.factories import NOW
from tests.support.html import Element, Page
from tests.support.pages import CheckedClient

PASSWORD = "a long enough secret"
OWN = {"Sec-Fetch-Site": "same-origin"}
_numbers = count(1)


@dataclass(frozen=True)
class Staff:
    """A signed-in person: `client` with her cookie, `account` her key."""

    client: CheckedClient
    account: int
    mail: str
    token: str

    def post(
        self, address: str, form: dict[str, Any], *, data: dict[str, Any] | None = None, headers: dict[str, str] = OWN
    ) -> TestResponse:
        """Sends a form as a browser would: its hidden fields (`form`, from `form_of`) and what was filled in."""
        return self.client.post(address, data={**form, **(data or {})}, headers=headers)


def account(
    role: str | None = "secretariat", *, consultation: str | None = None, name: str | None = None, now: datetime = NOW
) -> tuple[int, str]:
    """An account with one seat (none for None); its key and mail. Needs an application context."""
    number = next(_numbers)
    mail = f"staff{number}@example.org"
    key = add_account(mail=mail, name=name or f"Staff Number {number}", language="en", password=PASSWORD, by=OPERATOR, now=now)
    if role:
        seat_account(mail=mail, role=role, consultation=consultation, by=OPERATOR, now=now)
    return key, mail


def signed_in(
    app: Flask, role: str | None = "secretariat", *, consultation: str | None = None, name: str | None = None, now: datetime = NOW
) -> Staff:
    """Not with `in_app`: a request must not inherit another's `g`."""
    with app.app_context():
        key, mail = account(role, consultation=consultation, name=name, now=now - timedelta(hours=1))
        token = sign_in(mail=mail, password=PASSWORD, address=f"10.1.{key % 250}.1", now=now).token
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    client.set_cookie("consult_sign_in", token)
    return Staff(client, key, mail, token)


def page_of(response: TestResponse) -> Element:
    return Page(response.text).root


def form_of(response: TestResponse, containing: str) -> dict[str, Any]:
    """Hidden fields of the first form that has a control or button of this name or value."""
    for form in page_of(response).find("form"):
        controls = form.find("input", "button", "select", "textarea")
        if any(containing in (each.attributes.get("name"), each.attributes.get("value")) for each in controls):
            hidden = [each for each in controls if each.attributes.get("type") == "hidden"]
            names = [each.attributes["name"] for each in hidden]
            return {
                name: [each.attributes["value"] for each in hidden if each.attributes["name"] == name]
                if names.count(name) > 1
                else next(each.attributes["value"] for each in hidden if each.attributes["name"] == name)
                for name in names
            }
    raise AssertionError(f"no form with {containing}")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but sign-ins, to compare before and after. Needs an application context."""
    db.session.rollback()
    found = MetaData()
    found.reflect(db.engine)
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all()))  # type: ignore[misc]
        for table in found.sorted_tables
    }


def rows_in(table: type) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(table)).one()
