"""Hostile Word files: a verdict in ten seconds and little memory, and never an exception."""

import time

import pytest

from consult.exchange.word_draft import read_word_draft
from tests.support.office_files import bomb, word_file, word_parts, zipped
from tests.support.word import META, STYLES, h, p, table

LOOP = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
DEEP = "<w:tbl><w:tr><w:tc>" * 60 + p("deep") + "</w:tc></w:tr></w:tbl>" * 60


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (bomb(), {"too_much_inside"}),
        (b"", {"file_empty"}),
        (word_file("<w:p>" * 300 + "</w:p>" * 300), {"not_readable"}),
        (zipped({**word_parts(""), "word/document.xml": "<!DOCTYPE d><d/>"}), {"entities_refused"}),
        (zipped({**word_parts(""), "_rels/.rels": "<Relationships/>"}), {"not_readable"}),
        (word_file("<w:p><w:r><w:t>" * 1 + "x" * 30_000_000 + "</w:t></w:r></w:p>"), {"too_much_inside"}),
        pytest.param(word_file("<w:p/>" * 1_150_000), {"too_slow", "too_much_inside"}, marks=pytest.mark.long),
    ],
    ids=["bomb", "empty", "deep", "doctype", "no main part", "one word", "a million paragraphs"],
)
def test_what_cannot_be_read_has_one_verdict(data: bytes, codes: set[str]) -> None:
    begun = time.monotonic()
    found = read_word_draft(data, meta=META)
    assert time.monotonic() - begun < 12
    assert found.draft is None
    assert {problem.code for problem in found.problems} <= codes
    assert len(found.problems) == 1


def test_odd_but_harmless_files_are_read() -> None:
    body = (
        h(1, "1 A")
        + p("x", style="a")
        + DEEP
        + p("n", num=(7, 99))
        + '<w:p><w:pPr><w:numPr><w:ilvl w:val="9999999999999"/></w:numPr></w:pPr></w:p>'
    )
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc>'
    found = read_word_draft(word_file(body + table([wide, "cell"], ["a", "b"]), styles=STYLES + LOOP), meta=META)
    assert found.draft is not None
    assert "deep" in found.source_markdown
    assert "cell" in found.source_markdown


def test_two_hundred_pages_take_seconds() -> None:
    sentence = "The Entity shall disclose its emissions every year, and shall explain how it has reckoned them. " * 4
    body = "".join(h(2, f"{n}.{m} Title") + p(sentence) + p("a) one;") + p("b) two.") for n in range(1, 31) for m in range(1, 21))
    begun = time.monotonic()
    found = read_word_draft(word_file(body, styles=STYLES), meta=META)
    assert found.draft is not None
    assert len(found.draft.numbered) == 600
    assert time.monotonic() - begun < 6
