"""Whatever the texts, the spans give both back to the byte, and the same texts give the same spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.diff import diff
from tests.support.examples import examples

ALPHABET = st.one_of(
    st.sampled_from(
        [
            "shall",
            "doit",
            "应",
            "不应",
            "不得",
            "排放",
            " ",
            "\u00a0",
            "\u202f",
            "\n",
            "\r\n",
            "\r",
            "8 t",
            "1 234",
            "1.5 °C",
            "c) ",
            "- ",
            "| a | b |",
            "**",
            "e\u0301",
            "👩\u200d🌾",
            "𠮷",
            "l’Entité",
            ".",
            "。",
        ]
    ),
    st.text(max_size=3),
)
TEXTS = st.lists(ALPHABET, max_size=40).map("".join)


def check(old: str, new: str, language: str) -> None:
    spans, _ = diff(old, new, language)
    assert "".join(text for mark, text in spans if mark != "+") == old
    assert "".join(text for mark, text in spans if mark != "-") == new
    assert all(text for _, text in spans)
    assert all(first[0] != second[0] for first, second in pairwise(spans))


@given(TEXTS, TEXTS, st.sampled_from(["en", "fr", "zh", "ar"]))
@examples(300)
def test_spans_give_back_both_texts(old: str, new: str, language: str) -> None:
    check(old, new, language)


@given(TEXTS, st.integers(0, 200), st.integers(0, 20), TEXTS)
@examples(200)
def test_an_edited_text_is_given_back_too(old: str, at: int, length: int, inserted: str) -> None:
    check(old, old[:at] + inserted + old[at + length :], "en")


@given(TEXTS, TEXTS)
@examples(50)
def test_the_same_texts_give_the_same_spans(old: str, new: str) -> None:
    assert diff(old, new, "en") == diff(old, new, "en")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("", "new"),
        ("old", ""),
        ("a\r\nb\r\n", "a\nb\n"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("𠮷野家 👩\u200d🌾", "吉野家 👩\u200d🏭"),
        ("\u0301", "\u0301\u0301"),
        ("\x00\x07", "\x07"),
        ("a" * 400_000, "a" * 200_000 + "b" + "a" * 199_999),
        ("铝" * 60_000 + "甲" + "业" * 60_000, "业" * 60_000 + "乙" + "铝" * 60_000),
    ],
    ids=[
        "both empty",
        "old empty",
        "new empty",
        "line ends",
        "combining",
        "beyond the basic plane",
        "lone mark",
        "controls",
        "one word",
        "no spaces",
    ],
)
def test_unusual_texts_are_exact(old: str, new: str) -> None:
    check(old, new, "zh")


def test_equal_texts_are_one_kept_span() -> None:
    assert diff("The Entity shall act.", "The Entity shall act.", "en") == ((("=", "The Entity shall act."),), False)


def test_a_text_beyond_the_bound_is_replaced_whole_and_says_so() -> None:
    old, new = " ".join(f"a{n}" for n in range(9_000)), " ".join(f"b{n}" for n in range(9_000))
    spans, bounded = diff(old, new, "en")
    assert (spans, bounded) == ((("-", old), ("+", new)), True)
