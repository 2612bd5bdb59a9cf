"""What the office of the demonstration prepares: the draft after the one that is open, English as text, French as a Word file."""

import io
import re
from datetime import datetime

from consult.core.clause import Draft
from consult.core.draft import read_draft
from consult.operations.drafts import make_draft, take_in
from consult.operations.record import Actor
from consult.resources import resource

STANDARD, BEFORE, VERSION = "performance-standard", "v3-draft-2", "v3-draft-3"
REWORDED = (("every five years", "every three years"), ("at most five years", "at most four years"))
ASIDE = "À vérifier avec le comité"
"""A bold line in the Word file: is it a heading or text? The office asks."""


def prepare_draft(*, by: Actor, now: datetime) -> None:
    """A third draft with two languages taken in, one passage to decide, and the third language still missing."""
    make_draft(standard=STANDARD, version=VERSION, prevails="en", baselines=[BEFORE, "v2"], by=by, now=now)
    english = _next(_content("en"))
    for old, new in REWORDED:
        english = english.replace(old, new)
    take_in(standard=STANDARD, version=VERSION, file_name="v3-draft-3_en.md", data=english.encode(), by=by, now=now)
    french, _ = read_draft(_content("fr"))
    assert french is not None  # our own content
    take_in(
        standard=STANDARD, version=VERSION, file_name="v3-draft-3_fr.docx", data=_as_word(french), language="fr", title=french.title, by=by,
        now=now,
    )  # fmt: skip


def _content(language: str) -> str:
    return (resource("content") / STANDARD / BEFORE / f"{language}.md").read_text(encoding="utf-8")


def _next(text: str) -> str:
    renamed = text.replace(f"version: {BEFORE}", f"version: {VERSION}", 1)
    return re.sub(r"(?m)^baselines:.*$", f"baselines: [{BEFORE}, v2]", renamed, count=1)


def _as_word(draft: Draft) -> bytes:
    from docx import Document  # noqa: PLC0415  (takes a tenth of a second, and only the demonstration writes one)

    document = Document()
    for clause in draft.clauses:
        document.add_heading(f"{clause.label} {clause.title}".strip(), clause.level)
        for paragraph in filter(None, clause.text.split("\n\n")):
            document.add_paragraph(paragraph)
        if clause.number == "5.2":
            document.add_paragraph().add_run(ASIDE).bold = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
