"""Questions of a round and their answers; answers to comments that ask.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ERASABLE = {
    "answer": (("id", "submission_id", "question_id", "number", "at"), "said"),
    "reply": (("id", "comment_id", "language", "number", "state", "actor_kind", "actor_id", "at"), "text"),
}
"""Table -> columns that stay as they are, and the one that may be erased."""


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind in ('single', 'multiple', 'scale', 'text')", name=op.f("ck_question_kind")),
        sa.CheckConstraint("clause_id is null or version_id is not null", name=op.f("ck_question_place")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_question_round_id_round")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_question_version_id_version")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_question_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_question_round_id_code")),
    )
    op.create_index("ix_question_round_id", "question", ["round_id"])
    op.create_table(
        "basket_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_basket_answer_basket_id_basket")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_basket_answer_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket_answer")),
        sa.UniqueConstraint("basket_id", "question_id", name=op.f("uq_basket_answer_basket_id_question_id")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_answer_submission_id_submission")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("submission_id", "question_id", "number", name=op.f("uq_answer_submission_id_question_id_number")),
    )
    op.create_index("ix_answer_question_id", "answer", ["question_id"])
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("state in ('machine', 'checked', 'official')", name=op.f("ck_reply_state")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_reply_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("comment_id", "language", "number", name=op.f("uq_reply_comment_id_language_number")),
    )
    for table, (fixed, erasable) in ERASABLE.items():
        _guard_but_erasure(table, fixed, erasable)


def _guard_but_erasure(table: str, fixed: tuple[str, ...], erasable: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    same = "is" if sqlite else "is not distinct from"
    kept = " and ".join(f'new."{column}" {same} old."{column}"' for column in fixed)
    condition = f'not ({kept} and (new."{erasable}" is null or new."{erasable}" {same} old."{erasable}"))'
    if sqlite:
        op.execute(f"create trigger {table}_no_update before update on {table} when {condition} begin select raise(abort, 'append-only'); end")
        op.execute(f"create trigger {table}_no_delete before delete on {table} begin select raise(abort, 'append-only'); end")
        return
    op.execute(f"create trigger {table}_append_only before update on {table} for each row when ({condition}) execute function append_only()")
    op.execute(f"create trigger {table}_no_delete before delete on {table} for each row execute function append_only()")
    op.execute(f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function append_only()")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
