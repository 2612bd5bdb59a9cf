"""A clause and a draft as every part of the house sees them (draft format: design, section 5)."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["requirement", "note", "definition", "information", "group"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One heading of a draft with the text up to the next heading.

    `number` is the address form ("5.2", "annex-a"; "" for a group), `label` what is printed ("5.2", "Annex A", "附录A"; "" for a group).
    `text` is the Markdown source: line ends LF, blank lines at both ends removed, nothing else changed.
    `level` is the heading depth (1..6), `path` the printed headings above it, outermost first (label and title),
    `parent` the number of the nearest clause above it, `order` its place among all headings of the draft (0-based), `line` that of its
    heading (1-based).
    """

    number: str
    label: str
    title: str
    text: str
    level: int
    order: int
    line: int
    path: tuple[str, ...] = ()
    parent: str | None = None
    kind: Kind = "requirement"

    @property
    def is_group(self) -> bool:
        return self.kind == "group"


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of a standard in one language. `meta` is the front matter as read; `clauses` holds groups too, in document order.

    `file` and `key_lines` (line of each front-matter key) say where it was read, for problems; they mean nothing else.
    """

    standard: str
    version: str
    language: str
    title: str
    clauses: tuple[Clause, ...]
    meta: dict[str, Any] = field(default_factory=dict)
    file: str = field(default="", compare=False)
    key_lines: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def numbered(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.is_group)
