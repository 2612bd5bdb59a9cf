"""Limits in the database: far above what people do, and who reaches one is told how long to wait."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.core.basket import Draft
from consult.core.limits import DOORS
from consult.core.problem import Refused
from consult.extensions import db, writing
from consult.models import Attempt
from consult.operations.attempts import pass_door
from consult.operations.basket import keep_comment
from consult.operations.submit import submit
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite


def through(door, address="192.0.2.1", who=None, now=NOW):
    with writing() as session:
        pass_door(session, door=door, address=address, who=who, now=now)


@on_sqlite
def test_thirty_people_behind_one_address_submit_within_an_hour(in_app):
    """Each of them three times, in one minute of it."""
    factories.round_of()
    for person in range(30):
        for nth in range(3):
            by = factories.person(mail=f"p{person}@example.org")
            one = factories.new_comment(text=f"{person} {nth}")
            submit(form=factories.form(one, by=by), now=NOW + timedelta(seconds=person), address=f"192.0.2.{person}")


@on_sqlite
def test_one_person_keeps_a_hundred_comments_in_ten_minutes(in_app):
    factories.round_of()
    token = None
    for nth in range(100):
        for seen in (0, 1):  # written, then saved once more
            token = keep_comment(
                token=token, consultation=CONSULTATION, round_number=1, language="en", key=f"k{nth}", target=factories.target("5.2"),
                draft=Draft(f"{nth} {seen}"), seen=seen, opened_at=None, address="192.0.2.1", now=NOW + timedelta(seconds=6 * nth),
            ).token  # fmt: skip


def test_a_machine_is_stopped_and_told_how_long_to_wait(in_app, monkeypatch):
    from consult.core.limits import Door, Limit

    monkeypatch.setitem(DOORS, "submit", Door(Limit(5, timedelta(hours=1)), Limit(3, timedelta(hours=1))))
    for nth in range(3):
        through("submit", who="one", now=NOW + timedelta(minutes=nth))
    with pytest.raises(Refused) as refused:
        through("submit", address="198.51.100.1", who="one", now=NOW + timedelta(minutes=10))
    assert refused.value.problems[0].params == {"seconds": 50 * 60}
    through("submit", who="two", now=NOW + timedelta(minutes=10))
    through("submit", now=NOW + timedelta(minutes=10))
    with pytest.raises(Refused):
        through("submit", address="192.0.2.200", who="three", now=NOW + timedelta(minutes=11))
    through("submit", address="192.0.3.1", who="three", now=NOW + timedelta(minutes=11))
    through("submit", who="one", now=NOW + timedelta(hours=1, minutes=5))
    through("keep", who="one", now=NOW + timedelta(minutes=11))
    stored = [(row.kind, row.subject_sha256) for row in db.session.scalars(select(Attempt))]
    assert not any("192.0" in subject or "one" in subject for _, subject in stored)


@on_sqlite
def test_the_same_form_again_gets_its_receipt_whatever_the_limit(in_app, monkeypatch):
    from consult.core.limits import Door, Limit

    factories.round_of()
    monkeypatch.setitem(DOORS, "submit", Door(Limit(1, timedelta(hours=1))))
    form = factories.form(key="once")
    first = submit(form=form, now=NOW, address="192.0.2.1")
    assert submit(form=form, now=NOW, address="192.0.2.1").reference == first.reference
    with pytest.raises(Refused) as refused:
        submit(form=factories.form(), now=NOW, address="192.0.2.1")
    assert refused.value.problems[0].code == "too_many_attempts"
