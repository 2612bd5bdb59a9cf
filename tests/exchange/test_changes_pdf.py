"""The printed redline: a summary first, then the whole text; what was inserted and deleted stands in it, underlined and struck or framed."""

import pytest

from consult.core.compare import compare
from consult.core.draft import read_draft
from consult.exchange.changes_pdf import changes_pdf
from tests.editions import LANGUAGES, changes, changes_of, edition_of, hostile_changes, words
from tests.support.pdf import bookmarks, opened, tags, text_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary_and_whole_text_are_there(language: str) -> None:
    found = changes(language)
    content = changes_pdf(found, words(language))
    pdf = opened(content)
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == f"{found.new.draft.title}: What changed from V2 to V3 draft 1"
    assert bookmarks(pdf)[:2] == ["Summary of changes", "The text with its changes"]
    gone = [each.change.link.old for each in found.noted if not each.change.link.new]
    assert len(bookmarks(pdf)) == 2 + len(found.new.draft.clauses) + sum(len(numbers) for numbers in gone)
    rows = sum(each.is_change for each in found.noted)
    assert tags(pdf)["TR"] > rows
    said = text_of(content)
    for each in found.noted:
        if not each.change.bounded:
            for mark, text in each.change.text:
                if mark != "=" and text.isalnum():
                    assert text in said, (mark, text)


def test_words_under_headings_without_a_number_are_compared_too() -> None:
    front = "---\nstandard: s\nversion: {}\nlanguage: en\ntitle: T\n---\n"
    drafts = []
    for version, text in (
        ("v1", "# About\n\nWords of yesterday remain.\n"),
        ("v2", "# About\n\nWords of tomorrow remain.\n\n# Thanks\n\nTo all.\n"),
    ):
        draft, _ = read_draft(front.format(version) + text + "\n## 1 Same\n\nThe same.\n", file="f.md")
        assert draft is not None
        drafts.append(draft)
    old, new = drafts
    said = text_of(changes_pdf(changes_of(edition_of(old), edition_of(new), compare(old, new)), words()))
    assert "Wordsofyesterdaytomorrowremain." in said
    assert "0of1clausesdiffer." in said


def test_hostile_changes_are_printed() -> None:
    said = text_of(changes_pdf(hostile_changes(), words()))
    for text in ("=HYPERLINK()#panic()<b>", "pollutant2499", '#panic("run")'):
        assert text in said, text
