"""A comment as a row of a printed table, in the columns of the commenting table that standards bodies use: what DOCX and PDF draw."""

from dataclasses import dataclass
from typing import Literal

from consult.core.export_row import ExportRow
from consult.core.group_input import FIELDS as GROUP
from consult.wording.comment_sheet import SheetWords
from consult.wording.terms import NP_

Weight = Literal["plain", "strong", "label"]
HEADS = (
    NP_("column", "Reference"),
    NP_("column", "From"),
    NP_("column", "Clause"),
    NP_("column", "Type and position"),
    NP_("column", "Comment"),
    NP_("column", "Proposed wording"),
    NP_("column", "State and response"),
)
WIDTHS = (10, 14, 10, 10, 26, 20, 10)
"""Of the columns, in parts of a hundred."""
ANSWERS = ("theme", "cluster", "endorsements", "endorsements_by_class", "advice", "decision", "disposition", "reason", "response")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell. `language` where it may differ from the document's."""

    text: str
    weight: Weight = "plain"
    language: str | None = None


Cell = tuple[Line, ...]


def heads(words: SheetWords) -> tuple[str, ...]:
    return tuple(words.translate_in(*head) for head in HEADS)


def cells(row: ExportRow, words: SheetWords) -> tuple[Cell, ...]:
    """The row in as many cells as there are heads; every column of the export that is told stands in one of them."""
    said = words.cells(row)
    labels = words.labels

    def plain(*keys: str) -> Cell:
        return tuple(Line(said[key]) for key in keys if key in said)

    def labelled(*keys: str, language: str | None = None) -> Cell:
        return tuple(
            line for key in keys if key in said for line in (Line(labels[key], "label"), Line(said[key], language=language))
        )  # fmt: skip

    late = (Line(labels["late"]), *plain("late_reason")) if row.late else ()
    number = (Line(said["clause_number"], "strong"),) if "clause_number" in said else ()
    stub = words.stub(row)
    own = (Line(row.comment, language=row.language),) if row.comment else (Line(stub),) if stub else ()
    proposed = (Line(row.proposed_wording, language=row.language),) if row.proposed_wording else ()
    return (
        (Line(row.reference, "strong"), *plain("round", "received_at"), *late, *plain("channel")),
        (
            *plain("name", "organisation", "class", "country", "capacity"),
            *labelled(*GROUP, language=row.language),
            *plain("mail", "confirmation"),
        ),
        (
            *number,
            *plain("target", "standard", "version"),
            *labelled("further_clauses"),
            *labelled("clause_text_language", "clause_text_revision"),
        ),
        (*plain("type", "position"), *labelled("language")),
        (
            *labelled("anchor_text", "anchor_start", "anchor_end", language=row.clause_text_language),
            *own,
            *labelled("rationale", language=row.language),
            *labelled("evidence", "attachments", "answers", "members", "member_names", "said_by_members"),
            *labelled("minority_views"),
        ),
        (*proposed, *labelled("proposed_whole_clause")),
        (*plain("moderation_state", "withheld_reason"), *labelled("publication_choice", *ANSWERS)),
    )
