"""Files that came in with comments in them, what was understood of them, and their rows.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OWNERS = "'basket', 'account'"
MEDIA = "'xlsx', 'ods', 'docx', 'csv', 'xls', 'et', 'wps', 'doc', 'odt', 'rtf', 'pdf', 'picture', 'numbers', 'pages', 'archive', 'other'"


def upgrade() -> None:
    op.create_table(
        "received_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("owner_kind", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("arrived_at", Instant(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"owner_kind in ({OWNERS})", name=op.f("ck_received_file_owner_kind")),
        sa.CheckConstraint(f"media in ({MEDIA})", name=op.f("ck_received_file_media")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_received_file_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_file")),
        sa.UniqueConstraint("reference", name=op.f("uq_received_file_reference")),
        sa.UniqueConstraint("key", name=op.f("uq_received_file_key")),
    )
    op.create_index("ix_received_file_round_id_digest", "received_file", ["round_id", "digest"])
    op.create_index("ix_received_file_owner", "received_file", ["owner_kind", "owner_id"])
    op.create_table(
        "file_reading",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("tables_left", sa.JSON(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("typed_in_as", sa.JSON(), nullable=False),
        sa.Column("forgotten_at", Instant(), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'read', 'unreadable', 'typed_in')", name=op.f("ck_file_reading_state")),
        sa.ForeignKeyConstraint(["file_id"], ["received_file.id"], name=op.f("fk_file_reading_file_id_received_file")),
        sa.ForeignKeyConstraint(["earlier_id"], ["received_file.id"], name=op.f("fk_file_reading_earlier_id_received_file")),
        sa.ForeignKeyConstraint(["settled_by"], ["account.id"], name=op.f("fk_file_reading_settled_by_account")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_reading")),
    )
    op.create_index("ix_file_reading_earlier_id", "file_reading", ["earlier_id"])
    op.create_table(
        "received_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("number_said", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("standard", sa.String(length=64), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("baseline", sa.String(length=64), nullable=True),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("position", sa.String(length=64), nullable=True),
        sa.Column("type", sa.String(length=64), nullable=True),
        sa.Column("element", sa.String(), nullable=True),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'taken', 'left_out', 'same')", name=op.f("ck_received_row_state")),
        sa.ForeignKeyConstraint(["file_id"], ["received_file.id"], name=op.f("fk_received_row_file_id_received_file")),
        sa.ForeignKeyConstraint(["draft_id"], ["basket_comment.id"], name=op.f("fk_received_row_draft_id_basket_comment")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_received_row_comment_id_comment")),
        sa.ForeignKeyConstraint(["earlier_id"], ["received_row.id"], name=op.f("fk_received_row_earlier_id_received_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_row")),
    )
    op.create_index("ix_received_row_file_id", "received_row", ["file_id", "place"])
    op.create_index("ix_received_row_draft_id", "received_row", ["draft_id"])
    op.create_index("ix_received_row_comment_id", "received_row", ["comment_id"])
    op.create_index("ix_received_row_earlier_id", "received_row", ["earlier_id"])
    guard(op.get_bind(), "received_file")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
