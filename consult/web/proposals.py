"""Proposed wordings drawn against the clause text their authors saw, for every room."""

from functools import lru_cache

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup

from consult.core.proposal import edited_spans, in_lines, rewriting
from consult.core.redline import RedlineWords, redline
from consult.wording.redline import redline_words

KEPT = 1024
"""Redlines kept in memory, some kilobytes each."""


def attach(app: Flask) -> None:
    app.jinja_env.globals.update(edited_redline=edited_redline)


def proposal(clause: str | None, proposed: str | None, language: str, whole: bool = False) -> Markup | None:
    """Safe HTML with `<ins>` and `<del>`, or None where the proposal rewrites nothing of the clause and is shown as it was sent.

    `language` is that of the clause text; `whole`: the proposal is the whole clause text, edited.
    """
    if not clause or not proposed:
        return None
    return edited_redline(clause, proposed, language) if whole else _drawn(clause, proposed, language, redline_words(gettext))


def edited_redline(clause: str, edited: str, language: str) -> Markup:
    """From a clause's text as readers edit it to what somebody made of it."""
    return _edited(clause, edited, language, redline_words(gettext))


@lru_cache(KEPT)
def _edited(clause: str, edited: str, language: str, words: RedlineWords) -> Markup:
    return Markup(redline(in_lines(edited_spans(clause, edited, language)), language, words))  # noqa: S704  (core.redline passes everything through its allow-list)


@lru_cache(KEPT)
def _drawn(clause: str, proposed: str, language: str, words: RedlineWords) -> Markup | None:
    spans = rewriting(clause, proposed, language)
    return Markup(redline(spans, language, words)) if spans else None  # noqa: S704  (core.redline passes everything through its allow-list)
