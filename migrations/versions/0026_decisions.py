"""What the committee decides on comments."""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DISPOSITIONS = (
    "('accepted', 'accepted_with_modification', 'partially_accepted', 'not_accepted', 'noted', 'deferred', 'out_of_scope', 'duplicate')"
)


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decision_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_decision_round_id_number")),
    )
    op.create_table(
        "decision_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_reason_decision_id_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_reason")),
        sa.UniqueConstraint("decision_id", "language", name=op.f("uq_decision_reason_decision_id_language")),
    )
    op.create_table(
        "disposition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("disposition", sa.String(length=64), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"disposition in {DISPOSITIONS}", name=op.f("ck_disposition_disposition")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_disposition_comment_id_comment")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_disposition_decision_id_decision")),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["comment.id"], name=op.f("fk_disposition_duplicate_of_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
        sa.UniqueConstraint("comment_id", "number", name=op.f("uq_disposition_comment_id_number")),
    )
    op.create_index(op.f("ix_disposition_decision_id"), "disposition", ["decision_id"])
    for table in ("decision", "decision_reason", "disposition"):
        guard(op.get_bind(), table)
    op.execute(f"alter table comment add column disposition varchar(64) constraint ck_comment_disposition check (disposition in {DISPOSITIONS})")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
