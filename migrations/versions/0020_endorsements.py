"""Endorsements of published comments, their moderation, and which comments repeat another.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATES = "'pending', 'cleared', 'held', 'withheld', 'withdrawn', 'erased'"
REASONS = "'abuse', 'off_topic', 'spam', 'illegal', 'own_duplicate', 'third_party_data', 'confidential_information', 'disowned'"


def upgrade() -> None:
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nuance", sa.String(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("nuance_reason", sa.String(length=64), nullable=True),
        sa.Column("person_sha256", sa.String(length=64), nullable=True),
        sa.Column("basket_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(f"state in ({STATES})", name=op.f("ck_endorsement_state")),
        sa.CheckConstraint(f"nuance_reason in ({REASONS})", name=op.f("ck_endorsement_nuance_reason")),
        sa.CheckConstraint("state != 'erased' or nuance is null", name=op.f("ck_endorsement_erased")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_endorsement_comment_id_comment")),
        sa.ForeignKeyConstraint(["revision_id"], ["comment_revision.id"], name=op.f("fk_endorsement_revision_id_comment_revision")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_endorsement_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint("comment_id", "number", name=op.f("uq_endorsement_comment_id_number")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_endorsement_submission_id")),
    )
    op.create_index("ix_endorsement_comment_id_person_sha256", "endorsement", ["comment_id", "person_sha256"])
    op.create_index("ix_endorsement_comment_id_basket_sha256", "endorsement", ["comment_id", "basket_sha256"])
    op.create_index(op.f("ix_endorsement_state"), "endorsement", ["state"])
    op.create_table(
        "endorsement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("endorsement_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(f"before in ({STATES})", name=op.f("ck_endorsement_step_before")),
        sa.CheckConstraint(f"after in ({STATES})", name=op.f("ck_endorsement_step_after")),
        sa.CheckConstraint(f"reason in ({REASONS})", name=op.f("ck_endorsement_step_reason")),
        sa.CheckConstraint("after != 'withheld' or reason is not null", name=op.f("ck_endorsement_step_withheld_reason")),
        sa.ForeignKeyConstraint(["endorsement_id"], ["endorsement.id"], name=op.f("fk_endorsement_step_endorsement_id_endorsement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement_step")),
    )
    op.create_index(op.f("ix_endorsement_step_endorsement_id"), "endorsement_step", ["endorsement_id"])
    guard(op.get_bind(), "endorsement_step")
    op.create_table(
        "comment_likeness",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("gist_sha256", sa.String(length=64), nullable=True),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.CheckConstraint("kind in ('identical', 'near')", name=op.f("ck_comment_likeness_kind")),
        sa.CheckConstraint("(head_id is null) = (kind is null)", name=op.f("ck_comment_likeness_head")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_likeness_comment_id_comment")),
        sa.ForeignKeyConstraint(["head_id"], ["comment.id"], name=op.f("fk_comment_likeness_head_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_likeness")),
    )
    op.create_index(op.f("ix_comment_likeness_gist_sha256"), "comment_likeness", ["gist_sha256"])
    op.create_index(op.f("ix_comment_likeness_head_id"), "comment_likeness", ["head_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
