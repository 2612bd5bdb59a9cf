"""Which way languages are written, beside what CLDR says of all it knows."""

from babel import Locale
from babel.localedata import locale_identifiers

from consult.core.direction import runs_right_to_left


def test_every_language_runs_as_cldr_says() -> None:
    known = {each.replace("_", "-"): Locale.parse(each).character_order == "right-to-left" for each in locale_identifiers()}
    assert len(known) > 500
    assert {tag for tag, leftwards in known.items() if runs_right_to_left(tag) is not leftwards} == set()


def test_what_nobody_knows_runs_from_left_to_right() -> None:
    assert [runs_right_to_left(tag) for tag in ("", "tlh", "x-own", "AR", "zh-Hant", "az-Arab-IR")] == [
        False,
        False,
        False,
        True,
        False,
        True,
    ]
