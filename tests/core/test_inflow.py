"""How comments came in: every day of the zone once, late ones on the last, the last total all that was received."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult.core.inflow import curve, inflow
from consult.core.regions import FEW, region_of, told_regions
from consult.core.window import Window

WINDOW = Window(datetime(2026, 3, 1, 13, tzinfo=UTC), datetime(2026, 3, 11, 12, 59, tzinfo=UTC), "Australia/Melbourne")


def test_days_are_those_of_the_zone():
    late_evening_there = datetime(2026, 3, 2, 12, 59, tzinfo=UTC)
    midnight_there = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    days = inflow(WINDOW, [(late_evening_there, 2), (midnight_there, 1)], now=datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert [(day.on, day.received, day.total) for day in days] == [(date(2026, 3, 2), 2, 2), (date(2026, 3, 3), 1, 3)]


def test_before_opening_there_is_no_day():
    assert inflow(WINDOW, [], now=WINDOW.opens - timedelta(seconds=1)) == ()


def test_late_comment_counts_on_the_last_day():
    days = inflow(WINDOW, [(WINDOW.closes + timedelta(days=2), 1)], now=WINDOW.closes + timedelta(days=9))
    assert (days[-1].on, days[-1].received, len(days)) == (date(2026, 3, 11), 1, 10)


@given(st.lists(st.tuples(st.datetimes(datetime(2026, 2, 25), datetime(2026, 3, 20), timezones=st.just(UTC)), st.integers(1, 9))))
def test_last_total_is_all_that_was_received(arrivals):
    days = inflow(WINDOW, arrivals, now=WINDOW.closes)
    assert days[-1].total == sum(day.received for day in days) == sum(many for _, many in arrivals)


def test_curve_steps_through_the_share_of_the_window():
    days = inflow(WINDOW, [(WINDOW.opens, 1), (WINDOW.opens + timedelta(days=1), 3)], now=WINDOW.opens + timedelta(days=1))
    assert curve(days, WINDOW, top=4, width=100, height=40) == "M0 40V30.0H10.0V0.0H20.0"


def test_small_regions_are_told_together_and_cannot_be_worked_out():
    assert told_regions({"GN": 6, "CN": 9, "FR": 2}) == ({"142": 9}, 8)
    assert told_regions({"GN": 6, "CN": 9, "FR": 2, "NZ": 3}) == ({"142": 9, "002": 6}, 5)
    assert told_regions({"GN": 2}) == ({}, 2)
    assert told_regions({}) == ({}, 0)


@given(st.dictionaries(st.sampled_from(["GN", "CN", "FR", "NZ", "BR", "US", "AQ", "KE", "DE"]), st.integers(1, 12)))
def test_regions_add_up_and_none_is_below_the_limit(countries):
    told, rest = told_regions(countries)
    assert sum(told.values()) + rest == sum(countries.values())
    assert all(many >= FEW for many in told.values())
    assert not told or rest == 0 or rest >= FEW


def test_every_country_of_the_form_but_antarctica_has_a_region():
    from consult.wording.countries import countries

    assert [code for code, _ in countries("en") if region_of(code) is None] == ["AQ"]
