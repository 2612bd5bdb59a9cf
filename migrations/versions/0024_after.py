"""Answers handed in without a comment; a revision that changes everything about a comment: position, type, further clauses, files."""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATES = "('pending', 'cleared', 'held', 'withheld', 'withdrawn', 'erased')"
REASONS = "('abuse', 'off_topic', 'spam', 'illegal', 'own_duplicate', 'third_party_data', 'confidential_information', 'disowned')"
POSITIONS = "('support', 'support_with_changes', 'neutral', 'oppose', 'question')"
FIXED = ("id", "comment_id", "number", "whole", "position", "type", "at")
ERASABLE = ("text", "rationale", "proposed", "evidence")
"""Of comment_revision."""


def upgrade() -> None:
    _answers_without_a_comment()
    _revisions()
    _further_clauses()
    op.add_column("attachment", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("attachment", sa.Column("gone_revision", sa.Integer(), nullable=True))


def _answers_without_a_comment() -> None:
    op.create_table(
        "answer_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.CheckConstraint(f"state in {STATES}", name=op.f("ck_answer_sheet_state")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_answer_sheet_submission_id_submission")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_answer_sheet_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheet")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_answer_sheet_submission_id")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_answer_sheet_round_id_number")),
    )
    op.create_table(
        "answer_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(f"before in {STATES}", name=op.f("ck_answer_step_before")),
        sa.CheckConstraint(f"after in {STATES}", name=op.f("ck_answer_step_after")),
        sa.CheckConstraint(f"reason in {REASONS}", name=op.f("ck_answer_step_reason")),
        sa.CheckConstraint("after != 'withheld' or reason is not null", name=op.f("ck_answer_step_withheld_reason")),
        sa.ForeignKeyConstraint(["sheet_id"], ["answer_sheet.id"], name=op.f("fk_answer_step_sheet_id_answer_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_step")),
    )
    op.create_index(op.f("ix_answer_step_sheet_id"), "answer_step", ["sheet_id"])
    guard(op.get_bind(), "answer_step")


def _revisions() -> None:
    """Each revision says position and type as well; those of before said what their comment says. Then the guard again, with the new columns."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(
        f"alter table comment_revision add column position varchar(64) constraint ck_comment_revision_position check (position in {POSITIONS})"
    )
    op.add_column("comment_revision", sa.Column("type", sa.String(length=64), nullable=True))
    op.execute("drop trigger comment_revision_no_update" if sqlite else "drop trigger comment_revision_append_only on comment_revision")
    op.execute(
        "update comment_revision set position = (select position from comment where comment.id = comment_revision.comment_id), "
        "type = (select type from comment where comment.id = comment_revision.comment_id)"
    )
    same = "is" if sqlite else "is not distinct from"
    kept = " and ".join(f'new."{column}" {same} old."{column}"' for column in FIXED)
    erased = " and ".join(f'(new."{column}" is null or new."{column}" {same} old."{column}")' for column in ERASABLE)
    op.execute(
        "create trigger comment_revision_no_update before update on comment_revision "
        f"when not ({kept} and {erased}) begin select raise(abort, 'append-only'); end"
        if sqlite
        else "create trigger comment_revision_append_only before update on comment_revision "
        f"for each row when (not ({kept} and {erased})) execute function append_only()"
    )


def _further_clauses() -> None:
    """Each revision names its own; the later ones of before named those of the first."""
    with op.batch_alter_table("comment_clause") as table:
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint(op.f("uq_comment_clause_comment_id_clause_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_comment_clause_comment_id_revision_clause_id"), ["comment_id", "revision", "clause_id"])
    if op.get_bind().dialect.name == "sqlite":  # the table was made anew, without its guard
        guard(op.get_bind(), "comment_clause")
    op.execute(
        "insert into comment_clause (comment_id, clause_id, revision) "
        "select named.comment_id, named.clause_id, said.number from comment_clause named "
        "join comment_revision said on said.comment_id = named.comment_id and said.number > 1 order by named.id"
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
