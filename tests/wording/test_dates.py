"""Dates, times and numbers as each language writes them."""

from datetime import UTC, date, datetime

import pytest

from consult.wording.dates import NBSP, NNBSP, date_text, moment_text, number_text, offset_text, zone_text

CLOSING = datetime(2021, 4, 30, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", f"1{NBSP}March 2021"), ("fr", f"1er{NBSP}mars 2021"), ("zh", "2021年3月1日")],
)
def test_the_first_of_a_month_is_written_as_the_language_does(language: str, written: str) -> None:
    assert date_text(date(2021, 3, 1), language) == written


def test_only_the_first_is_an_ordinal_in_french() -> None:
    assert [date_text(date(2021, 3, day), "fr") for day in (11, 21, 31)] == [f"{day}{NBSP}mars 2021" for day in (11, 21, 31)]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", f"30{NBSP}April 2021, 23:59 (Paris time, UTC+2)"),
        ("fr", f"30{NBSP}avril 2021 à 23{NBSP}h{NBSP}59 (heure de Paris, UTC+2)"),
        ("zh", "2021年4月30日23:59（巴黎时间，UTC+2）"),
    ],
)
def test_a_moment_names_its_zone(language: str, written: str) -> None:
    assert moment_text(CLOSING, "Europe/Paris", language) == written


def test_a_city_with_a_vowel_takes_an_apostrophe_in_french() -> None:
    assert zone_text("Europe/Oslo", "fr") == "heure d’Oslo"


def test_offsets_may_have_minutes_and_be_negative() -> None:
    zones = ("Asia/Kolkata", "America/St_Johns", "UTC")
    from zoneinfo import ZoneInfo

    assert [offset_text(CLOSING.astimezone(ZoneInfo(zone))) for zone in zones] == ["UTC+5:30", "UTC−2:30", "UTC"]


def test_numbers_group_as_the_language_does() -> None:
    assert [number_text(1234.5, language) for language in ("en", "fr", "zh")] == ["1,234.5", f"1{NNBSP}234,5", "1,234.5"]
