"""rooms of organisations, and what a submission says of their members"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "submission_members",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=64), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.CheckConstraint("statement in ('named', 'counted', 'not_stated')", name=op.f("ck_submission_members_statement")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_submission_members_submission_id_submission")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_members")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("invite_seed", sa.String(length=64), nullable=False),
        sa.Column("invite_sha256", sa.String(), nullable=True),
        sa.Column("inner_deadline", Instant(), nullable=True),
        sa.Column("statement", sa.String(length=64), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.CheckConstraint("statement in ('named', 'counted', 'not_stated')", name=op.f("ck_room_statement")),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_room_basket_id_basket")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_room_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("address", name=op.f("uq_room_address")),
        sa.UniqueConstraint("basket_id", name=op.f("uq_room_basket_id")),
        sa.UniqueConstraint("invite_sha256", name=op.f("uq_room_invite_sha256")),
        sa.UniqueConstraint("key", name=op.f("uq_room_key")),
    )
    op.create_index(op.f("ix_room_round_id"), "room", ["round_id"], unique=False)
    op.create_table(
        "comment_members",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_members_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_members")),
    )
    op.create_table(
        "minority_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_minority_view_comment_id_comment")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_minority_view_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minority_view")),
    )
    op.create_index(op.f("ix_minority_view_comment_id"), "minority_view", ["comment_id"], unique=False)
    op.create_index(op.f("ix_minority_view_submission_id"), "minority_view", ["submission_id"], unique=False)
    op.create_table(
        "room_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("link_sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("nameable", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.CheckConstraint("role in ('coordinator', 'member')", name=op.f("ck_room_member_role")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_member_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_member")),
        sa.UniqueConstraint("key", name=op.f("uq_room_member_key")),
        sa.UniqueConstraint("link_sha256", name=op.f("uq_room_member_link_sha256")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_room_member_token_sha256")),
    )
    op.create_index(op.f("ix_room_member_room_id"), "room_member", ["room_id"], unique=False)
    op.create_table(
        "room_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("of_member", sa.String(), nullable=False),
        sa.Column("nameable", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("read_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["room_member.id"], name=op.f("fk_room_file_member_id_room_member")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_file_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_file")),
        sa.UniqueConstraint("room_id", "sha256", name=op.f("uq_room_file_room_id_sha256")),
    )
    op.create_table(
        "room_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("basket_comment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("merged_into_id != id", name=op.f("ck_room_comment_merged_into_other")),
        sa.ForeignKeyConstraint(
            ["basket_comment_id"], ["basket_comment.id"], name=op.f("fk_room_comment_basket_comment_id_basket_comment")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["room_file.id"], name=op.f("fk_room_comment_file_id_room_file")),
        sa.ForeignKeyConstraint(["member_id"], ["room_member.id"], name=op.f("fk_room_comment_member_id_room_member")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["room_comment.id"], name=op.f("fk_room_comment_merged_into_id_room_comment")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_room_comment_room_id_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_comment")),
        sa.UniqueConstraint("basket_comment_id", name=op.f("uq_room_comment_basket_comment_id")),
    )
    op.create_index(op.f("ix_room_comment_file_id"), "room_comment", ["file_id"], unique=False)
    op.create_index(op.f("ix_room_comment_member_id"), "room_comment", ["member_id"], unique=False)
    op.create_index(op.f("ix_room_comment_merged_into_id"), "room_comment", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_room_comment_room_id"), "room_comment", ["room_id"], unique=False)
    op.create_table(
        "room_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("room_comment_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=64), nullable=False),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("answer in ('agree', 'disagree')", name=op.f("ck_room_answer_answer")),
        sa.ForeignKeyConstraint(["member_id"], ["room_member.id"], name=op.f("fk_room_answer_member_id_room_member")),
        sa.ForeignKeyConstraint(["room_comment_id"], ["room_comment.id"], name=op.f("fk_room_answer_room_comment_id_room_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_answer")),
        sa.UniqueConstraint("member_id", "room_comment_id", name=op.f("uq_room_answer_member_id_room_comment_id")),
    )
    op.create_index(op.f("ix_room_answer_room_comment_id"), "room_answer", ["room_comment_id"], unique=False)
    op.create_table(
        "room_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("number_said", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("position", sa.String(length=64), nullable=True),
        sa.Column("type", sa.String(length=64), nullable=True),
        sa.Column("room_comment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "position in ('support', 'support_with_changes', 'neutral', 'oppose', 'question')", name=op.f("ck_room_row_position")
        ),
        sa.CheckConstraint("type in ('general', 'technical', 'editorial', 'translation')", name=op.f("ck_room_row_type")),
        sa.ForeignKeyConstraint(["file_id"], ["room_file.id"], name=op.f("fk_room_row_file_id_room_file")),
        sa.ForeignKeyConstraint(["room_comment_id"], ["room_comment.id"], name=op.f("fk_room_row_room_comment_id_room_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_row")),
        sa.UniqueConstraint("room_comment_id", name=op.f("uq_room_row_room_comment_id")),
    )
    op.create_index(op.f("ix_room_row_file_id"), "room_row", ["file_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
