"""A row of the endorsements beside an export of comments: its columns in order, one endorsement or its stub."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.core.export_row import Cells, Column

ENDORSEMENT_COLUMNS: tuple[Column, ...] = (
    Column("reference"),
    Column("endorsed_comment"),
    Column("received_at", "moment"),
    Column("late", "flag"),
    Column("counted", "flag"),
    Column("class", "code", "class"),
    Column("country", "code", "country"),
    Column("capacity", "code", "capacity"),
    Column("name"),
    Column("organisation"),
    Column("nuance"),
    Column("language", "language"),
    Column("moderation_state", "code", "state"),
    Column("withheld_reason", "code", "withheld_reason"),
    Column("nuance_withheld_reason", "code", "withheld_reason"),
    Column("publication_choice", "code", "choice"),
    Column("channel", "code", "channel"),
    Column("mail", secretariat_only=True),
    Column("confirmation", "code", "confirmation", secretariat_only=True),
    Column("late_reason", "code", "late_reason", not_public=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsementRow(Cells):
    """`received_at` is a day where the time of day is not told; `counted`: it is among the endorsements that count. Nothing is None."""

    reference: str
    endorsed_comment: str
    received_at: date | datetime
    moderation_state: str
    counted: bool
    late: bool | None = None
    late_reason: str | None = None
    stakeholder_class: str | None = None
    country: str | None = None
    capacity: str | None = None
    name: str | None = None
    organisation: str | None = None
    nuance: str | None = None
    language: str | None = None
    withheld_reason: str | None = None
    nuance_withheld_reason: str | None = None
    publication_choice: str | None = None
    channel: str | None = None
    mail: str | None = None
    confirmation: str | None = None


def by_class_text(endorsed_by: dict[str, int]) -> str | None:
    """Endorsements by class in one cell: `civil_society=2; workers=1`, in the order of the codes."""
    return "; ".join(f"{code}={n}" for code, n in sorted(endorsed_by.items())) or None
