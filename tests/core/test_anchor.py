"""The words of a clause that a comment is about: found however they were copied, and held against what the text became."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult.core.anchor import CONTEXT, Anchor, anchor_at, held_against, occurrences, placed
from consult.core.render import plain_text, render

TEXT = "The Entity shall:\na) set a target; and\nb) review it “every year”, at each site’s own cost."
ZH = "企业应当每年审查一次，并每年公布结果。𠮷野家亦应每年审查。"
letters = st.text(st.sampled_from("ab 每年𠮷\n-“’.") | st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


@st.composite
def parts(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(st.text(st.sampled_from("ab, 每年𠮷é\n") | st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@pytest.mark.parametrize(
    ("copied", "found"),
    [
        ("set a target", "set a target"),
        ("  set\u00a0a\r\n target ", "set a target"),
        ('review it "every year"', "review it “every year”"),
        ("each site's own", "each site’s own"),
        ("se\u00adt a tar\u200bget", "set a target"),
        ("ENTITY SHALL: a) set", "Entity shall:\na) set"),
    ],
)
def test_words_are_found_however_they_were_copied(copied: str, found: str) -> None:
    assert [TEXT[start:end] for start, end in occurrences(TEXT, copied)] == [found]


def test_words_that_are_not_there_are_nowhere() -> None:
    assert [occurrences(TEXT, words) for words in ("set two targets", "", " \n", "|")] == [()] * 4


def test_whole_words_count_before_parts_of_words() -> None:
    assert occurrences("That hat; a hat.", "hat") == ((5, 8), (12, 15))
    assert occurrences("That is that.", "ha") == ((1, 3), (9, 11))


def test_repeated_words_are_told_apart_by_their_place_or_by_what_stands_before_them() -> None:
    every = occurrences(ZH, "每年")
    assert len(every) == 3
    assert placed(ZH, "每年", str(every[1][0])) == (every[1],)
    assert placed(ZH, "每年", "…审查一次，并") == (every[1],)
    assert placed(ZH, "每年", "…𠮷野家亦应") == (every[2],)
    assert placed(ZH, "每年") == placed(ZH, "每年", "999999999999") == every


def test_a_hint_that_fits_nowhere_decides_nothing_but_says_so() -> None:
    assert placed(TEXT, "set a target", "…nothing of the kind %") == ()
    assert placed(TEXT, "not there", "…Entity") == ()


@given(parts())
@example(("𠮷a𠮷a𠮷", 2, 4))
def test_an_anchor_is_found_in_the_text_it_was_made_on(part: tuple[str, int, int]) -> None:
    text, start, end = part
    anchor = anchor_at(text, start, end)
    seen = held_against(anchor, text)
    assert (anchor.words, seen.state, seen.start, seen.end) == (text[start:end], "found", start, end)
    assert text[max(0, start - CONTEXT) : end + CONTEXT] == anchor.prefix + anchor.words + anchor.suffix


@given(parts(), letters)
def test_an_anchor_is_never_placed_on_other_words(part: tuple[str, int, int], now: str) -> None:
    """Whatever the text became: where a place is told, the very words stand there; where they stand nowhere, they are lost and kept."""
    text, start, end = part
    anchor = anchor_at(text, start, end)
    seen = held_against(anchor, now)
    assert seen.anchor == anchor
    if seen.state == "lost":
        assert (seen.start, seen.end) == (None, None)
    else:
        assert seen.start is not None
        assert now[seen.start : seen.end] == anchor.words
    if anchor.words not in now:
        assert seen.state == "lost"


@given(parts(), st.text(st.sampled_from("xyz 年"), min_size=1, max_size=20))
def test_words_with_the_same_text_around_them_are_moved_not_lost(part: tuple[str, int, int], before: str) -> None:
    text, start, end = part
    anchor = anchor_at(text, start, end)
    full = anchor.prefix + anchor.words + anchor.suffix
    now = before + text
    if text.count(anchor.words) == 1 and now.count(anchor.words) == 1 and now.count(full) == 1:
        assert held_against(anchor, now).state in ("moved", "found")
        assert held_against(anchor, now).start == start + len(before)


def test_words_are_lost_where_they_changed_and_where_nobody_can_tell_which_are_meant() -> None:
    anchor = anchor_at(TEXT, TEXT.index("every year"), TEXT.index("every year") + 10)
    assert held_against(anchor, TEXT.replace("every year", "every month")).state == "lost"
    assert held_against(Anchor("每年", "甲", "乙", 1, 3), "每年和每年").state == "lost"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 1000)])
def test_an_anchor_needs_a_part_of_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no part of a text"):
        anchor_at(TEXT, start, end)


@given(st.data())
def test_the_words_are_marked_in_the_drawn_clause_and_nothing_else_is(data: st.DataObject) -> None:
    """Labels of items and what joins cells are drawn by themselves and stay unmarked."""
    source = "实体应：\n\na) 设定**目标**；\nb) 每年审查 & 公布𠮷。\n\n| 气体 | t |\n| --- | --- |\n| CO₂ | 1 |\n\nThe end."
    plain = plain_text(source)
    start = data.draw(st.integers(0, len(plain) - 1))
    end = data.draw(st.integers(start + 1, len(plain)))
    drawn = render(source, words=(start, end))
    marked = "".join(unescape(re.sub("<.*?>", "", each)) for each in re.findall("<mark>(.*?)</mark>", drawn))
    bare = re.sub(r"^[ab]\) ", lambda label: "\x00" * len(label[0]), plain, flags=re.M).replace(" | ", "\x00" * 3).replace("\n", "\x00")
    assert marked == bare[start:end].replace("\x00", "")
    assert re.sub("<.*?>", "", drawn) == re.sub("<.*?>", "", render(source))
