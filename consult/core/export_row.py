"""A row of an export: its columns in order, cells as text and back, and the totals that go with the rows (design, section 8).

CSV and JSON carry the keys and codes given here in every language. A cell that a spreadsheet could take for a formula gets one apostrophe in
front; readers take exactly one away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any, Literal

from consult.core.endorsement import Counts
from consult.core.visibility import Viewer
from consult.core.vocabulary import STATES

Kind = Literal["text", "code", "language", "moment", "flag", "number"]
Value = str | int | bool | date | datetime | None
"""What a cell holds: by the kind of its column, or None for nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` heads it in every language; `terms` is the list its codes are worded from; `secretariat_only` columns are left out for others,
    `not_public` ones for the public.
    """

    key: str
    kind: Kind = "text"
    terms: str = ""
    secretariat_only: bool = False
    not_public: bool = False

    @property
    def attribute(self) -> str:
        """Of ExportRow."""
        return "stakeholder_class" if self.key == "class" else self.key


COLUMNS: tuple[Column, ...] = (
    Column("reference"),
    Column("round"),
    Column("received_at", "moment"),
    Column("late", "flag"),
    Column("standard"),
    Column("version"),
    Column("clause_number"),
    Column("target", "code", "target"),
    Column("clause_text_language", "language"),
    Column("clause_text_revision", "number"),
    Column("language", "language"),
    Column("class", "code", "class"),
    Column("country", "code", "country"),
    Column("capacity", "code", "capacity"),
    Column("name"),
    Column("organisation"),
    Column("position", "code", "position"),
    Column("type", "code", "type"),
    Column("comment"),
    Column("rationale"),
    Column("proposed_wording"),
    Column("moderation_state", "code", "state"),
    Column("withheld_reason", "code", "withheld_reason"),
    Column("publication_choice", "code", "choice"),
    Column("theme"),
    Column("cluster"),
    Column("advice"),
    Column("decision"),
    Column("disposition", "code", "disposition"),
    Column("reason"),
    Column("response"),
    Column("channel", "code", "channel"),
    Column("further_clauses"),
    Column("anchor_text"),
    Column("anchor_start", "number"),
    Column("anchor_end", "number"),
    Column("evidence"),
    Column("proposed_whole_clause", "flag"),
    Column("late_reason", "code", "late_reason", not_public=True),
    Column("attachments"),
    Column("answers", not_public=True),
    Column("members_statement", "code", "statement"),
    Column("members", "number"),
    Column("member_names"),
    Column("said_by_members", "number"),
    Column("minority_views"),
    Column("endorsements", "number"),
    Column("endorsements_by_class"),
    Column("group_people", "number"),
    Column("group_name"),
    Column("group_language"),
    Column("group_given", not_public=True),
    Column("group_consent", secretariat_only=True),
    Column("group_conditions", not_public=True),
    Column("mail", secretariat_only=True),
    Column("confirmation", "code", "confirmation", secretariat_only=True),
)
"""Theme and advice stand empty so far; decision, disposition and reason are what became of the comment, for the public once the response of the round
is published; `response` is the answer of the secretariat to a question. Whoever reads our files by their keys need not change anything then.
"""


class Cells:
    """What has a value for each of its columns."""

    __slots__ = ()

    def value(self, column: Column) -> Value:
        value: Value = getattr(self, column.attribute)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRow(Cells):
    """One comment, or the stub of one. `received_at` is a day where the time of day is not told. No cell holds an empty text: that is None."""

    reference: str
    round: str
    received_at: date | datetime
    target: str
    language: str
    moderation_state: str
    late: bool | None = None
    late_reason: str | None = None
    standard: str | None = None
    version: str | None = None
    clause_number: str | None = None
    clause_text_language: str | None = None
    clause_text_revision: int | None = None
    stakeholder_class: str | None = None
    country: str | None = None
    capacity: str | None = None
    group_people: int | None = None
    """About how many spoke; None also for fewer than five, but for the secretariat."""
    group_name: str | None = None
    group_language: str | None = None
    group_given: str | None = None
    group_consent: str | None = None
    group_conditions: str | None = None
    name: str | None = None
    organisation: str | None = None
    position: str | None = None
    type: str | None = None
    comment: str | None = None
    rationale: str | None = None
    proposed_wording: str | None = None
    attachments: str | None = None
    """A line for each file: its name, and the SHA-256 of what this viewer may have of it, or why there is nothing to have."""
    answers: str | None = None
    """To the questions of the round, for staff: a line each, on the first comment of a submission, so that each is there once."""
    members_statement: str | None = None
    members: int | None = None
    member_names: str | None = None
    said_by_members: int | None = None
    minority_views: str | None = None
    withheld_reason: str | None = None
    publication_choice: str | None = None
    theme: str | None = None
    cluster: str | None = None
    """Reference of the first of the comments that say the same, where there are several."""
    endorsements: int | None = None
    endorsements_by_class: str | None = None
    """Codes and numbers: `civil_society=2; workers=1`."""
    advice: str | None = None
    decision: str | None = None
    """Reference of the newest decision on it."""
    disposition: str | None = None
    reason: str | None = None
    """Of that decision, in the language of the file or the nearest."""
    response: str | None = None
    channel: str | None = None
    further_clauses: str | None = None
    """Numbers of the further clauses it applies to, parted by "; ". It counts once, on its own clause."""
    anchor_text: str | None = None
    """The words of the clause it is about, from `anchor_start` to `anchor_end` in the clause's plain text."""
    anchor_start: int | None = None
    anchor_end: int | None = None
    evidence: str | None = None
    """Links, one a line."""
    proposed_whole_clause: bool | None = None
    """Whether the proposed wording is the whole clause text, edited; None without one."""
    mail: str | None = None
    confirmation: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What is said beside the rows. `received` and `by_state` count the whole round, `listed` the rows of this very export."""

    consultation: str
    round: int
    viewer: Viewer
    by_state: Mapping[str, int]
    listed: int
    filters: Mapping[str, str]
    late: int = 0
    """Of those received: what came after closing."""

    counts: Counts = field(default_factory=Counts)
    """Copies, signatories and endorsements of the whole round."""
    answers_only: int = 0
    """Submissions of the round without a comment, which answer its questions."""

    @property
    def received(self) -> int:
        return sum(self.by_state.get(state, 0) for state in STATES)


def columns_for(viewer: Viewer, columns: tuple[Column, ...] = COLUMNS) -> tuple[Column, ...]:
    """The columns a viewer gets."""
    left_out = {"public": ("secretariat_only", "not_public"), "committee": ("secretariat_only",), "secretariat": ()}[viewer]
    return tuple(column for column in columns if not any(getattr(column, each) for each in left_out))


def guarded(cell: str) -> str:
    """The cell with one apostrophe in front where a spreadsheet could compute it (or where it begins with one itself)."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "'", "\t", "\r")) else cell


def unguarded(cell: str) -> str:
    """The inverse of `guarded`."""
    return cell.removeprefix("'")


def exact(value: Value) -> str | int | bool | None:
    """The value as JSON has it: instants in ISO form, UTC with Z."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat() if isinstance(value, date) else value


def text_of(value: Value) -> str:
    """The value as CSV has it, before guarding: nothing is the empty text, a flag true or false."""
    plain = exact(value)
    if plain is None:
        return ""
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def value_of(column: Column, text: str) -> Value:
    """The inverse of `text_of`; ValueError where the text is none of its column's kind."""
    if text == "":
        return None
    if column.kind == "flag":
        return {"true": True, "false": False}[text] if text in ("true", "false") else _wrong(column, text)
    if column.kind == "number":
        return int(text)
    if column.kind == "moment":
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return text


def row_from(cells: Mapping[str, Value]) -> ExportRow:
    """A row from its values by key; keys that are no column of ours are passed over, as are columns that are missing."""
    known = {column.key: column.attribute for column in COLUMNS}
    values: dict[str, Any] = {known[key]: value for key, value in cells.items() if key in known}
    missing = {f.name for f in fields(ExportRow) if f.default is not None} - {name for name, value in values.items() if value is not None}
    if missing:
        raise ValueError(f"not told: {', '.join(sorted(missing))}")
    return ExportRow(**values)


def _wrong(column: Column, text: str) -> Value:
    raise ValueError(f"{column.key}: {text!r}")
