"""The clock tells UTC, and stops only where two variables ask for it."""

import time
from datetime import UTC, datetime

import pytest

from consult import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now().timestamp() - time.time()) < 5


def test_one_variable_alone_does_not_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_NOW", "2022-02-01T12:00:00+01:00")
    assert clock.now().year > 2022


def test_a_stopped_clock_tells_its_time_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", "2022-02-01T12:00:00+01:00")
    assert clock.now() == datetime(2022, 2, 1, 11, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_time_without_zone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", "2022-02-01T12:00:00")
    with pytest.raises(ValueError, match="needs a zone"):
        clock.now()
