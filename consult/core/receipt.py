"""What was handed in, as its own sender reads it: a submission with every comment beside the text it speaks of."""

from dataclasses import dataclass
from datetime import datetime

from consult.core.window import Window


@dataclass(frozen=True, slots=True)
class RevisionSeen:
    number: int
    at: datetime
    text: str | None
    proposed: str | None
    rationale: str | None


@dataclass(frozen=True, slots=True)
class CommentOnReceipt:
    """One comment with the clause text its author saw (`clause_text` Markdown in `clause_language`); `reason`: of withholding."""

    reference: str
    target: str
    standard_slug: str | None
    standard: str | None
    standard_language: str | None
    version: str | None
    number: str | None
    label: str | None
    clause_title: str | None
    clause_text: str | None
    clause_language: str | None
    type: str | None
    position: str | None
    language: str
    choice: str | None
    state: str
    reason: str | None
    revisions: tuple[RevisionSeen, ...]


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """A whole submission as its own sender reads it. `key` is that of its form, from which its secret code can be made again."""

    id: int
    reference: str
    key: str
    secret_sha256: str
    received_at: datetime
    late: bool
    language: str
    confirmation: str
    capacity: str
    stakeholder_class: str
    country: str
    choice: str
    name: str | None
    mail: str | None
    organisation: str | None
    consultation: str
    consultation_title: str
    title_language: str
    round: int
    window: Window
    comments: tuple[CommentOnReceipt, ...]
