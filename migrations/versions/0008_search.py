"""Search entries.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ON_SQLITE = (
    "create virtual table search_index using fts5(tokens, content='search_entry', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '.-'\")",
    "create trigger search_entry_added after insert on search_entry begin "
    "insert into search_index(rowid, tokens) values (new.id, new.tokens); end",
    "create trigger search_entry_gone after delete on search_entry begin "
    "insert into search_index(search_index, rowid, tokens) values ('delete', old.id, old.tokens); end",
    "create trigger search_entry_changed after update on search_entry begin "
    "insert into search_index(search_index, rowid, tokens) values ('delete', old.id, old.tokens); "
    "insert into search_index(rowid, tokens) values (new.id, new.tokens); end",
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("tokens", sa.String(), nullable=False),
        sa.CheckConstraint("kind in ('clause', 'comment')", name=op.f("ck_search_entry_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "owner_id", "language", name=op.f("uq_search_entry_kind_owner_id_language")),
    )
    op.create_index("ix_search_entry_kind_owner_id", "search_entry", ["kind", "owner_id"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in ON_SQLITE:
            op.execute(statement)
    else:
        op.execute("create index search_index on search_entry using gin (array_to_tsvector(string_to_array(tokens, ' ')))")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
