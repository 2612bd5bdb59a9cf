"""What a change means for those it binds: the program's suggestion, and what the secretariat made of it. Rows are added; the newest counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, one_of


class ChangeMeaning(Base):
    __tablename__ = "change_meaning"
    __table_args__ = (one_of("state", ("suggested", "confirmed")),)
    id: Mapped[Key]
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    state: Mapped[Code]
    labels: Mapped[list[str]]
    signs: Mapped[list[Any]]
    """`[[kind, direction, language, old, new, where], …]` of the suggestion; kept by those who confirm or change its labels."""
    rules: Mapped[int]
    note: Mapped[str | None]
    """Of the person who confirmed or changed it; for staff."""
    actor_kind: Mapped[Code | None]
    """Who confirmed it; nobody for a suggestion."""
    actor_id: Mapped[int | None]
    at: Mapped[datetime]
