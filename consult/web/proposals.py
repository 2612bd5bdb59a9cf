"""Proposed wordings drawn against the clause text their authors saw, for every staff room."""

from functools import lru_cache

from flask_babel import gettext
from markupsafe import Markup

from consult.core.proposal import rewriting
from consult.core.redline import RedlineWords, redline
from consult.wording.redline import redline_words

KEPT = 1024
"""Redlines kept in memory, some kilobytes each."""


def proposal(clause: str | None, proposed: str | None, language: str) -> Markup | None:
    """Safe HTML with `<ins>` and `<del>`, or None where the proposal rewrites nothing of the clause and is shown as it was sent.

    `language` is that of the clause text.
    """
    return _drawn(clause, proposed, language, redline_words(gettext)) if clause and proposed else None


@lru_cache(KEPT)
def _drawn(clause: str, proposed: str, language: str, words: RedlineWords) -> Markup | None:
    spans = rewriting(clause, proposed, language)
    return Markup(redline(spans, language, words)) if spans else None  # noqa: S704  (core.redline passes everything through its allow-list)
