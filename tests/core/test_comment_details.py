"""What a comment says besides its words, read from a form."""

import re

import pytest

from consult.core.basket import Draft, as_comment, draft_from, lacks, settled, unstorable
from consult.core.comment_details import Details, Ground, choices_of, read_details, with_edit
from consult.core.problem import Problem
from consult.core.proposal import editable, edited_spans, in_lines
from consult.core.redline import RedlineWords, redline
from consult.core.submission import CommentTarget, SubmittedForm
from tests import factories

SOURCE = "The Entity **shall**:\n\na) set a target; and\nb) review the target every year.\n\n| Gas | t |\n| --- | --- |\n| CO2 | 1 |"
EDITABLE = "The Entity shall:\n\na) set a target; and\nb) review the target every year.\n\nGas | t\nCO2 | 1"
NUMBERS = {"5.1": "5.1", "5.3": "5.3", "5.10": "5.10", "6.1": "6.1", "annex-a": "Annex A"}
TARGET = CommentTarget("clause", "ps", "5.2", clause_text=1)
GROUND = Ground.of(TARGET, SOURCE, {**NUMBERS, "5.2": "5.2"})


def read(**fields: str) -> Details | list[tuple[str, dict[str, object], dict[str, object]]]:
    details, problems = read_details(fields, GROUND)
    return [(each.code, each.where, each.params) for each in problems] if problems else details  # type: ignore[misc]


def test_a_form_that_says_nothing_of_it_has_no_details() -> None:
    assert read() == read(quote=" \n", further=" ", evidence="\n \n", edited="") == Details()


def test_words_that_stand_in_several_places_are_asked_about() -> None:
    assert read(quote="target") == [("words_in_many_places", {"field": "quote"}, {"count": 2})]
    fields = {"quote": "target"}
    first, second = choices_of(fields, GROUND)
    assert read(quote="target", quote_place=str(second.start)) == Details(anchor=second)
    assert (first.suffix[:5], choices_of({**fields, "quote_place": str(second.start)}, GROUND)) == ("; and", ())
    assert read(quote="no such words") == [("words_not_found", {"field": "quote"}, {"count": 0})]


def test_words_of_a_place_without_a_text_count_for_nothing() -> None:
    assert read_details({"quote": "anything", "edited": "x", "further": "5.1"}, Ground.of(CommentTarget("process"), None, {})) == (
        Details(),
        [],
    )


def test_links_are_told_with_the_line_that_is_wrong() -> None:
    assert read(evidence=" https://a.example/ü?q=1#x \r\n\r\nHTTP://b.example\nhttps://a.example/ü?q=1#x") == Details(
        evidence=("https://a.example/ü?q=1#x", "HTTP://b.example")
    )
    wrong = [
        "www.a.example",
        "javascript:alert(1)",
        "https://",
        "https://a b.example",
        "ftp://a.example",
        "http://[x",
        'https://a.example/"><b>',
    ]
    assert read(evidence="\n".join(["https://a.example", "", *wrong])) == [
        ("link_form", {"field": "evidence", "line": line}, {}) for line in range(3, 3 + len(wrong))
    ]
    assert read(evidence="https://me:pass@a.example") == [("link_credentials", {"field": "evidence", "line": 1}, {})]
    assert read(evidence="https://a.example/" + "x" * 2000) == [("link_long", {"field": "evidence", "line": 1}, {"limit": 2000})]
    assert read(evidence="https://a.ex\u0007ample") == [
        ("control_character", {"field": "evidence", "line": 1, "column": 13}, {"code": "U+0007"})
    ]
    eleven = "\n".join(f"https://a.example/{n}" for n in range(11))
    assert read(evidence=eleven) == [("links_many", {"field": "evidence"}, {"most": 10, "count": 11})]


@pytest.mark.parametrize("typed", ["6.1, 5.1", "5.1；6.1", "5.1 6.1", "5.1、6.1、5.2", " 6.1\n5.1, 5.1,"])
def test_further_clauses_stand_in_the_order_of_the_document_once(typed: str) -> None:
    assert read(further=typed) == Details(further=("5.1", "6.1"))


def test_an_unknown_clause_is_told_with_the_nearest_ones() -> None:
    assert read(further="Annex A; 5.01") == [("further_unknown", {"field": "further"}, {"number": "5.01", "nearest": "5.1, 5.10, 5.3"})]
    assert read(further="appendix 9") == [
        ("further_unknown", {"field": "further"}, {"number": "appendix", "nearest": ""}),
        ("further_unknown", {"field": "further"}, {"number": "9", "nearest": ""}),
    ]


def test_the_text_to_edit_has_no_markup_and_an_unchanged_one_proposes_nothing() -> None:
    assert editable(SOURCE) == EDITABLE
    assert read(edited=EDITABLE.replace("\n", "\r\n") + "  \r\n") == Details()
    assert with_edit({"edited": EDITABLE}, GROUND) == {"edited": EDITABLE}


def test_an_edited_text_is_the_proposed_wording_of_the_whole_clause() -> None:
    edited = EDITABLE.replace("every year", "every two years")
    assert read(edited=edited) == Details(whole=True)
    assert with_edit({"edited": edited, "proposed": " "}, GROUND)["proposed"] == edited
    spans = edited_spans(SOURCE, edited, "en")
    assert ("".join(t for m, t in spans if m != "-"), [(m, t) for m, t in spans if m != "="]) == (
        edited,
        [("-", "year"), ("+", "two years")],
    )
    assert read(edited=edited, proposed="Other words.") == [("two_proposals", {"field": "edited"}, {})]
    assert with_edit({"edited": edited, "proposed": "Other words."}, GROUND)["proposed"] == "Other words."


def test_a_clause_written_without_markup_is_edited_as_it_is_written() -> None:
    plain = "The Entity shall:\n\na) set a target; and\nb) review it.\n\nNote: see 5.1."
    assert editable(plain) == plain


def test_a_draft_becomes_a_comment_with_its_details() -> None:
    edited = EDITABLE.replace("every year", "every two years")
    fields = {
        "text": "Too often.",
        "quote": "every year",
        "further": "5.1",
        "evidence": "https://a.example",
        "edited": edited,
        "proposed": "",
    }
    draft = draft_from(fields, "clause")
    assert lacks(draft, "clause", GROUND) == []
    comment = as_comment(draft, TARGET, "en", GROUND)
    assert (comment.text, comment.proposed, comment.whole, comment.further, comment.evidence, comment.anchor and comment.anchor.words) == (
        "Too often.", edited, True, ("5.1",), ("https://a.example",), "every year",
    )  # fmt: skip
    assert draft.fields == {
        **fields,
        "rationale": "",
        "quote_place": "",
        "type": "",
        "position": "",
        "comment_language": "",
        "comment_choice": "",
    }


def test_an_edit_alone_is_enough_and_one_that_changes_nothing_is_not_kept() -> None:
    assert lacks(draft_from({"edited": EDITABLE + " More."}, "clause"), "clause", GROUND) == []
    unchanged = draft_from({"edited": EDITABLE}, "clause")
    assert (settled(unchanged, SOURCE), settled(Draft(edited="x"), SOURCE)) == (Draft(), Draft(edited="x"))
    assert [each.code for each in lacks(unchanged, "clause", GROUND)] == ["nothing_said"]


def test_a_draft_keeps_what_is_wrong_but_no_control_characters() -> None:
    draft = draft_from({"quote": "nowhere", "evidence": "www", "further": "99"}, "clause")
    assert [each.code for each in lacks(draft, "clause", GROUND)] == ["nothing_said", "words_not_found", "link_form", "further_unknown"]
    assert unstorable(Draft(evidence="a\nb\x00")) == [
        Problem("control_character", {"field": "evidence", "line": 2, "column": 2}, {"code": "U+0000"})
    ]


def test_details_that_say_nothing_leave_the_sum_of_a_form_as_it_was() -> None:
    """Forms received before there were details are recognised when they are sent again."""
    form = factories.form(key="k1")
    said = SubmittedForm(**{name: getattr(form, name) for name in ("key", "consultation", "round", "language", "person", "comments")})
    assert said.content_sha256 == "e96446a8a6bdcfc5c8a9b8395ae14a851ac3f141c1b99a855a25cb1eaf1f1193"
    other = factories.form(factories.new_comment(evidence=("https://a.example",)), key="k1")
    assert other.content_sha256 != said.content_sha256


def test_rows_of_a_table_that_was_edited_are_drawn_one_below_the_other() -> None:
    spans = edited_spans(SOURCE, EDITABLE.replace("CO2 | 1", "CO2 | 2"), "en")
    drawn = redline(in_lines(spans), "en", RedlineWords("", "", "", ""))
    assert [re.sub("<[^>]+>", "", row).strip() for row in re.split("<br>|</ol>", drawn)[1:]] == ["Gas | t", "CO2 | 12"]
