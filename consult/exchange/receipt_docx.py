"""A receipt as a Word document: the receipt's text with its sections as headings. It says what the mail and the text file say, no more and no less."""

from collections.abc import Iterator
from datetime import datetime

from consult.exchange.version_docx import Pen, fill, own_styles
from consult.exchange.word_frame import new_document, running, saved

RULE = "-" * 64
"""Stands above each section of the text."""


def receipt_docx(text: str, *, language: str, title: str, author: str, at: datetime) -> bytes:
    """`at` is when it was received: the same text gives the same bytes."""
    document = new_document(language, title=title, author=author, at=at)
    own_styles(document)
    running(document, head=(title, ""), foot=author)
    pen = Pen(document.part)
    fill(document, "".join(pen.styled(style, line) for style, line in [("Title", title), *_styled(text)]))
    return saved(document)


def _styled(text: str) -> Iterator[tuple[str, str]]:
    """Style and text of each paragraph: the first line of a section is its heading, empty lines only part paragraphs."""
    for number, section in enumerate(f"\n{text}".split(f"\n{RULE}\n")):
        lines = [line for line in section.split("\n") if line.strip()]
        for place, line in enumerate(lines):
            yield ("Heading2" if number and not place else "Subtitle" if not place else "Normal"), line
