"""The PDF of a version: opens, is tagged, speaks its language, has headings and bookmarks, and can be copied from."""

import pytest

from consult.core.render import plain_text
from consult.exchange.version_pdf import depths, version_pdf
from tests.editions import LANGUAGES, edition, hostile, words
from tests.support.pdf import bookmarks, opened, tags, text_of

TAGS = {"en": "en-GB", "fr": "fr-FR", "zh": "zh-CN"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_is_a_tagged_document_in_its_language(language: str) -> None:
    given = edition(language)
    content = version_pdf(given, words(language))
    pdf = opened(content)
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == (
        TAGS[language],
        True,
        True,
    )
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == f"{given.draft.title}, V3 draft 1"
        assert about["dc:creator"] == ["A Body"]
        assert set(about) & {"xmp:CreateDate", "xmp:ModifyDate"} == set()
    clauses = given.draft.clauses
    assert bookmarks(pdf) == [f"{clause.label} {clause.title}".strip() for clause in clauses]
    found = tags(pdf)
    assert sum(found[f"H{depth}"] for depth in range(1, 7)) == len(clauses) + 1
    assert found["Table"] > 0 < found["L"]
    assert found["TH"] >= 2 * found["Table"]
    said = text_of(content)
    for clause in clauses:
        assert "".join(clause.title.split()) in said
        first = plain_text(clause.text).split("\n")[0][:30]
        assert "".join(first.split()) in said


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert version_pdf(edition("zh"), words("zh")) == version_pdf(edition("zh"), words("zh"))


def test_hostile_texts_are_printed_and_nothing_runs() -> None:
    content = version_pdf(hostile(), words())
    said = text_of(content)
    for text in (
        '#panic("run")',
        "$a$@ref<label>",
        "#setpage(fill:red)<w:p/>=1+1",
        "<script>alert(1)</script>",
        "pollutant2499",
        "هذا",
        "$x_2499$",
    ):
        assert text in said, text
    pdf = opened(content)
    assert "/Names" not in pdf.Root or "/JavaScript" not in pdf.Root.Names
    assert b"javascript:" not in content


def test_no_level_of_heading_is_left_out() -> None:
    found = [(depth, clause.level) for depth, clause in depths(hostile().draft.clauses)]
    assert found == [(0, 6), (1, 4), (1, 2), (1, 1), (2, 2), (3, 3)]
