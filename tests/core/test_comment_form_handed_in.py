"""A later copy beside what was handed in: nothing is doubled, nothing is lost, nothing is taken back by being absent."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consult.core.comment_form import FormRow
from consult.core.comment_form.copies import Said
from consult.core.comment_form.handed_in import Match, Standing, compared, fingerprint, said_by
from tests.support.examples import examples

STANDARD = "ps"


def row(number, comment, proposed="", *, cell=None, kind="clause", position=None, sheet="Form"):
    placed = (kind, STANDARD, number, None) if number else (None, None, None, None)
    return FormRow(sheet, 2, number if cell is None else cell, *placed, (), comment, proposed, "", "", position, None, "", (), ())


def standing(number, text, proposed="", *, at=1, **more):
    return Standing(
        at, f"PS-1-{at:04}", "R-1", ("clause", STANDARD, number, None), (text, proposed, "", ""), 1, from_file=True, **more
    )  # fmt: skip


def told(old, rows, *, tied=None, settled=()):
    """Kind and the words of the comment of each row, and the words of what is gone."""
    old = [replace(each, id=at, reference=f"PS-1-{at:04}") for at, each in enumerate(old, 1)]
    found = compared(old, rows, tied=tied or [None] * len(rows), settled=settled)
    words = [(each.kind, old[each.standing].words[0] if each.standing is not None else None) for each in found.matches]
    return words, [old[at].words[0] for at in found.gone]


LONG = "Twelve months are short where two sites are measured by one laboratory."


def test_the_same_rows_in_any_order_ask_for_nothing():
    old = [standing("5.1", "One."), standing("5.2", "Two."), standing("5.2", "Three.")]
    rows = [row("5.2", "Three."), row("5.1", "One. "), row("5.2", "Two.\u00a0")]
    assert told(old, rows) == ([("same", "Three."), ("same", "One."), ("same", "Two.")], [])


def test_changed_new_and_missing_are_told_apart_and_a_shorter_file_takes_nothing_back():
    old = [
        standing("5.1", "One."),
        standing("5.2", "Two years."),
        standing("6.1", "Gone."),
        replace(standing("7.1", "On a page."), from_file=False),
    ]
    words, gone = told(old, [row("5.1", "One."), row("5.2", "Two years and a half."), row("5.3", "New.")])
    assert (words, gone) == ([("same", "One."), ("changed", "Two years."), ("new", None)], ["Gone."])


def test_another_remark_at_the_same_clause_does_not_take_the_place_of_the_first():
    assert told([standing("5.2", LONG)], [row("5.2", "Who pays?")]) == ([("new", None)], [LONG])


def test_one_row_split_in_two_is_a_change_and_a_new_row():
    old = [standing("5.2", f"{LONG} And say who pays for it.")]
    assert told(old, [row("5.2", LONG), row("5.2", "And say who pays for it.")])[0] == [("changed", old[0].words[0]), ("new", None)]


def test_a_clause_number_retyped_is_shown_as_moved_and_short_words_elsewhere_are_new():
    old = [standing("5.2", LONG), standing("5.3", "Agreed.")]
    assert told(old, [row("5.4", LONG), row("6.1", "Agreed.")]) == ([("moved", LONG), ("new", None)], ["Agreed."])


def test_what_was_placed_by_hand_is_not_asked_for_again():
    old = [standing("5.2", "Nowhere.", cell=("Form", "77.7"))]
    assert told(old, [row(None, "Nowhere.", cell="77.7")])[0] == [("same", "Nowhere.")]
    assert told(old, [row("7.7", "Nowhere.", cell="77.7")])[0] == [("same", "Nowhere.")]
    assert told(old, [row(None, "Nowhere, or at the end.", cell="77.7")])[0] == [("changed", "Nowhere.")]


def test_words_that_were_revised_on_the_page_since_are_not_put_back():
    old = [standing("5.2", "Revised.", before=(("First.", "", "", ""),))]
    assert told(old, [row("5.2", "First.")])[0] == [("older", "Revised.")]


def test_what_was_taken_back_is_recognised_and_not_handed_in_again():
    old = [standing("5.2", "Two.", over=True)]
    assert told(old, [row("5.2", "Two.")]) == ([("taken_back", "Two.")], [])
    assert told(old, [row("5.2", "Two, otherwise.")]) == ([("new", None)], [])


def test_what_was_left_out_of_an_earlier_file_is_left_out():
    settled = [Said("clause/ps/5.2/", ("Two.", "", "", ""), ("Form", "5.2"))]
    assert told([], [row("5.2", "Two."), row("5.2", "Two!")], settled=settled)[0] == [("settled", None), ("new", None)]


def test_another_position_is_a_change_and_none_said_is_not():
    old = [standing("5.2", "Two.", position="oppose")]
    assert told(old, [row("5.2", "Two.", position="support")])[0] == [("changed", "Two.")]
    assert told(old, [row("5.2", "Two.")])[0] == [("same", "Two.")]


def test_a_row_that_is_a_comment_already_is_tied_to_it_whatever_it_says():
    old = [standing("5.2", "Revised since."), standing("5.2", "Two.")]
    assert told(old, [row("5.2", "Two."), row("5.2", "Two!")], tied=[1, None])[0] == [("same", "Revised since."), ("changed", "Two.")]


def test_what_is_confirmed_is_what_was_shown():
    old, rows = [standing("5.2", "Two.")], [row("5.2", "Two!")]
    found = compared(old, rows, tied=[None], settled=())
    shown = fingerprint([(1, "waiting")], old, found)
    assert shown == fingerprint([(1, "waiting")], old, found)
    assert shown != fingerprint([(1, "waiting")], [replace(old[0], revision=2)], found)
    assert shown != fingerprint([(1, "left_out")], old, found)


WORDS = st.sampled_from(["One.", "Two.", LONG, LONG + " More.", "Agreed.", "同意。", "Трудно."])
ROWS = st.lists(st.tuples(st.sampled_from(["5.1", "5.2", None]), WORDS), max_size=7)


@examples(200)
@given(ROWS, ROWS)
def test_every_row_has_one_match_and_every_comment_one_row_at_most(old, new):
    comments = [standing(number or "6.1", text, at=at, cell=("Form", number or "x")) for at, (number, text) in enumerate(old, 1)]
    rows = [row(number, text, cell=number or "x") for number, text in new]
    found = compared(comments, rows, tied=[None] * len(rows), settled=())
    used = [each.standing for each in found.matches if each.standing is not None]
    assert (len(found.matches), len(used)) == (len(rows), len(set(used)))
    assert sorted([*used, *found.gone]) == list(range(len(comments)))
    assert found == compared(comments, rows, tied=[None] * len(rows), settled=())


@examples(200)
@given(ROWS, st.randoms(use_true_random=False))
def test_a_file_compared_with_what_was_made_of_it_asks_for_nothing_in_any_order(said, chance):
    rows = [row(number, text, cell=number or "x") for number, text in said]
    comments = [
        Standing(
            at, f"PS-{at}", "R", ("clause", STANDARD, each.number or "6.1", None), said_by(each), 1, cell=(each.sheet, each.number_said)
        )
        for at, each in enumerate(rows)
    ]
    chance.shuffle(rows)
    assert {each.kind for each in compared(comments, rows, tied=[None] * len(rows), settled=()).matches} <= {"same"}


def test_eight_hundred_long_rows_at_one_place_take_no_time():
    comments = [standing("5.2", f"{LONG * 20} {at}", at=at) for at in range(800)]
    rows = [row("5.2", f"{at} {LONG * 21}") for at in range(800)]
    found = compared(comments, rows, tied=[None] * 800, settled=())
    assert {each.kind for each in found.matches} == {"changed"}
    assert found.matches[0] == Match("changed", 0, True)
