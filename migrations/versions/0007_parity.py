"""What changes mean, parity findings that people let stand, and corrections that wait for a second person.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("change_meaning", "parity_acknowledgement", "correction_request")


def upgrade() -> None:
    op.create_table(
        "change_meaning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("actor_kind", sa.String(length=64), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("state in ('suggested', 'confirmed')", name=op.f("ck_change_meaning_state")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_meaning_change_id_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_meaning")),
    )
    op.create_index("ix_change_meaning_change_id", "change_meaning", ["change_id"])
    op.create_table(
        "parity_acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("prevailing_sha256", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_parity_acknowledgement_version_id_version")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_parity_acknowledgement_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parity_acknowledgement")),
    )
    op.create_index("ix_parity_acknowledgement_version_id_language", "parity_acknowledgement", ["version_id", "language"])
    op.create_table(
        "correction_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seen_sha256", sa.String(length=64), nullable=False),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_correction_request_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
    )
    op.create_index("ix_correction_request_clause_id_language", "correction_request", ["clause_id", "language"])
    for table in APPEND_ONLY:
        guard(op.get_bind(), table)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
