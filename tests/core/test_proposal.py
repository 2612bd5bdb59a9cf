"""Proposals beside their clause: a rewriting of the whole, of one item, or words of their own."""

import pytest

from consult.core.proposal import rewriting

CLAUSE = (
    "The Entity shall:\n\na) set a target for each period of four years; and\nb) review the target every year with its senior management."
)
CHINESE = "实体应：\n\na) 为每四年的期间设定目标；以及\nb) 每年由高级管理层审查该目标。"


def told(clause: str, proposed: str, language: str = "en") -> list[tuple[str, str]] | None:
    spans = rewriting(clause, proposed, language)
    return None if spans is None else [(mark, text) for mark, text in spans if mark != "="]


def test_whole_clause_sent_back_with_a_change_is_drawn_against_the_whole() -> None:
    assert told(CLAUSE, CLAUSE.replace("four", "five")) == [("-", "four"), ("+", "five")]


def test_one_item_sent_back_is_drawn_against_that_item() -> None:
    item = "b) review the target every two years with its senior management."
    assert rewriting(CLAUSE, item, "en") is not None
    assert "a) set a target" not in "".join(text for _, text in rewriting(CLAUSE, item, "en") or ())


def test_chinese_item_is_drawn_against_that_item() -> None:
    spans = rewriting(CHINESE, "b) 每两年由高级管理层审查该目标。", "zh") or ()
    assert "".join(text for mark, text in spans if mark != "+") == "b) 每年由高级管理层审查该目标。"


def test_one_sentence_of_a_paragraph_is_drawn_against_that_sentence() -> None:
    paragraph = "The plan shall address fuel switching. Carbon credits shall not count towards the targets. It shall be revised yearly."
    proposed = "Carbon credits shall not count towards the targets, except for verified removals."
    assert told(paragraph, proposed) == [("+", ", except for verified removals")]


@pytest.mark.parametrize("proposed", ["A summary shall be public.", "", "   ", "c) publish a table of the sources of purchased power."])
def test_words_of_their_own_are_no_rewriting(proposed: str) -> None:
    assert rewriting(CLAUSE, proposed, "en") is None


def test_clause_without_text_is_not_rewritten() -> None:
    assert rewriting("", "The Entity shall do more.", "en") is None


def test_spans_lead_to_the_proposal_exactly() -> None:
    proposed = CLAUSE.replace("every year", "every two years") + "\n"
    spans = rewriting(CLAUSE, proposed, "en") or ()
    assert "".join(text for mark, text in spans if mark != "-") == proposed
