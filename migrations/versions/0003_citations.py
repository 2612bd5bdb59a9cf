"""Citations between clauses and uses of defined terms.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "defined_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_text_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["clause_text_id"], ["clause_text.id"], name=op.f("fk_defined_term_clause_text_id_clause_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defined_term")),
        sa.UniqueConstraint("clause_text_id", "position", name=op.f("uq_defined_term_clause_text_id_position")),
    )
    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_text_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("standard", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind in ('clause', 'term')", name=op.f("ck_citation_kind")),
        sa.ForeignKeyConstraint(["clause_text_id"], ["clause_text.id"], name=op.f("fk_citation_clause_text_id_clause_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint(
            "clause_text_id", "kind", "standard", "number", "version", "position",
            name=op.f("uq_citation_clause_text_id_kind_standard_number_version_position"),
        ),
    )  # fmt: skip
    op.create_index("ix_citation_standard_number", "citation", ["standard", "number"])
    op.create_table(
        "citation_index",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("last_text", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_citation_index_version_id_version")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_citation_index")),
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
