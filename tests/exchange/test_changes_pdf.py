"""The printed redline: a summary first, then the whole text; what was inserted and deleted stands in it, underlined and struck or framed."""

import pytest

from consult.exchange.changes_pdf import changes_pdf
from tests.editions import LANGUAGES, changes, hostile_changes, words
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


def test_hostile_changes_are_printed() -> None:
    said = text_of(changes_pdf(hostile_changes(), words()))
    for text in ("=HYPERLINK()#panic()<b>", "pollutant2499", '#panic("run")'):
        assert text in said, text
