"""A row of the answers beside an export of comments, for staff: one answer of one submission, with or without a comment, or its stub."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.core.export_row import Cells, Column

ANSWER_COLUMNS: tuple[Column, ...] = (
    Column("reference"),
    Column("without_comment", "flag"),
    Column("received_at", "moment"),
    Column("late", "flag"),
    Column("question"),
    Column("clause_number"),
    Column("answer"),
    Column("class", "code", "class"),
    Column("country", "code", "country"),
    Column("capacity", "code", "capacity"),
    Column("name"),
    Column("organisation"),
    Column("moderation_state", "code", "state"),
    Column("withheld_reason", "code", "withheld_reason"),
    Column("publication_choice", "code", "choice"),
    Column("channel", "code", "channel"),
    Column("mail", secretariat_only=True),
    Column("confirmation", "code", "confirmation", secretariat_only=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow(Cells):
    """`reference`: of the first comment of the submission, or of the answers themselves where there is none. `question`: its code; `clause_number` it
    is tied to; `answer`: codes of options parted by spaces, the point of a scale, or the words. `received_at` is a day where the time of day is
    not told. Nothing is None.
    """

    reference: str
    without_comment: bool
    received_at: date | datetime
    question: str
    moderation_state: str
    late: bool | None = None
    clause_number: str | None = None
    answer: str | None = None
    stakeholder_class: str | None = None
    country: str | None = None
    capacity: str | None = None
    name: str | None = None
    organisation: str | None = None
    withheld_reason: str | None = None
    publication_choice: str | None = None
    channel: str | None = None
    mail: str | None = None
    confirmation: str | None = None
