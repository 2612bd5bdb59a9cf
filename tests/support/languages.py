"""A rule that holds in every language is tried in one of them by make test, each rule in another, and in all by make test-long."""

from collections.abc import Sequence

import pytest

LANGUAGES = ("en", "fr", "zh")


def in_turn(quick: str) -> list[object]:
    """Values for `parametrize`: the language of make test, and the others marked long."""
    return [quick, *(pytest.param(each, marks=pytest.mark.long) for each in LANGUAGES if each != quick)]


def crossed(rows: Sequence[tuple[object, ...]]) -> list[object]:
    """Values for `parametrize`: each row in every language; make test has the first in the first language, the second in the second and so on."""
    return [
        (*row, language) if (at - turn) % len(LANGUAGES) == 0 else pytest.param(*row, language, marks=pytest.mark.long)
        for at, row in enumerate(rows)
        for turn, language in enumerate(LANGUAGES)
    ]
