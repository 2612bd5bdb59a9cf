"""What clause texts refer to, found once at publication (consult.core.citation). Derived: found again when the rules or the titles change."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, one_of


class TermRow(Base):
    """A term that a definition clause lays down, in one language. `position` is the same in every language of a version."""

    __tablename__ = "defined_term"
    __table_args__ = (UniqueConstraint("clause_text_id", "position"),)
    id: Mapped[Key]
    clause_text_id: Mapped[int] = mapped_column(ForeignKey("clause_text.id"))
    position: Mapped[int]
    name: Mapped[str]
    forms: Mapped[list[str]]
    definition: Mapped[str]
    """Markdown."""
    start: Mapped[int]
    end: Mapped[int]
    """Place of the name in the text; -1 where the title is the name."""


class CitationRow(Base):
    """A clause or a defined term that a clause text refers to, with every place where it does.

    `version` is "" for the own version and, with another standard, where the text names none. `position` is the term's, -1 for a clause.
    """

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("clause_text_id", "kind", "standard", "number", "version", "position"),
        one_of("kind", ("clause", "term")),
        Index("ix_citation_standard_number", "standard", "number"),
    )
    id: Mapped[Key]
    clause_text_id: Mapped[int] = mapped_column(ForeignKey("clause_text.id"))
    kind: Mapped[Code]
    standard: Mapped[Code]
    number: Mapped[Code]
    version: Mapped[Code]
    position: Mapped[int]
    spans: Mapped[list[Any]]
    """`[[start, end], …]`, places in the text."""


class CitationIndex(Base):
    """That the texts of a version were searched: with which rules, up to which text, knowing which titles."""

    __tablename__ = "citation_index"
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    engine: Mapped[int]
    last_text: Mapped[int]
    titles: Mapped[list[str]]
