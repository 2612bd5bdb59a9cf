"""Rows of texts, with what is derived from them once and stored beside them."""

import hashlib

from consult.core.change import Change
from consult.core.clause import Clause
from consult.core.render import plain_text
from consult.models import ChangeRow, ChangeText, ClauseRow, ClauseText


def clause_text(row: ClauseRow, clause: Clause, language: str, *, revision: int = 1, correction: int | None = None) -> ClauseText:
    """A text row with what is derived from it: the plain text, and a fingerprint of label, title and text."""
    exact = f"{clause.label}\n{clause.title}\n{clause.text}".encode()
    return ClauseText(
        clause_id=row.id,
        language=language,
        revision=revision,
        label=clause.label,
        title=clause.title,
        text=clause.text,
        plain=plain_text(clause.text),
        sha256=hashlib.sha256(exact).hexdigest(),
        correction_id=correction,
    )


def change_text(row: ChangeRow, language: str, change: Change, revision: int = 1) -> ChangeText:
    return ChangeText(
        change_id=row.id,
        language=language,
        revision=revision,
        title=[list(span) for span in change.title],
        text=[list(span) for span in change.text],
        bounded=change.bounded,
    )
