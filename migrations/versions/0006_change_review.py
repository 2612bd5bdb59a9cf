"""Candidates, possible links and what people said of a change.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from consult.schema import guard

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = ("change_set_trust", "change_candidate", "possible_link", "contradicted_link")


def _clause(table: str, column: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column(column, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint([column], ["clause.id"], name=op.f(f"fk_{table}_{column}_clause")),
    )


def _set(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f(f"fk_{table}_change_set_id_change_set")),
    )


def upgrade() -> None:
    op.create_table(
        "change_set_trust",
        *_set("change_set_trust"),
        sa.Column("numbers", sa.Double(), nullable=False),
        sa.Column("expected_f1", sa.Double(), nullable=False),
        sa.Column("strangers", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("change_set_id", name=op.f("pk_change_set_trust")),
    )
    op.create_table(
        "change_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        *_set("change_candidate"),
        *_clause("change_candidate", "clause_id"),
        *_clause("change_candidate", "candidate_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_candidate")),
        sa.UniqueConstraint("change_set_id", "clause_id", "position", name=op.f("uq_change_candidate_change_set_id_clause_id_position")),
    )
    op.create_table(
        "possible_link",
        sa.Column("id", sa.Integer(), nullable=False),
        *_set("possible_link"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        *_clause("possible_link", "old_id"),
        *_clause("possible_link", "new_id"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.CheckConstraint("kind in ('split', 'merged', 'link')", name=op.f("ck_possible_link_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_possible_link")),
        sa.UniqueConstraint("change_set_id", "position", name=op.f("uq_possible_link_change_set_id_position")),
    )
    op.create_table(
        "contradicted_link",
        sa.Column("id", sa.Integer(), nullable=False),
        *_set("contradicted_link"),
        *_clause("contradicted_link", "new_id"),
        *_clause("contradicted_link", "old_id"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("recorded_score", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradicted_link")),
    )
    op.create_index("ix_contradicted_link_change_set_id", "contradicted_link", ["change_set_id"])
    for table in APPEND_ONLY:
        guard(op.get_bind(), table)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
