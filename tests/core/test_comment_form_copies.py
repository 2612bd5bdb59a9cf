"""A later copy of a form beside the earlier one."""

from consult.core.comment_form.copies import Said, paired


def said(*rows):
    return [Said(place, (words,)) for place, words in rows]


def test_equal_rows_changed_ones_at_their_place_moved_ones_new_and_gone():
    old = said(("5.1", "One."), ("5.2", "Twice a year is short."), ("5.3", "This is about smelters of every size."), ("6.1", "Gone."))
    new = said(
        ("5.2", "Twice a year is too short for us."), ("5.1", "One."), ("5.4", "This is about smelters of every size!"), ("7", "New.")
    )
    found = paired(old, new)
    assert (found.earlier, found.same, found.gone, found.is_copy) == ((1, 0, 2, None), frozenset({1}), (3,), True)


def test_several_remarks_at_one_place_go_by_their_words():
    old = said(("5.1", "The date is too early for refineries."), ("5.1", "Say who audits the figures."))
    new = said(
        ("5.1", "Say who audits these figures."),
        ("5.1", "Something else altogether, of water."),
        ("5.1", "The date is too early for refineries."),
    )
    found = paired(old, new)
    assert (found.earlier, found.same) == ((1, None, 0), frozenset({2}))


def test_the_likest_two_go_together_first():
    old = said(("5.1", "Row 12 asks for a longer time."), ("5.1", "Row 14 asks for a longer time."))
    new = said(
        ("5.1", "Row 99 asks for a longer and calmer hearing."),
        ("5.1", "Row 14 asks for a much longer time."),
        ("5.1", "Row 12 asks for a longer time!"),
    )
    assert paired(old, new).earlier == (None, 1, 0)


def test_the_same_words_twice_are_two_rows():
    found = paired(said(("5.1", "Same."), ("5.1", "Same.")), said(("5.1", "Same."), ("5.1", "Same."), ("5.1", "Same.")))
    assert (found.earlier, found.gone) == ((0, 1, None), ())


def test_another_form_of_the_same_person_is_no_copy():
    assert not paired(
        said(("5.1", "One."), ("5.2", "Two."), ("5.3", "Three.")), said(("6.1", "Four."), ("5.2", "Two."), ("7", "Six."))
    ).is_copy
    assert not paired([], said(("5.1", "One."))).is_copy


def test_a_thousand_rows_that_nothing_joins_take_no_time():
    found = paired(said(*((f"a{n}", f"Old {n}") for n in range(1000))), said(*((f"b{n}", f"New words {n * 7}") for n in range(1000))))
    assert found.alike == 0
