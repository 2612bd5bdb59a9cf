"""A version as its source: read in again it is the same version."""

from dataclasses import replace
from datetime import date

import pytest

from consult.core.clause import Clause, Draft
from consult.core.draft import read_draft
from consult.exchange.version_md import version_md
from tests.editions import LANGUAGES, edition, edition_of, hostile


def shape(draft: Draft) -> list[tuple[object, ...]]:
    return [(c.number, c.label, c.title, c.text, c.level, c.kind, c.parent) for c in draft.clauses]


def again(content: bytes) -> Draft:
    draft, problems = read_draft(content.decode(), file="again.md")
    assert draft is not None
    assert [each for each in problems if each.grade == "error"] == []
    return draft


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_in_again_is_the_same_version(language: str) -> None:
    given = edition(language)
    draft = again(version_md(given))
    assert shape(draft) == shape(given.draft)
    assert (draft.standard, draft.version, draft.language, draft.title) == (
        "performance-standard",
        "v3-draft-1",
        language,
        given.draft.title,
    )
    assert (draft.meta["status"], draft.meta["date"], draft.meta["baselines"], draft.meta["prevails"]) == (
        "draft",
        date(2026, 1, 7),
        ["v2"],
        "en",
    )


def test_hostile_texts_come_back_as_they_were() -> None:
    given = hostile()
    assert shape(again(version_md(given))) == shape(given.draft)


def test_a_group_whose_title_looks_like_a_number_stays_a_group() -> None:
    group = Clause(number="", label="", title="2030 targets", text="Words.", level=1, order=0, line=1, kind="group")
    number = Clause(number="1", label="1", title="", text="", level=2, order=1, line=1)
    given = edition_of(replace(edition("en").draft, clauses=(group, number)))
    assert version_md(given).decode().endswith("\n# \\2030 targets\n\nWords.\n\n## 1\n")
    assert [(c.number, c.title) for c in again(version_md(given)).clauses] == [("", "2030 targets"), ("1", "")]
