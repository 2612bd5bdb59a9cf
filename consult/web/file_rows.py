"""Rows of files as forms show them and bring them back, for their senders and for the secretariat."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext
from markupsafe import Markup

from consult.core.comment_form import FormRow
from consult.core.diff import diff
from consult.core.problem import Problem
from consult.core.received_file import LARGEST
from consult.core.redline import redline
from consult.operations.place_rows import Said
from consult.queries.clause_names import NamedClause, clauses_of_round
from consult.queries.consultations import consultation
from consult.queries.received_files import FileSeen, RowSeen
from consult.queries.texts import Wording
from consult.web.locale import page_language
from consult.wording.dates import size_text
from consult.wording.problems import bare_sentence
from consult.wording.redline import redline_words

AT_A_TIME = 100
"""Rows on one page."""


def said(problem: Problem) -> str:
    """A problem of a file in one sentence, sizes as the reader writes them."""
    size = {"size": size_text(LARGEST, page_language())} if problem.code == "file_too_large" else {}
    return bare_sentence(replace(problem, params={**problem.params, **size}), gettext)


def after_asked() -> int:
    """The place after which the rows of this page begin."""
    given = request.args.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def said_of(fields: Mapping[str, str]) -> dict[int, Said]:
    """Row -> what its fields say. A place that was left as shown says nothing: the row stands where it was read."""
    found = {}
    for name, was in fields.items():
        key = name.removeprefix("was-")
        if not name.startswith("was-") or not (key.isascii() and key.isdigit() and len(key) < 10):
            continue
        place, standard = fields.get(f"place-{key}", "").strip(), fields.get(f"standard-{key}", "") or None
        unchanged = place == was and standard == (fields.get(f"was-standard-{key}") or None)
        found[int(key)] = Said("" if unchanged else _as_read(place), standard, leave_out=f"out-{key}" in fields)
    return found


def shown_place(row: FormRow) -> str:
    """A place as its field shows it, "" where there is none."""
    if row.kind == "document":
        return str(gettext("whole document"))
    if row.kind == "process":
        return str(gettext("consultation itself"))
    if row.kind == "new":
        return str(gettext("new after %(number)s", number=row.number)) if row.number else str(gettext("new, at the beginning"))
    return row.number or ""


def _as_read(typed: str) -> str:
    """What a page offers in its own language, in words that a form is read by; anything else as it was typed."""
    before, after = gettext("new after %(number)s", number="\0").casefold().split("\0")
    words = typed.casefold()
    if words == gettext("whole document").casefold():
        return "whole document"
    if words == gettext("consultation itself").casefold():
        return "process"
    if words.startswith(before) and words.endswith(after) and len(words) > len(before + after):
        return f"new after {typed[len(before) : len(typed) - len(after)]}"
    return typed


def documents_of(file: FileSeen, language: str) -> list[tuple[str, Wording, list[NamedClause]]]:
    """The documents of the round: slug, title, clauses to choose from."""
    found = consultation(file.consultation, language)
    round_ = found.round(file.number) if found else None
    clauses = clauses_of_round(file.round_id, language)
    return [
        (
            each.version.standard,
            Wording(each.version.title, each.version.language),
            [c for c in clauses if c.standard == each.version.standard],
        )
        for each in (round_.documents if round_ else ())
    ]


def changes_of(row: RowSeen) -> list[tuple[str, Markup]]:
    """What differs between a row and its earlier copy: name of the field -> redline of its words."""
    if row.earlier is None:
        return []
    words = redline_words(gettext)
    before: Mapping[str, Any] = dict(row.earlier.words)
    return [
        (name, Markup(redline(diff(before[name], after, page_language())[0], page_language(), words)))  # noqa: S704  (made safe by core.redline)
        for name, after in zip(("comment", "proposed", "rationale"), row.row.said, strict=True)
        if before[name] != after
    ]
