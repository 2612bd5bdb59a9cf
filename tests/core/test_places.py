"""Places of a source marked in what is drawn from it: exactly, and never where something changed."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from consult.core.change import Spans
from consult.core.markup.places import MARK
from consult.core.redline import RedlineWords, layered, redline
from consult.core.render import render

WORDS = RedlineWords("", "", "", "")


def marks(drawn: str) -> list[tuple[int, str]]:
    return [(int(index), html.unescape(text)) for index, text in MARK.findall(drawn)]


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return (start, start + len(words))


def test_places_are_marked_in_text_items_and_tables() -> None:
    text = "The **Entity** applies 5.2:\n\na) as in 5.3.\n\n| A | B |\n|---|---|\n| 5.4 | x |"
    places = tuple(place(text, words) for words in ("Entity", "5.2", "5.3", "5.4"))
    assert marks(render(text, places)) == [(0, "Entity"), (1, "5.2"), (2, "5.3"), (3, "5.4")]


def test_a_place_across_styles_or_in_a_link_stays_unmarked() -> None:
    text = "criterion **5.2** and [5.3](https://example.org/)"
    assert marks(render(text, (place(text, "criterion **5.2"), place(text, "5.3")))) == []


def test_without_places_nothing_is_marked() -> None:
    assert "place-" not in render("criterion 5.2")


def test_a_redline_marks_what_both_texts_have() -> None:
    spans: Spans = (("=", "Under criterion 5.2 the "), ("-", "Company"), ("+", "Entity"), ("=", " shall report."))
    new = "Under criterion 5.2 the Entity shall report."
    drawn = redline(spans, "en", WORDS, (place(new, "criterion 5.2"), place(new, "Entity")))
    assert marks(drawn) == [(0, "criterion 5.2")]
    assert "<ins>Entity</ins>" in drawn


def test_a_place_out_of_which_words_were_struck_stays_unmarked() -> None:
    spans: Spans = (("=", "the Area "), ("-", "or Zone "), ("=", "of Influence here"))
    new = "the Area of Influence here"
    assert marks(redline(spans, "en", WORDS, (place(new, "Area of Influence"),))) == []


def test_a_layered_redline_marks_what_all_three_texts_have() -> None:
    base: Spans = (("=", "Entity and Worker"), ("+", " and Facility"))
    previous: Spans = (("=", "Entity and "), ("-", "worker"), ("+", "Worker"), ("=", " and Facility"))
    new = "Entity and Worker and Facility"
    places = tuple(place(new, words) for words in ("Entity", "Worker", "Facility"))
    assert marks(layered(base, previous, "en", WORDS, places)) == [(0, "Entity")]


def test_marks_change_nothing_but_themselves() -> None:
    spans: Spans = (("=", "a 5.2\n\nb) Entity "), ("-", "x"), ("=", "end"))
    drawn = redline(spans, "en", WORDS, ((2, 5), (10, 16)))
    assert MARK.sub(r"\2", drawn) == redline(spans, "en", WORDS)


def joined(drawn: str) -> str:
    """Without the seams at which a marked part of an emphasis begins and ends."""
    return re.sub(r"</(\w+)><\1>", "", drawn)


PIECES = st.lists(st.sampled_from(["Entity ", "5.2", "**", "`", "\n\n", "a) ", "| ", "[x](/y)", "&", "<b>", "实体", " "]), max_size=14).map(
    "".join
)


@given(PIECES, st.lists(st.integers(0, 60), max_size=6))
def test_any_places_in_any_text_are_marked_exactly_or_not_at_all(text: str, cuts: list[int]) -> None:
    cuts = sorted({cut for cut in cuts if cut <= len(text)})
    places = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    drawn = render(text, places)
    assert joined(MARK.sub(r"\2", drawn)) == joined(render(text))
    for index, shown in marks(drawn):
        start, end = places[index]
        assert re.sub(r"\s+|<br>", "", shown) == re.sub(r"\s+", "", text[start:end]) or any(mark in text[start:end] for mark in "\\`|*[]\n")
