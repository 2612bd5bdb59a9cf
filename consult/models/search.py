"""What is searched: one row per clause text that stands, and per comment the public may read."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from consult.extensions import Base
from consult.models.columns import Code, Key, Language, one_of


class SearchEntry(Base):
    """`owner_id`: of a clause (with the language of its text) or of a comment. `tokens` as `core.search.tokens` gives them, between spaces.

    The database keeps its own index of the tokens: an FTS5 table with triggers on SQLite, a GIN index on PostgreSQL (migration 0008).
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "owner_id", "language"),
        Index("ix_search_entry_kind_owner_id", "kind", "owner_id"),
        one_of("kind", ("clause", "comment")),
    )
    id: Mapped[Key]
    kind: Mapped[Code]
    owner_id: Mapped[int]
    language: Mapped[Language]
    tokens: Mapped[str]
