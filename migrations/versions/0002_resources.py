"""Documents beside the drafts: highlights paper, webinar, other pages of a consultation.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind in ('paper', 'webinar', 'page')", name=op.f("ck_resource_kind")),
        sa.CheckConstraint("(at is null) = (zone is null)", name=op.f("ck_resource_zone")),
        sa.CheckConstraint("minutes is null or (minutes > 0 and at is not null)", name=op.f("ck_resource_minutes")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_resource_consultation_id_consultation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("consultation_id", "name", name=op.f("uq_resource_consultation_id_name")),
        sa.UniqueConstraint("consultation_id", "position", name=op.f("uq_resource_consultation_id_position")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
