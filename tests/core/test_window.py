"""The window: half open, in any zone, over the hours that clocks skip and repeat."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.window import Window, instant

ZONES = ["UTC", "Europe/Paris", "Australia/Melbourne", "Australia/Lord_Howe", "America/St_Johns", "Asia/Shanghai", "Pacific/Kiritimati", "Pacific/Pago_Pago"]  # fmt: skip
SECOND = timedelta(seconds=1)
zones = st.sampled_from(ZONES)
instants = st.datetimes(datetime(2017, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
lengths = st.timedeltas(SECOND, timedelta(days=200))
windows = st.builds(
    lambda opens, length, zone, grace: Window(opens, opens + length, zone, grace),
    instants, lengths, zones, st.timedeltas(timedelta(), timedelta(hours=6)),
)  # fmt: skip
near = st.timedeltas(-timedelta(days=3), timedelta(days=3))


@given(windows)
def test_window_is_half_open(window: Window) -> None:
    assert window.phase(window.opens - SECOND) == "coming"
    assert window.phase(window.opens) == "open"
    assert window.phase(window.closes - timedelta(microseconds=1)) == "open"
    assert window.phase(window.closes) == "closed"


@given(windows, near, near)
def test_time_only_moves_on_through_the_phases(window: Window, first: timedelta, second: timedelta) -> None:
    order = ["coming", "open", "closed"]
    early, late = sorted((window.closes + first, window.closes + second))
    assert order.index(window.phase(early)) <= order.index(window.phase(late))


@given(windows, near, st.none() | near)
def test_only_what_was_begun_before_closing_counts_within_the_grace(window: Window, after: timedelta, begun: timedelta | None) -> None:
    now = window.closes + after
    opened = None if begun is None else window.closes + begun
    admission = window.admits(now, opened)
    assert (admission == "in_time") is (window.phase(now) == "open")
    if admission == "late":
        assert opened is not None
        assert window.opens <= opened < window.closes <= now < window.closes + window.grace
    if now < window.opens or now >= window.closes + window.grace:
        assert admission == "refused"


def test_one_second_decides_without_grace() -> None:
    closes = datetime(2026, 4, 30, 13, 59, tzinfo=UTC)
    window = Window(closes - timedelta(days=60), closes, "Australia/Melbourne")
    begun = closes - timedelta(hours=1)
    assert [window.admits(closes + shift, begun) for shift in (-SECOND, timedelta(), SECOND)] == ["in_time", "refused", "refused"]


def test_grace_admits_as_late_what_was_begun_in_time() -> None:
    closes = datetime(2026, 4, 30, 13, 59, tzinfo=UTC)
    window = Window(closes - timedelta(days=60), closes, "UTC", timedelta(minutes=30))
    assert window.admits(closes, closes - SECOND) == "late"
    assert window.admits(closes, closes) == "refused"
    assert window.admits(closes) == "refused"
    assert window.admits(closes + timedelta(minutes=30), closes - SECOND) == "refused"


@given(windows, near, zones)
def test_answers_do_not_depend_on_the_readers_zone(window: Window, shift: timedelta, zone: str) -> None:
    now = window.closes + shift
    there = now.astimezone(ZoneInfo(zone))
    assert window.phase(there) == window.phase(now)
    assert window.left(there) == window.left(now)
    assert window.admits(there, there - SECOND) == window.admits(now, now - SECOND)


@given(windows, st.timedeltas(timedelta(), timedelta(days=300)))
def test_day_counts_from_one_and_never_past_the_last(window: Window, since: timedelta) -> None:
    assert 1 <= window.day(window.opens + since) <= max(1, window.days)
    assert window.day(window.opens) == 1


@given(windows, near)
def test_time_left_ends_at_nothing(window: Window, shift: timedelta) -> None:
    left = window.left(window.closes + shift)
    assert left == max(timedelta(), -shift)


def test_sixty_days_are_counted_on_the_calendar_of_the_zone() -> None:
    """Paris springs forward on 29 March 2026, Melbourne falls back on 5 April: an hour more or less makes no day."""
    for zone in ("Europe/Paris", "Australia/Melbourne", "UTC"):
        window = Window(instant(datetime(2026, 3, 1), zone), instant(datetime(2026, 4, 30, 23, 59), zone), zone)
        assert window.days == 60
        assert window.day(instant(datetime(2026, 3, 23, 0, 0), zone)) == 23
        assert window.day(instant(datetime(2026, 3, 23, 23, 59), zone)) == 23
        assert window.day(window.closes) == 60


@given(windows, st.timedeltas(timedelta(), timedelta(days=300)))
def test_length_in_days_is_that_in_hours_give_or_take_one(window: Window, since: timedelta) -> None:
    assert abs(max(1, (window.closes - window.opens) // timedelta(days=1)) - window.days) <= 1
    assert window.day(window.opens + since) <= window.day(window.opens + since + timedelta(days=1))


@given(st.datetimes(datetime(2017, 1, 1), datetime(2030, 1, 1)), zones)
def test_instant_of_a_wall_time_shows_that_wall_time_unless_clocks_skip_it(local: datetime, zone: str) -> None:
    then = instant(local, zone)
    assert then.utcoffset() == timedelta()
    shown = then.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    skipped = shown - local
    assert timedelta() <= skipped <= timedelta(hours=1)


@given(instants, zones)
def test_wall_time_kept_and_read_again_never_closes_earlier(then: datetime, zone: str) -> None:
    window = Window(then - timedelta(days=1), then, zone)
    again = instant(window.local_closes.replace(tzinfo=None), zone)
    assert timedelta() <= again - then <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        (datetime(2026, 3, 29, 2, 30), "Europe/Paris", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped
        (datetime(2026, 10, 25, 2, 30), "Europe/Paris", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # twice: the second
        (datetime(2026, 4, 5, 2, 30), "Australia/Melbourne", datetime(2026, 4, 4, 16, 30, tzinfo=UTC)),  # twice: the second
        (datetime(2026, 4, 30, 23, 59), "Pacific/Kiritimati", datetime(2026, 4, 30, 9, 59, tzinfo=UTC)),
        (datetime(2026, 4, 30, 23, 59), "Pacific/Pago_Pago", datetime(2026, 5, 1, 10, 59, tzinfo=UTC)),
    ],
)
def test_skipped_and_repeated_wall_times_take_the_later_instant(local: datetime, zone: str, utc: datetime) -> None:
    assert instant(local, zone) == utc


def test_wall_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        instant(datetime(2026, 4, 30, 23, 59, tzinfo=timezone(timedelta(hours=2))), "Europe/Paris")
