"""A corrected correspondence table: its rows checked, and what it says otherwise than the links."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.change import Link
from consult.core.correspondence import Said, differing, read_rows
from consult.core.relink import Hopes, relinked
from tests.core.test_relink import BASE, NEW, NUMBERS, OLD
from tests.support.examples import examples

NOBODY = Hopes({}, {})


def said(*pairs: tuple[str, str]) -> list[Said]:
    return [Said(row, old, new) for row, (old, new) in enumerate(pairs, 2)]


def told(*pairs: tuple[str, str]) -> list[tuple[str, object, object]]:
    _, problems = read_rows(said(*pairs), {"1", "annex-a"}, {"1", "2"})
    return [(problem.code, problem.where.get("row"), problem.where.get("column")) for problem in problems]


def test_numbers_are_read_as_people_write_them() -> None:
    assert read_rows(said((" Annex A ", "1"), ("1", "")), {"1", "annex-a"}, {"1"}) == ([("annex-a", "1"), ("1", "")], [])


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    assert told(("9", "1"), ("", ""), ("1", "8")) == [
        ("number_in_no_version", 2, "old_number"), ("row_empty", 3, None), ("number_in_no_version", 4, "new_number"),
    ]  # fmt: skip
    assert told(("1", "1"), ("1", ""), ("", "1")) == [("row_contradicts", 3, "old_number"), ("row_contradicts", 4, "new_number")]
    assert told(("1", "1"), ("1", "1")) == []


def test_a_table_that_says_what_holds_changes_nothing() -> None:
    links = (*BASE[:2], Link(("split",), ("3",), ("3", "4"), 1.0, "split"), Link(("removed",), ("4",), (), 1.0, "none"))
    assert differing([("1", "1"), ("2", "2"), ("3", "3"), ("3", "4"), ("4", "")], links) == []


pairs = st.lists(st.tuples(st.sampled_from(("", *NUMBERS)), st.sampled_from(("", *NUMBERS))), max_size=8)


@given(pairs)
@examples(300)
def test_setting_what_differs_makes_the_links_say_what_the_table_says(table: list[tuple[str, str]]) -> None:
    wanted, problems = read_rows(said(*table), NUMBERS, NUMBERS)
    if problems:
        return
    links = relinked(BASE, differing(wanted, BASE), OLD, NEW, NOBODY)
    made = {(old, new) for link in links for old in link.old or ("",) for new in link.new or ("",)}
    named_old, named_new = {old for old, _ in wanted if old}, {new for _, new in wanted if new}
    assert {(old, new) for old, new in made if old in named_old or new in named_new} == set(wanted)
