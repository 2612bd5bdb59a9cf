"""The formats in which versions and their changes are files: edition -> bytes."""

from consult.core.edition import Edition, EditionChanges
from consult.core.version_file import Format
from consult.wording.version_file import FileWords

ENGINE = 1
"""Number of the typesetting, kept beside each file: files made by an earlier one stay as they were published."""


def text_file(edition: Edition, words: FileWords, ending: Format) -> bytes:
    """The clean text; the same edition gives the same bytes."""
    if ending == "md":
        from consult.exchange.version_md import version_md

        return version_md(edition)
    if ending == "docx":
        from consult.exchange.version_docx import version_docx

        return version_docx(edition, words)
    from consult.exchange.version_pdf import version_pdf

    return version_pdf(edition, words)


def changes_file(found: EditionChanges, words: FileWords, ending: Format) -> bytes:
    """What changed; the same changes give the same bytes. The Word file is the redline alone: accepted it is the new text, rejected the old."""
    if ending == "xlsx":
        from consult.exchange.changes_xlsx import changes_xlsx

        return changes_xlsx(found, words)
    if ending == "docx":
        from consult.exchange.redline_docx import redline_docx

        changes = [each.change for each in found.noted]
        head = (words.heading_of(found), words.standing(found.new))
        return redline_docx(
            found.old.draft, found.new.draft, changes, at=found.new.published_at, author=words.body, head=head, foot=words.notice
        )
    from consult.exchange.changes_pdf import changes_pdf

    return changes_pdf(found, words)
