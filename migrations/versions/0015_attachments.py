"""Files beside comments.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("stripped_sha256", sa.String(length=64), nullable=True),
        sa.Column("stripped_size", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(length=64), nullable=False),
        sa.Column("scan", sa.String(length=64), nullable=False),
        sa.Column("scanned_at", Instant(), nullable=True),
        sa.Column("withheld", sa.String(length=64), nullable=True),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "type in ('pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'png', 'jpeg', 'webp', 'txt', 'csv')", name=op.f("ck_attachment_type")
        ),
        sa.CheckConstraint("audience in ('public', 'committee', 'secretariat')", name=op.f("ck_attachment_audience")),
        sa.CheckConstraint("scan in ('not_scanned', 'pending', 'clean', 'refused')", name=op.f("ck_attachment_scan")),
        sa.CheckConstraint(
            "withheld in ('abuse', 'off_topic', 'spam', 'illegal', 'own_duplicate', 'third_party_data', 'confidential_information', 'disowned')",
            name=op.f("ck_attachment_withheld"),
        ),
        sa.CheckConstraint("(label is null) = (sha256 is null)", name=op.f("ck_attachment_erased_whole")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_attachment_round_id_round")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_attachment_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("form_key", "number", name=op.f("uq_attachment_form_key_number")),
    )
    op.create_index("ix_attachment_round_id", "attachment", ["round_id"])
    op.create_index("ix_attachment_comment_id", "attachment", ["comment_id"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])
    op.create_index("ix_attachment_stripped_sha256", "attachment", ["stripped_sha256"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
