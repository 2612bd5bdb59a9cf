"""Counting: four columns side by side, each with its own rule."""

from consult.core.endorsement import Counts, Group, counted, endorsement_reference, nuance_problems, together, typed_nuance


def test_an_endorsement_counts_until_it_is_withdrawn_erased_withheld_disowned_or_repeated():
    groups = [
        Group("pending", 4, stakeholder_class=None),
        Group("cleared", 3, stakeholder_class="workers"),
        Group("held", 1),
        Group("withheld", 8),
        Group("withdrawn", 16),
        Group("erased", 32),
        Group("cleared", 64, disowned=True, stakeholder_class="workers"),
        Group("cleared", 128, repeats=True, stakeholder_class="workers"),
    ]
    counts = counted(comments=5, copies=2, members={7: 30}, endorsements=groups)
    assert (counts.comments, counts.copies, counts.distinct, counts.signatories, counts.endorsements) == (5, 2, 3, 30, 8)
    assert counts.endorsed_by == {"workers": 3}
    assert counts.endorsements_in_all == sum(group.n for group in groups)


def test_columns_are_summed_by_themselves_and_members_of_one_submission_once():
    one = Counts(2, 1, {7: 30}, 3, {"workers": 1}, {"cleared": 3})
    other = Counts(1, 0, {7: 30, 8: 5}, 2, {"workers": 1, "other": 1}, {"cleared": 1, "held": 1})
    assert together([one, other]) == Counts(3, 1, {7: 30, 8: 5}, 5, {"workers": 2, "other": 1}, {"cleared": 4, "held": 1})
    assert together([one, other]).signatories == 35


def test_a_nuance_is_kept_as_typed_within_its_length():
    assert (typed_nuance(" \r\n"), typed_nuance("our 2 sites\r\ntoo ")) == (None, "our 2 sites\ntoo ")
    assert nuance_problems(None) == nuance_problems("é" * 1000) == []
    assert [each.code for each in (*nuance_problems("水" * 1001), *nuance_problems("a\x07"))] == ["too_long", "control_character"]


def test_its_reference_is_that_of_the_comment_and_its_place():
    assert endorsement_reference("PS3-2-0041", 3) == "PS3-2-0041-E3"
