"""What people are told by mail, as data: built from rows, put into words by `consult.mail`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CorrectedForAuthor:
    """A clause that a person commented on: its words before and now (those that changed), and where it is read."""

    label: str
    title: str
    gone: str
    come: str
    references: tuple[str, ...]
    consultation: str
    round: int
    standard: str
    number: str


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    mail: str
    language: str
    """Of the pages the person wrote on."""
    written: str
    """Language of the corrected text."""
    reason: str
    at: datetime
    version: str
    clauses: tuple[CorrectedForAuthor, ...]
