"""The redline as it is downloaded: through LibreOffice, accepted it is the new text and rejected the old one, chosen activities or not."""

from dataclasses import replace
from pathlib import Path

from consult.core.clause import Draft
from consult.core.edition import EditionChanges, only_binding
from consult.core.render import plain_text
from consult.exchange.version_formats import changes_file
from tests.editions import changes, words
from tests.support.tracked_changes import settled


def chosen(found: EditionChanges) -> EditionChanges:
    """Only what binds a refinery, where 5.1 of both versions and 8.1 of the old one bind mines alone."""
    old, new = replace(found.old, applies={"5.1": ("mine",), "8.1": ("mine",)}), replace(found.new, applies={"5.1": ("mine",)})
    return only_binding(replace(found, old=old, new=new), ("refinery",))


def lines(draft: Draft) -> list[str]:
    told = [draft.title, draft.version]
    for clause in draft.clauses:
        told += [f"{clause.label} {clause.title}".strip(), *plain_text(clause.text).split("\n")]
    return [line for line in told if line.strip()]


def test_downloaded_redlines_settle_to_either_version(tmp_path: Path) -> None:
    english = changes("en")
    given = [changes("zh"), chosen(english)]
    assert len(given[1].noted) < len(english.noted)
    files = []
    for at, found in enumerate(given):
        files.append(tmp_path / f"{at}.docx")
        files[-1].write_bytes(changes_file(found, words(found.new.draft.language), "docx"))
    for found, done in zip(given, settled(files), strict=True):
        assert [text for _, text in done.accepted if text.strip()] == lines(found.new.draft)
        assert [text for _, text in done.rejected if text.strip()] == lines(found.old.draft)
