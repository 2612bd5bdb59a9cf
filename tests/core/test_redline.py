"""Redlines: exact in both directions, whatever the spans, and drawn in the structure of the new text."""

import html
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core import redline as subject
from consult.core.change import Span, Spans
from consult.core.redline import RedlineWords, clean_new, clean_old, layered, redline, side_by_side
from consult.core.render import render
from tests.support.examples import examples

WORDS = RedlineWords("added: ", " end of addition", "removed: ", " end of removal", "added in draft 2: ", "removed in draft 2: ")
TOKEN = re.compile(r"[\u2e80-\u9fff]|\w+|\s+|.", re.DOTALL)


WHOLE = subject._whole


@pytest.fixture(autouse=True, scope="module")
def _no_fallback() -> Iterator[None]:
    """No test leans on whole replacement unless it asks for it."""

    def refuse(*_: object) -> str:
        raise AssertionError("fell back")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "_whole", refuse)
        yield


def spans_of(old: str, new: str) -> Spans:
    """Some exact spans, not the house's best."""
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    found: list[Span] = []
    for kind, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("=", "".join(one[i:j])))
        else:
            found += [("-", "".join(one[i:j]))] if j > i else []
            found += [("+", "".join(other[k:m]))] if m > k else []
    return tuple(found)


def seen(page: str, without: str = "nothing") -> str:
    """Text of a page without the words for screen readers, without one tag's content, without white space."""
    page = re.sub(r'<span class="unseen">.*?</span>', "", page, flags=re.DOTALL)
    page = re.sub(rf"<{without}\b[^>]*>.*?</{without}>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", page)))


def bare(page: str) -> str:
    """Markup of a redline without the words for screen readers."""
    return re.sub(r'<span class="unseen">.*?</span>', "", page, flags=re.DOTALL)


def draw(old: str, new: str) -> str:
    return bare(redline(spans_of(old, new), "en", WORDS))


LINES = st.sampled_from(
    [
        "The Entity shall report:", "a) emissions of 8 t;", "b) water **use**;", "c) waste.", "   1) first, `code`;", "   2) second \\* [x](https://a.example).",
        "(a) other", "i) roman", "- bullet", "> quoted words", "Note: what it means.", "注：说明文字。", "实体应披露：", "| A | B |", "|---|---|", "| 8 | nine |",
        "| water |", "", "", "# heading", "```", "1 < 2 & 3 > 2", "***", "*open", "a. dot", "1. one",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


@given(TEXTS, TEXTS)
@examples(300)
def test_without_removals_reads_new_without_additions_old(old, new):
    page = redline(spans_of(old, new), "en", WORDS)
    assert seen(page, without="del") == seen(render(new))
    assert seen(page, without="ins") == seen(render(old))


@given(st.lists(st.tuples(st.sampled_from("=-+"), st.text("ab 铝)1|-*>`\n:", max_size=12)), max_size=12))
@examples(300)
def test_any_spans_at_all_are_drawn_exactly(spans):
    page = redline(tuple(spans), "zh", WORDS)
    assert seen(page, without="del") == seen(clean_new(tuple(spans)))
    assert seen(page, without="ins") == seen(clean_old(tuple(spans)))


@given(TEXTS, TEXTS)
@examples(150)
def test_columns_hold_each_text_in_full_and_in_order(old, new):
    rows = side_by_side(spans_of(old, new), "fr", WORDS)
    assert seen("".join(left for left, _ in rows)) == seen(render(old))
    assert seen("".join(right for _, right in rows)) == seen(render(new))


@given(TEXTS, TEXTS, TEXTS)
@examples(150)
def test_layers_read_as_base_and_as_newest_draft(base, previous, new):
    page = layered(spans_of(base, new), spans_of(previous, new), "en", WORDS)
    assert seen(page, without="del") == seen(render(new))
    page = re.sub(r'<del [^>]*data-passing="1"[^>]*>.*?</del>', "", bare(page), flags=re.DOTALL)
    assert seen(page, without="ins") == seen(render(base))


def test_markup_characters_never_show_as_changed_words():
    page = draw("The Entity shall **report** it.", "The Entity shall report it.")
    assert page == "<p>The Entity shall report it.</p>"
    assert "|" not in draw("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |")


def test_white_space_alone_does_not_show():
    assert draw("one two\n\nthree", "one  two\nthree") == "<p>one two three</p>"
    assert "<ins" not in draw("8 t", "8\u00a0t")


def test_removed_item_stands_whole_and_later_labels_move():
    spans: Spans = (
        ("=", "It shall:\n\na) report "),
        ("-", "emissions;\nb) report "),
        ("=", "water;\n"),
        ("-", "c"),
        ("+", "b"),
        ("=", ") stop."),
    )
    page = bare(redline(spans, "en", WORDS))
    assert '<li class="changed removed"><span class="label"><del>a)</del></span> <del>report emissions;</del></li>' in page
    assert '<li class="changed"><span class="label"><del>b)</del><ins>a)</ins></span> report water;</li>' in page


def test_removed_and_added_rows_stand_in_their_table():
    page = draw(
        "| What | Limit |\n|---|---|\n| Air | 8 |\n| Soil | 5 |\n| Water | 9 |",
        "| What | Limit |\n|---|---|\n| Air | 10 |\n| Water | 9 |\n| Dust | 7 |",
    )
    assert page.count("<table>") == 1
    assert "<td>Air</td><td><del>8</del><ins>10</ins></td>" in page
    assert '<tr class="changed removed"><td><del>Soil</del></td><td><del>5</del></td></tr>' in page
    assert '<tr class="changed added"><td><ins>Dust</ins></td><td><ins>7</ins></td></tr>' in page
    assert "<tr><td>Water</td><td>9</td></tr>" in page


def test_removed_paragraph_is_a_block_of_its_own():
    page = draw("First.\n\nGone now.\n\nLast.", "First.\n\nLast.")
    assert page == '<p>First.</p><p class="changed removed"><del>Gone now.</del></p><p>Last.</p>'


def test_replacements_over_a_space_become_one():
    spans: Spans = (("-", "annual"), ("+", "yearly"), ("=", " "), ("-", "report"), ("+", "account"), ("=", "."))
    assert bare(redline(spans, "en", WORDS)) == '<p class="changed"><del>annual report</del><ins>yearly account</ins>.</p>'


def test_screen_readers_hear_where_a_change_begins_and_ends():
    page = redline((("=", "It "), ("-", "should"), ("+", "shall")), "en", WORDS)
    assert page == (
        '<p class="changed">It <del><span class="unseen">removed: </span>should<span class="unseen"> end of removal</span></del>'
        '<ins><span class="unseen">added: </span>shall<span class="unseen"> end of addition</span></ins></p>'
    )


def test_layers_tell_which_draft_added_and_struck():
    base, previous, new = (
        "It should report by 2015 and act.",
        "It shall report by 2015, at 8 t, and act.",
        "It shall report, at 11 t, and act.",
    )
    page = bare(layered(spans_of(base, new), spans_of(previous, new), "en", WORDS))
    assert '<del data-since="1">should</del><ins data-since="1">shall</ins>' in page
    assert '<del data-since="2"> by 2015</del>' in page
    assert '<del data-since="2" data-passing="1">8</del>' in page
    assert '<ins data-since="2">11</ins>' in page


def test_layers_without_a_common_new_text_fall_back_to_the_base():
    assert bare(layered(spans_of("a", "b"), spans_of("a", "c"), "en", WORDS)) == draw("a", "b")


def test_hostile_text_stays_text():
    page = redline((("-", "<script>alert(1)</script>"), ("+", "<img src=x onerror=y> [x](javascript:z)")), "en", WORDS)
    assert "<script" not in page
    assert "<img" not in page
    assert "href" not in page
    assert "&lt;script&gt;" in page


def test_what_cannot_be_followed_is_replaced_whole(monkeypatch):
    monkeypatch.setattr(subject, "match", lambda *_: 1 / 0)
    monkeypatch.setattr(subject, "_whole", WHOLE)
    page = redline((("=", "**It** "), ("-", "<b>"), ("+", "c")), "en", WORDS)
    assert seen(page, without="del") == "Itc"
    assert seen(page, without="ins") == "It<b>"
    assert len(side_by_side((("=", "a"),), "en", WORDS)) == 1


def test_a_large_clause_is_drawn_in_time():
    old = "\n".join(f"{'a' if i % 2 else 'b'}) item {i} of the list with some words;" for i in range(1500))
    spans = tuple(
        span
        for i, line in enumerate(old.split("\n"))
        for span in ((("=", line + "\n"),) if i % 3 else (("-", line + "\n"), ("+", "a) new\n")))
    )
    page = redline(spans, "en", WORDS)
    assert seen(page, without="del") == seen(clean_new(spans))
