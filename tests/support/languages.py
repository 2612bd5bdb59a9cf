"""A rule that holds in every language is tried in one of them by make test, each rule in another, and in all by make test-long."""

import pytest

LANGUAGES = ("en", "fr", "zh")


def in_turn(quick: str) -> list[object]:
    """Values for `parametrize`: the language of make test, and the others marked long."""
    return [quick, *(pytest.param(each, marks=pytest.mark.long) for each in LANGUAGES if each != quick)]
