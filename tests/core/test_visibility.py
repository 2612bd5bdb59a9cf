"""Who sees what of a comment: the table of the design, cell by cell, and what holds over all of it."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from typing import get_args

import pytest

from consult.core.visibility import Seen, Viewer, displayed, narrower, seen
from consult.core.vocabulary import CHOICES, DISPLAY_RULES, STATES, DisplayRule, ModerationState, PublicationChoice
from consult.core.window import Window

ALL = {"text", "name", "organisation", "stakeholder_class", "country", "reason", "mail", "decision"}
CLEARED: dict[tuple[Viewer, PublicationChoice], tuple[set[str], str | None]] = {
    ("public", "named"): ({"text", "stakeholder_class", "country", "organisation", "name"}, None),
    ("public", "organisation"): ({"text", "stakeholder_class", "country", "organisation"}, None),
    ("public", "class"): ({"text", "stakeholder_class"}, None),
    ("public", "confidential"): (set(), "confidential"),
    ("committee", "named"): ({"text", "stakeholder_class", "country", "organisation", "name", "decision"}, None),
    ("committee", "organisation"): ({"text", "stakeholder_class", "country", "organisation", "decision"}, None),
    ("committee", "class"): ({"text", "stakeholder_class", "country", "decision"}, None),
    ("committee", "confidential"): ({"text", "stakeholder_class", "decision"}, None),
}
OTHERS: dict[ModerationState, tuple[set[str], str]] = {
    "pending": (set(), "in_moderation"),
    "held": (set(), "in_moderation"),
    "withheld": ({"reason"}, "withheld"),
    "withdrawn": (set(), "withdrawn"),
    "erased": (set(), "erased"),
}
VIEWERS: tuple[Viewer, ...] = get_args(Viewer)


def shown_of(view: Seen) -> set[str]:
    return {field.name for field in fields(view) if field.name != "stub" and getattr(view, field.name)}


@pytest.mark.parametrize(("viewer", "choice"), CLEARED)
def test_cleared_comment_shows_what_its_choice_allows(viewer: Viewer, choice: PublicationChoice) -> None:
    view = seen(viewer, "cleared", choice)
    assert (shown_of(view), view.stub) == CLEARED[viewer, choice]


@pytest.mark.parametrize(("viewer", "state", "choice"), list(product(("public", "committee"), OTHERS, CHOICES)))
def test_uncleared_comment_is_a_stub_for_all_but_the_secretariat(viewer: Viewer, state: ModerationState, choice: PublicationChoice) -> None:
    view = seen(viewer, state, choice)
    assert (shown_of(view), view.stub) == OTHERS[state]


@pytest.mark.parametrize(("state", "choice"), list(product(STATES, CHOICES)))
def test_secretariat_sees_all_but_what_was_erased(state: ModerationState, choice: PublicationChoice) -> None:
    view = seen("secretariat", state, choice)
    assert (shown_of(view), view.stub) == (({"reason"}, "erased") if state == "erased" else (ALL, None))


@pytest.mark.parametrize("choice", CHOICES)
def test_display_rule_binds_the_public_only(choice: PublicationChoice) -> None:
    waiting = seen("public", "cleared", choice, shown=False)
    assert shown_of(waiting) == set()
    assert waiting.stub == ("confidential" if choice == "confidential" else "not_yet")
    for viewer in ("committee", "secretariat"):
        assert seen(viewer, "cleared", choice, shown=False) == seen(viewer, "cleared", choice)


@pytest.mark.parametrize(("state", "choice"), list(product(STATES, CHOICES)))
def test_published_responses_tell_the_public_what_became_of_what_it_reads_and_of_nothing_else(
    state: ModerationState, choice: PublicationChoice
) -> None:
    before, after = seen("public", state, choice), seen("public", state, choice, answered=True)
    assert (before.decision, after.decision) == (False, before.text)
    assert shown_of(after) - {"decision"} == shown_of(before)
    for viewer in ("committee", "secretariat"):
        assert seen(viewer, state, choice, answered=True) == seen(viewer, state, choice)


@pytest.mark.parametrize(("state", "choice", "shown"), list(product(STATES, CHOICES, (True, False))))
def test_public_sees_no_more_than_committee_and_committee_no_more_than_secretariat(
    state: ModerationState, choice: PublicationChoice, shown: bool
) -> None:
    public, committee, secretariat = (shown_of(seen(viewer, state, choice, shown)) for viewer in VIEWERS)
    assert public <= committee <= secretariat


@pytest.mark.parametrize(("viewer", "state"), list(product(VIEWERS, STATES)))
def test_narrower_choice_never_shows_more(viewer: Viewer, state: ModerationState) -> None:
    views = [shown_of(seen(viewer, state, choice)) for choice in CHOICES]
    assert all(narrow <= wide for wide, narrow in pairwise(views))


@pytest.mark.parametrize(("viewer", "state", "choice"), list(product(VIEWERS, STATES, CHOICES)))
def test_text_and_stub_exclude_each_other(viewer: Viewer, state: ModerationState, choice: PublicationChoice) -> None:
    view = seen(viewer, state, choice)
    assert view.text is (view.stub is None)


@pytest.mark.parametrize(("whole", "single"), list(product(CHOICES, (*CHOICES, None))))
def test_comment_may_narrow_its_submissions_choice_and_never_widen_it(whole: PublicationChoice, single: PublicationChoice | None) -> None:
    counted = narrower(whole, single)
    assert counted in (whole, single)
    assert CHOICES.index(counted) == max(CHOICES.index(whole), CHOICES.index(single or whole))


OPENS = datetime(2026, 3, 1, tzinfo=UTC)
WINDOW = Window(OPENS, OPENS + timedelta(days=30), "UTC")


@pytest.mark.parametrize(
    ("rule", "before", "during", "after", "reported"),
    [
        ("after_moderation", True, True, True, True),
        ("after_closing", False, False, True, True),
        ("with_report", False, False, False, True),
    ],
)
def test_display_rule_lets_comments_out_at_its_time(rule: DisplayRule, before: bool, during: bool, after: bool, reported: bool) -> None:
    report = WINDOW.closes + timedelta(days=90)
    moments = (OPENS - timedelta(seconds=1), WINDOW.closes - timedelta(seconds=1), WINDOW.closes, report)
    assert [displayed(rule, WINDOW, now, report) for now in moments] == [before, during, after, reported]
    assert displayed(rule, WINDOW, report) is (rule != "with_report")
    assert rule in DISPLAY_RULES
