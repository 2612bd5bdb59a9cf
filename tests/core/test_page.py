"""Pages of prose: title, lead, and sections with anchors that hold in every language."""

import pytest

from consult.core.page import Page, Section, read_page, sections


def test_a_page_is_its_title_its_first_paragraph_and_the_rest() -> None:
    assert read_page("# Help\n\nOne paragraph\nin two lines.\n\n## Where {#where}\n\nHere.\n") == Page(
        "Help", "One paragraph\nin two lines.", "## Where {#where}\n\nHere."
    )
    assert read_page("# Help\n\nOnly this.\n") == Page("Help", "Only this.", "")


@pytest.mark.parametrize("text", ["", "# Help", "# Help\n\n", "Help\n\nText.", "## Help\n\nText.", "#Help\n\nText."])
def test_without_a_title_and_a_paragraph_there_is_no_page(text: str) -> None:
    assert read_page(text) is None


def test_sections_have_the_anchor_written_behind_their_heading_or_one_by_their_place() -> None:
    assert sections("Before.\n\n## Where {#where}\n\nHere.\n\n### No part of its own\n\n## When\nNow.\n") == (
        Section("", "", "Before."),
        Section("where", "Where", "Here.\n\n### No part of its own"),
        Section("part-2", "When", "Now."),
    )


def test_a_heading_with_nothing_below_it_is_left_out() -> None:
    assert sections("## Empty\n\n## Full {#full}\nText.") == (Section("full", "Full", "Text."),)
    assert sections("") == ()
