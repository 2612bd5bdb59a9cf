"""A blank form: what stands in it before anybody writes, the same for every file format."""

from dataclasses import dataclass
from typing import Literal

FIELDS = ("number", "title", "current", "change", "position", "type", "comment", "proposed", "rationale")
"""Columns of our form, in their order."""


@dataclass(frozen=True, slots=True)
class BlankRow:
    """`clause`: a row to comment on; `group`: a heading or hint over the whole width; `free`: empty, for what has no row of its own.

    From `position` on it holds what somebody says: empty in a blank form, filled where drafts are given back.
    """

    kind: Literal["clause", "group", "free"]
    number: str = ""
    title: str = ""
    current: str = ""
    change: str = ""
    position: str = ""
    type: str = ""
    comment: str = ""
    proposed: str = ""
    rationale: str = ""

    @property
    def head(self) -> str:
        """Title and change in one line, where they have no columns of their own (DOCX)."""
        return " · ".join(part for part in (self.title, self.change) if part)


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """One document. `name`: of the sheet; `headings` in the order of FIELDS; `standard`: its slug."""

    name: str
    heading: str
    headings: tuple[str, ...]
    rows: tuple[BlankRow, ...]
    standard: str = ""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """`mark`: the line that says what the form was made for. `about`: sheet name, lines of help, and (label, hint, choices) of who fills it in.

    `positions`, `types`: words to choose from; nothing depends on their being kept.
    """

    language: str
    title: str
    mark: str
    about_name: str
    help: tuple[str, ...]
    about: tuple[tuple[str, str, tuple[str, ...]], ...]
    sheets: tuple[BlankSheet, ...]
    positions: tuple[str, ...]
    types: tuple[str, ...]
    author: str
