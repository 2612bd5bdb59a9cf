"""The decisions of the demonstration: every comment of round 1 that the committee has before it is answered, with a reason for every reader."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
import yaml

from consult.core.disposition import read_decision
from consult.demo.decisions import meetings
from consult.demo.seed import ACCOUNTS
from consult.exchange.consultation_file import read_consultation
from consult.resources import resource

LANGUAGES = ("en", "fr", "zh")
BREAKABLE = re.compile(r" [;:!?»%]|« |[^\s\u00a0\u202f][;!?»]|[^\s\u00a0\u202f]: ")
"""A space in French at which a line could break, or none where one belongs."""


@pytest.fixture(scope="module")
def comments():
    entries = yaml.safe_load((resource("content") / "demo" / "comments.yaml").read_text(encoding="utf-8"))
    return [comment | {"round": entry["round"]} for entry in entries for comment in entry["comments"]]


@pytest.fixture(scope="module")
def decisions():
    return [decision | {"meeting": meeting} for meeting in meetings() for decision in meeting["decisions"]]


def cleared(comment):
    return bool(comment.get("moderation")) and comment["moderation"][-1]["to"] == "cleared"


def test_every_cleared_comment_of_round_1_is_decided_and_no_other(comments, decisions):
    before_it = sorted(each.get("key", f"no key: {each['text'][:40]}") for each in comments if each["round"] == 1 and cleared(each))
    assert sorted({key for decision in decisions for key in decision["comments"]}) == before_it


def test_one_comment_is_decided_twice_a_week_apart(decisions):
    days: dict[str, list[int]] = {}
    for decision in decisions:
        for key in decision["comments"]:
            days.setdefault(key, []).append(decision["meeting"]["days"])
    assert [later - earlier for earlier, later in (pair for each in days.values() for pair in pairwise(each))] == [7]


def test_every_decision_is_one_the_form_would_take_with_a_reason_in_every_language(decisions):
    for decision in decisions:
        assert sorted(decision["reasons"]) == sorted(LANGUAGES)
        fields = {f"reason-{language}": text for language, text in decision["reasons"].items()}
        fields |= {"disposition": decision["disposition"], "duplicate_of": decision.get("duplicate_of", "")}
        new, problems = read_decision(fields, LANGUAGES)
        assert problems == []
        assert new is not None
        assert new.reasons == decision["reasons"]


def test_a_duplicate_names_a_comment_of_its_round_that_says_more_than_duplicate(comments, decisions):
    rounds = {each["key"]: each["round"] for each in comments if "key" in each}
    said = {key: decision["disposition"] for decision in decisions for key in decision["comments"]}
    duplicates = [decision for decision in decisions if decision["disposition"] == "duplicate"]
    assert [rounds[each["duplicate_of"]] for each in duplicates] == [each["meeting"]["round"] for each in duplicates]
    assert [each["comments"] for each in duplicates if said[each["duplicate_of"]] == "duplicate"] == []
    assert [each["comments"] for each in decisions if "duplicate_of" in each] == [each["comments"] for each in duplicates]


def test_two_members_decide_between_the_rounds(decisions):
    deciding = {account.mail for account in ACCOUNTS if account.role in ("committee", "chair")}
    mails = {decision["meeting"]["by"] for decision in decisions}
    assert mails <= deciding
    assert len(mails) == 2
    plan = read_consultation(resource("content") / "consultations" / "performance-standard-v3.yaml", zone="UTC", anchor=date(2026, 3, 2))
    for decision in decisions:
        entry, following = plan.rounds[decision["meeting"]["round"] - 1 :][:2]
        meets = entry.closes + timedelta(days=decision["meeting"]["days"])
        assert entry.closes < meets < following.opens


def test_french_reasons_keep_the_house_s_spaces_and_words(decisions):
    french = [decision["reasons"]["fr"] for decision in decisions]
    assert [text for text in french if BREAKABLE.search(text) or re.search("refusé|rejeté", text)] == []
