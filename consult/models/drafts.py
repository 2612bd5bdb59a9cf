"""Drafts in the office before publication, and links between versions that people set or confirmed. All rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of

SOURCES = ("markdown", "word", "yaml")
CHOICES = ("clause", "heading", "text", "left_out")
"""What a passage that was not understood is, as a person says: a clause with its number, a heading, text of the clause before, nothing."""


class OfficeDraft(Base):
    """A version that is being prepared. Published is what `version` holds under the same standard and name."""

    __tablename__ = "office_draft"
    __table_args__ = (UniqueConstraint("standard", "version"),)
    id: Mapped[Key]
    standard: Mapped[Code]
    version: Mapped[Code]
    prevails: Mapped[Language]
    baselines: Mapped[list[str]]
    """For Word files, which have no front matter; a Markdown file says its own."""
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class DraftFile(Base):
    """The bytes of an upload, once."""

    __tablename__ = "draft_file"
    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class DraftImport(Base):
    """One reading of an uploaded file; the newest of a part counts. `part` is a language, or `clauses` for the data about the clauses."""

    __tablename__ = "draft_import"
    __table_args__ = (one_of("source", SOURCES), Index("ix_draft_import_draft_id_part", "draft_id", "part"))
    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("office_draft.id"))
    part: Mapped[Language]
    source: Mapped[Code]
    file_name: Mapped[str]
    """Shown to people; never a path of ours."""
    sha256: Mapped[Sha256] = mapped_column(ForeignKey("draft_file.sha256"))
    tracked: Mapped[Code | None]
    """Tracked changes of a Word file: accepted or rejected."""
    title: Mapped[str | None]
    """Of the standard, as given with a Word file."""
    text: Mapped[str | None]
    """What was read, in the form of a draft file; null where nothing could be."""
    passages: Mapped[list[Any]]
    """What was not understood: {key, quote, paragraph, read_as, number, doubt}."""
    problems: Mapped[list[Any]]
    """Of reading the Word file: {code, where, params, grade}."""
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class PassageDecision(Base):
    """What a passage of a Word file is; the newest of a key counts, for later imports too."""

    __tablename__ = "passage_decision"
    __table_args__ = (one_of("choice", CHOICES), Index("ix_passage_decision_draft_id_part", "draft_id", "part"))
    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("office_draft.id"))
    part: Mapped[Language]
    passage: Mapped[Code]
    choice: Mapped[Code]
    number: Mapped[Code | None]
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class PublicationRequest(Base):
    """Asked by one person, to be confirmed by another: holds only while the draft is what it was (`state_sha256`)."""

    __tablename__ = "publication_request"
    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("office_draft.id"), index=True)
    state_sha256: Mapped[Sha256]
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class LinkEdit(Base):
    """A link set by hand: the clauses named correspond, and (unless `also`) stand in no other link. One side empty: new, or removed.

    `revision` is that of the change set it was made on; 0 for a draft. A side is a list of [number, sha256 of the text then]: a clause whose
    number changed is followed by its text. A row with `undoes` takes another one back.
    """

    __tablename__ = "link_edit"
    __table_args__ = (Index("ix_link_edit_standard_version_baseline", "standard", "version", "baseline"),)
    id: Mapped[Key]
    standard: Mapped[Code]
    version: Mapped[Code]
    baseline: Mapped[Code]
    revision: Mapped[int]
    old: Mapped[list[Any]]
    new: Mapped[list[Any]]
    also: Mapped[bool]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("link_edit.id"))
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class LinkConfirmation(Base):
    """A person confirmed a link, or that a clause has no counterpart (or took that back); the newest of a key counts, in every revision."""

    __tablename__ = "link_confirmation"
    __table_args__ = (Index("ix_link_confirmation_standard_version_baseline", "standard", "version", "baseline"),)
    id: Mapped[Key]
    standard: Mapped[Code]
    version: Mapped[Code]
    baseline: Mapped[Code]
    old: Mapped[list[Any]]
    new: Mapped[list[Any]]
    """As in LinkEdit; a confirmation holds only for the very texts."""
    confirmed: Mapped[bool]
    at: Mapped[datetime]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]


class ChangeSetMaking(Base):
    """Who made a revision of a change set, from how many links set by hand. The first revision of most sets has none: the program made it."""

    __tablename__ = "change_set_making"
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"), primary_key=True)
    edits: Mapped[int]
    actor_kind: Mapped[Code]
    actor_id: Mapped[int | None]
