"""Rules of an organisation's room: who may change what, when a role may be taken, and which comments say the same."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.core.organisation_room import Like, Said, like_comments, may_draft, may_take_over, voice

NOW = datetime(2026, 3, 24, 12, tzinfo=UTC)
WORDS = "A review every year is too often for a foundry with 30 people."


def said(key, text, number="5.2", proposed=None, rationale=None):
    return Said(key, ("clause", "performance-standard", number, None), f"member {key}", text, proposed, rationale)


@pytest.mark.parametrize(
    ("role", "own", "after", "may"),
    [("member", True, 1, True), ("member", True, 0, False), ("member", False, 1, False), ("coordinator", False, 0, True), ("member", True, None, True)],
)  # fmt: skip
def test_members_change_their_own_until_the_deadline_and_the_coordinator_always(role, own, after, may):
    deadline = None if after is None else NOW + timedelta(seconds=after)
    assert may_draft(role, own=own, inner_deadline=deadline, now=NOW) is may


def test_a_role_is_taken_three_days_after_it_was_asked_for():
    asked = NOW - timedelta(days=3)
    assert [may_take_over(each, NOW) for each in (None, asked + timedelta(seconds=1), asked)] == [False, False, True]


def test_the_same_words_are_one_group_whatever_capitals_spaces_and_marks():
    found = like_comments([said("a", WORDS), said("b", f"  {WORDS.upper()}\n"), said("c", "Something else.")])
    assert found == [Like(("b", "a"), False)]
    assert like_comments([said("a", WORDS), said("b", WORDS)]) == [Like(("a", "b"), True)]


@pytest.mark.parametrize(
    "other",
    [
        said("b", WORDS.replace("30", "300")), said("b", WORDS.replace("is too", "is not too")), said("b", WORDS, number="5.3"),
        said("b", WORDS, proposed="The Entity shall review it."), said("b", "企业应每年审查。"),
    ],
)  # fmt: skip
def test_another_figure_a_not_another_place_or_another_wording_is_not_the_same(other):
    assert like_comments([said("a", WORDS), other]) == []


def test_a_chinese_negation_is_not_the_same():
    assert (
        like_comments([said("a", "小型铸造企业无法做到每年审查一次减排计划。"), said("b", "小型铸造企业可以做到每年审查一次减排计划。")])
        == []
    )


def test_nearly_the_same_words_are_offered_with_the_fullest_first():
    longer = WORDS.replace("people.", "people at work.")
    assert like_comments([said("a", WORDS), said("b", longer)]) == [Like(("b", "a"), False)]


def test_a_member_is_counted_by_whom_it_speaks_for():
    assert [voice("Bo", None), voice("Bo", "Lind"), voice("Bo", "Lind", "Alpine")] == ["Bo", "Lind", "Alpine"]
