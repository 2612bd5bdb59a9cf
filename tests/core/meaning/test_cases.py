"""The golden cases of cases.md: every label as an editor expects it, in three languages."""

import re
from pathlib import Path

import pytest

from consult.core.meaning import LABELS, Matter, suggest

CASES = Path(__file__).with_name("cases.md")
_CASE = re.compile(
    r"^## (?P<name>.+)\n(?P<language>\w+)(?P<more>(?:; .+)?)\n\.\n(?P<old>(?:.*\n)*?)\.\n(?P<new>(?:.*\n)*?)\.\n(?P<labels>.+)\n\.$", re.M
)


def cases():
    return [found.groupdict() for found in _CASE.finditer(CASES.read_text(encoding="utf-8"))]


def matter(case):
    more = dict(part.strip().split(": ", 1) for part in case["more"].split(";") if part.strip())
    applied, _, applies = more.get("applies", "").partition(" -> ")
    return Matter(
        case["language"], case["old"].strip("\n") or None, case["new"].strip("\n") or None, terms=_listed(more.get("terms", "")),
        applied=_listed(applied), applies=_listed(applies),
    )  # fmt: skip


def _listed(text):
    return tuple(each.strip() for each in text.split(",") if each.strip())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['language']}: {case['name']}")
def test_the_suggested_labels_are_those_an_editor_expects(case):
    wanted = () if case["labels"] == "none" else _listed(case["labels"])
    assert set(wanted) <= set(LABELS)
    found = suggest(matter(case))
    assert set(found.labels) == set(wanted), found.signs


def test_the_cases_are_many_and_of_every_language_and_label():
    found = cases()
    assert len(found) == len(re.findall("^## ", CASES.read_text(encoding="utf-8"), re.M)) >= 60
    assert {case["language"] for case in found} == {"en", "fr", "zh"}
    assert {label for case in found for label in _listed(case["labels"])} == {*LABELS, "none"}


def test_every_label_but_none_comes_with_a_sign_in_quoted_words():
    for case in cases():
        found = suggest(matter(case))
        assert found.signs, case["name"]
        assert all(
            sign.old in (case["old"] or "") or sign.kind in ("activities", "term", "form", "wording") or "…" in sign.old or "|" in sign.old
            for sign in found.signs
        ), found.signs


def test_the_same_texts_give_the_same_signs():
    assert [suggest(matter(case)) for case in cases()] == [suggest(matter(case)) for case in cases()]
