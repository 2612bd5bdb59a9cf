"""Drafts of comments on the server.

Revision ID: 0010
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "basket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_basket_round_id_round")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_basket_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket")),
        sa.UniqueConstraint("token_sha256", "round_id", name=op.f("uq_basket_token_sha256_round_id")),
        sa.UniqueConstraint("code_sha256", "round_id", name=op.f("uq_basket_code_sha256_round_id")),
    )
    op.create_index("ix_basket_round_id", "basket", ["round_id"])
    op.create_index("ix_basket_submission_id", "basket", ["submission_id"])
    op.create_table(
        "basket_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("clause_text_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("type", sa.String(length=64), nullable=True),
        sa.Column("position", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("publication_choice", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("target in ('process', 'document', 'clause', 'new', 'removed')", name=op.f("ck_basket_comment_target")),
        sa.CheckConstraint(
            "position in ('support', 'support_with_changes', 'neutral', 'oppose', 'question')", name=op.f("ck_basket_comment_position")
        ),
        sa.CheckConstraint("type in ('general', 'technical', 'editorial', 'translation')", name=op.f("ck_basket_comment_type")),
        sa.CheckConstraint(
            "publication_choice in ('named', 'organisation', 'class', 'confidential')", name=op.f("ck_basket_comment_publication_choice")
        ),
        sa.CheckConstraint("(target = 'process') = (version_id is null)", name=op.f("ck_basket_comment_target_version")),
        sa.CheckConstraint("target not in ('clause', 'removed') or clause_id is not null", name=op.f("ck_basket_comment_target_clause")),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_basket_comment_basket_id_basket")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_basket_comment_version_id_version")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_basket_comment_clause_id_clause")),
        sa.ForeignKeyConstraint(["clause_text_id"], ["clause_text.id"], name=op.f("fk_basket_comment_clause_text_id_clause_text")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_basket_comment_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket_comment")),
        sa.UniqueConstraint("key", name=op.f("uq_basket_comment_key")),
    )
    op.create_index("ix_basket_comment_basket_id", "basket_comment", ["basket_id"])
    op.create_index("ix_basket_comment_comment_id", "basket_comment", ["comment_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
