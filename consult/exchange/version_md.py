"""A published version as a draft file again (draft format: design, section 5): who reads it in gets the same clauses."""

from typing import Any

import yaml

from consult.core.clause import Clause
from consult.core.draft.number import annex_or_number
from consult.core.edition import Edition


def version_md(edition: Edition) -> bytes:
    """Front matter, words before the first heading, then every heading with the exact source of its text; UTF-8, line ends LF."""
    parts = [f"---\n{_front(edition)}---\n"]
    for clause in edition.draft.clauses:
        if clause.label or clause.title or clause.order:
            parts.append(f"\n{_heading(clause)}\n")
        if clause.text:
            parts.append(f"\n{clause.text}\n")
    return "".join(parts).encode()


def _front(edition: Edition) -> str:
    draft = edition.draft
    told: dict[str, Any] = {
        "standard": draft.standard, "version": draft.version, "language": draft.language, "title": draft.title, "status": edition.status,
        "date": edition.dated, "baselines": list(edition.baselines), "prevails": edition.prevails,
    }  # fmt: skip
    kept = {key: value for key, value in told.items() if value}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000)


def _heading(clause: Clause) -> str:
    """A group whose title would read as a number gets a backslash before it."""
    printed = f"{clause.label} {clause.title}" if clause.label and clause.title else clause.label or clause.title
    if clause.is_group and annex_or_number(printed):
        printed = "\\" + printed
    return f"{'#' * clause.level} {printed}".rstrip()
