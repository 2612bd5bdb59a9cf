"""A table as any file holds it: rows of cells, with the places they had there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Sort = Literal["text", "number", "date", "note"]


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as shown. `sort`: what the file says it is; a date or number may once have been typed as a clause number, a note hangs on a cell of its row."""

    text: str
    sort: Sort = "text"

    @property
    def said(self) -> str:
        return self.text.strip()


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or one table of a document. `rows`: row number in the file (from 1) -> column (from 1) -> cell; empty cells are left out.

    A merged cell stands in each place it covers. `name`: of the sheet, or the words in front of a table.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Table":
        """From what a child process answers: {"name", "rows": [[row, [[column, text, sort]]]]}."""
        return cls(value["name"], {row: {column: Cell(text, sort) for column, text, sort in cells} for row, cells in value["rows"]})
