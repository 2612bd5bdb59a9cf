"""Standards, their versions, clauses with texts per language, and the stored changes between versions."""

import datetime as dt
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.vocabulary import STATUSES
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of


class Standard(Base):
    """A document that is revised: `slug` stands in addresses."""

    __tablename__ = "standard"
    id: Mapped[Key]
    slug: Mapped[Code] = mapped_column(unique=True)
    versions: Mapped[list["Version"]] = relationship(back_populates="standard", order_by="Version.position")


class Version(Base):
    """An adopted edition or a draft. Its structure and prevailing text never change once published."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("standard_id", "name"), UniqueConstraint("standard_id", "position"), one_of("status", STATUSES))
    id: Mapped[Key]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    name: Mapped[Code]
    position: Mapped[int]
    status: Mapped[Code]
    date: Mapped[dt.date | None]
    prevails: Mapped[Language]
    normative: Mapped[bool] = mapped_column(default=True)
    effective: Mapped[dt.date | None]
    transition_until: Mapped[dt.date | None]
    published_at: Mapped[datetime]
    source_sha256: Mapped[Sha256]
    """Of the data it was published with, the clauses' texts aside: the same files again change nothing."""
    standard: Mapped[Standard] = relationship(back_populates="versions")


class VersionText(Base):
    __tablename__ = "version_text"
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(primary_key=True)
    title: Mapped[str]


class ClauseRow(Base):
    """A numbered unit of one version, or an unnumbered heading (`kind` group, `number` null)."""

    __tablename__ = "clause"
    __table_args__ = (
        UniqueConstraint("version_id", "number"),
        UniqueConstraint("version_id", "position"),
        one_of("kind", ("requirement", "note", "definition", "information", "group")),
    )
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    number: Mapped[Code | None]
    position: Mapped[int]
    level: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    kind: Mapped[Code]
    applies: Mapped[list[str]]
    """Activities it binds; empty means all."""
    source: Mapped[list[str]]
    """Where the change comes from: short codes such as comment:round-1."""
    version: Mapped[Version] = relationship()
    texts: Mapped[list["ClauseText"]] = relationship(back_populates="clause", order_by="ClauseText.revision")


class ClauseText(Base):
    """The text of a clause in a language. A correction of a translation is a further revision; nothing is overwritten."""

    __tablename__ = "clause_text"
    __table_args__ = (UniqueConstraint("clause_id", "language", "revision"),)
    id: Mapped[Key]
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    language: Mapped[Language]
    revision: Mapped[int] = mapped_column(default=1)
    label: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    plain: Mapped[str]
    """The text without markup: for search and forms."""
    sha256: Mapped[Sha256]
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    clause: Mapped[ClauseRow] = relationship(back_populates="texts")


class Correction(Base):
    """One correction of a translation of a published version, with its reason."""

    __tablename__ = "correction"
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    language: Mapped[Language]
    reason: Mapped[str]
    at: Mapped[datetime]


class ChangeSet(Base):
    """All changes from a baseline to a version, made once at publication by an engine and kept. The newest revision counts."""

    __tablename__ = "change_set"
    __table_args__ = (UniqueConstraint("version_id", "baseline_id", "revision"),)
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    baseline_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    position: Mapped[int]
    """Order of the baselines as the draft names them; 0 is the main one."""
    revision: Mapped[int] = mapped_column(default=1)
    engine: Mapped[int]
    made_at: Mapped[datetime]
    version: Mapped[Version] = relationship(foreign_keys=[version_id])
    baseline: Mapped[Version] = relationship(foreign_keys=[baseline_id])


class ChangeRow(Base):
    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("change_set_id", "position"),)
    id: Mapped[Key]
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"))
    position: Mapped[int]
    kinds: Mapped[list[str]]
    score: Mapped[float]
    reason: Mapped[Code]
    unsure: Mapped[bool]
    sides: Mapped[list["ChangeClause"]] = relationship(order_by="ChangeClause.position")


class ChangeClause(Base):
    """A clause on one side of a change; a clause may stand in several changes."""

    __tablename__ = "change_clause"
    __table_args__ = (one_of("side", ("old", "new")), Index("ix_change_clause_clause_id_side", "clause_id", "side"))
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"), primary_key=True)
    position: Mapped[int]
    clause: Mapped[ClauseRow] = relationship()


class ChangeText(Base):
    """The words that changed, in one language: spans `[["=", "…"], ["-", "…"], ["+", "…"]]`. A corrected translation adds a revision."""

    __tablename__ = "change_text"
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, default=1)
    title: Mapped[list[Any]]
    text: Mapped[list[Any]]
    bounded: Mapped[bool] = mapped_column(default=False)
