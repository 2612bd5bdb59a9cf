"""Figures of versions and drafts.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(version_id is null) != (draft_id is null)", name=op.f("ck_figure_owner")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_figure_version_id_version")),
        sa.ForeignKeyConstraint(["draft_id"], ["office_draft.id"], name=op.f("fk_figure_draft_id_office_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("version_id", "path", name=op.f("uq_figure_version_id_path")),
        sa.UniqueConstraint("draft_id", "path", name=op.f("uq_figure_draft_id_path")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
