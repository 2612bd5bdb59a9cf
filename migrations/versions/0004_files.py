"""Files made at publication.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("baseline_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('text', 'changes')", name=op.f("ck_version_file_kind")),
        sa.CheckConstraint("format in ('pdf', 'docx', 'md', 'xlsx')", name=op.f("ck_version_file_format")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_version_file_version_id_version")),
        sa.ForeignKeyConstraint(["baseline_id"], ["version.id"], name=op.f("fk_version_file_baseline_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_file")),
        sa.UniqueConstraint(
            "version_id", "language", "kind", "format", "basis", name=op.f("uq_version_file_version_id_language_kind_format_basis")
        ),
    )
    guard(op.get_bind(), "version_file")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
