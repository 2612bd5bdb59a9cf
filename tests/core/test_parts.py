"""Parts of a change: each clause of a split gets its own words, and nothing is lost between them."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.change import JOINT, Spans
from consult.core.parts import parts


def new(spans: Spans) -> str:
    return "".join(text for mark, text in spans if mark != "-")


def removed(spans: Spans) -> str:
    return "".join(text for mark, text in spans if mark == "-")


def test_one_clause_keeps_the_whole_change() -> None:
    spans = (("=", "The Entity "), ("-", "should"), ("+", "shall"), ("=", " plan."))
    assert parts(spans, ("The Entity shall plan.",)) == (spans,)


def test_a_split_is_cut_at_the_joint() -> None:
    spans = (("=", "abc"), ("-", "X"), ("=", "d"), ("+", "ef\n\ngh"), ("-", "Y"), ("=", "i"))
    assert parts(spans, ("abcdef", "ghi")) == (
        (("=", "abc"), ("-", "X"), ("=", "d"), ("+", "ef")),
        (("+", "gh"), ("-", "Y"), ("=", "i")),
    )


def test_a_removal_between_two_clauses_stands_with_the_second() -> None:
    spans = (("=", "one"), ("+", "\n\n"), ("-", "gone"), ("=", "two"))
    assert parts(spans, ("one", "two")) == ((("=", "one"),), (("-", "gone"), ("=", "two")))


def test_a_removal_stands_with_the_part_that_has_its_words() -> None:
    spans = (("=", "Plan. "), ("-", "Views of workers are sought."), ("+", "Now.\n\nThe views of workers count."), ("=", " End."))
    assert parts(spans, ("Plan. Now.", "The views of workers count. End.")) == (
        (("=", "Plan. "), ("+", "Now.")),
        (("-", "Views of workers are sought."), ("+", "The views of workers count."), ("=", " End.")),
    )


def test_a_struck_label_stands_before_the_item_it_belonged_to() -> None:
    spans = (("=", "one;\n"), ("-", "c)"), ("+", "c) two.\n\nThe plan shall:\n\na)"), ("=", " three."))
    assert parts(spans, ("one;\nc) two.", "The plan shall:\n\na) three.")) == (
        (("=", "one;\n"), ("+", "c) two.")),
        (("-", "c)"), ("+", "The plan shall:\n\na)"), ("=", " three.")),
    )


def test_texts_that_do_not_belong_leave_the_change_whole() -> None:
    spans = (("=", "abc"),)
    assert parts(spans, ("ab", "xy")) == (spans, spans)


@given(st.lists(st.tuples(st.sampled_from("=-+"), st.text("ab\n", min_size=1, max_size=4)), max_size=12))
def test_every_part_gives_its_text_and_every_removal_stands_once(spans: list[tuple[str, str]]) -> None:
    whole = new(tuple(spans))  # type: ignore[arg-type]
    texts = tuple(whole.split(JOINT))
    if len(texts) > 1:
        cut = parts(tuple(spans), texts)  # type: ignore[arg-type]
        assert tuple(new(each) for each in cut) == texts
        assert "".join(removed(each) for each in cut) == removed(tuple(spans))  # type: ignore[arg-type]
