"""A round gets more time, never less, and the record says from when to when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Event, Round
from consult.operations.extend import extend_round
from consult.operations.record import OPERATOR
from tests import factories
from tests.factories import CONSULTATION, NOW

LATER = datetime(2026, 4, 30, 23, 59)


def extended(number=1, closes=LATER, now=NOW):
    extend_round(consultation=CONSULTATION, number=number, closes=closes, by=OPERATOR, now=now)


def closings():
    db.session.rollback()
    return [(row.closes_at, row.closes_local) for row in db.session.scalars(select(Round).order_by(Round.number))]


def test_the_closing_moves_in_the_zone_of_the_round(in_app):
    factories.round_of()
    extended()
    assert closings() == [(datetime(2026, 4, 30, 21, 59, tzinfo=UTC), "2026-04-30T23:59:00")]
    (event,) = db.session.scalars(select(Event))
    assert (event.kind, event.subject, event.codes) == (
        "round_extended", f"{CONSULTATION}/1", {"closed": "2026-04-01T13:31:07+00:00", "closes": "2026-04-30T21:59:00+00:00"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("world", "asked", "code"),
    [
        ({}, {"number": 2}, "round_unknown"),
        ({}, {"closes": datetime(2026, 4, 1, 15, 31, 7)}, "closing_not_later"),
        ({"closes": timedelta()}, {}, "round_closed"),
        ({"state": "cancelled"}, {}, "round_called_off"),
        ({"state": "voided"}, {}, "round_called_off"),
    ],
)
def test_what_cannot_be_extended_stays_as_it_is(in_app, world, asked, code):
    factories.round_of(**world)
    before = closings()
    with pytest.raises(Refused) as refused:
        extended(**asked)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (closings(), db.session.scalars(select(Event)).all()) == (before, [])


def test_a_round_never_runs_into_the_next_one(in_app):
    factories.round_of()
    factories.round_of(number=2, opens=timedelta(days=20), closes=timedelta(days=50))
    with pytest.raises(Refused) as refused:
        extended()
    assert [problem.code for problem in refused.value.problems] == ["round_overlaps"]
