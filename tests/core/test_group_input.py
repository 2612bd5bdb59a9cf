"""What is told of a group whose spoken input was handed in: by viewer and choice, and never so that few people could be found."""

from dataclasses import replace

import pytest

from consult.core.group_input import FEW, GroupInput, GroupTold, told_of_group
from consult.core.submission import VIEWERS
from consult.core.visibility import seen
from consult.core.vocabulary import CHOICES, STATES

GROUP = GroupInput(40, "Sangarédi forum", "Susu", "In the school, 12 March.", "By a show of hands.", "Not for advertising.")


def told(viewer, choice, group=GROUP, state="cleared"):
    return told_of_group(group, viewer, seen(viewer, state, choice))


def test_the_publication_choice_governs_what_others_read_of_a_group():
    public, staff = replace_with(name=GROUP.name), replace_with(name=GROUP.name, given=GROUP.given, conditions=GROUP.conditions)
    without = replace(staff, name=None)
    assert {choice: told("public", choice) for choice in CHOICES} == {
        "named": public, "organisation": public, "class": None, "confidential": None,
    }  # fmt: skip
    assert {choice: told("committee", choice) for choice in CHOICES} == {
        "named": staff, "organisation": staff, "class": without, "confidential": GroupTold(40, conditions=GROUP.conditions),
    }  # fmt: skip
    assert {told("secretariat", choice) for choice in CHOICES} == {
        replace_with(name=GROUP.name, given=GROUP.given, consent=GROUP.consent, conditions=GROUP.conditions)
    }


def replace_with(**changed):
    return GroupTold(40, language="Susu", **changed)


@pytest.mark.parametrize("people", [1, FEW - 1, None])
def test_few_people_are_told_without_anything_that_leads_to_them(people):
    few = replace(GROUP, people=people)
    assert told("public", "named", few) == GroupTold(few=people is not None)
    assert told("committee", "named", few) == GroupTold(conditions=GROUP.conditions, few=people is not None)
    assert told("secretariat", "named", few).people == people


def test_only_what_is_cleared_tells_of_its_group():
    assert {(viewer, state) for viewer in VIEWERS for state in STATES if told(viewer, "named", state=state)} == {
        ("public", "cleared"), ("committee", "cleared"), *(("secretariat", state) for state in STATES if state != "erased"),
    }  # fmt: skip
    assert told("secretariat", "named", group=None) is None
