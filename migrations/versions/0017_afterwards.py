"""After the receipt: confirmation of the mail address, revisions and what was judged of them, a narrower choice, submissions added later."""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

REASONS = "('abuse', 'off_topic', 'spam', 'illegal', 'own_duplicate', 'third_party_data', 'confidential_information', 'disowned')"
CHOICES = "('named', 'organisation', 'class', 'confidential')"
RANK = "case {side}.publication_choice when 'named' then 0 when 'organisation' then 1 when 'class' then 2 else 3 end"


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("disowned_at", Instant(), nullable=True),
        sa.Column("replaced_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_confirmation_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("key", name=op.f("uq_confirmation_key")),
    )
    op.create_index(op.f("ix_confirmation_submission_id"), "confirmation", ["submission_id"], unique=False)
    op.create_table(
        "revision_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("verdict in ('cleared', 'refused')", name=op.f("ck_revision_step_verdict")),
        sa.CheckConstraint(f"reason in {REASONS}", name=op.f("ck_revision_step_reason")),
        sa.CheckConstraint("(verdict = 'refused') = (reason is not null)", name=op.f("ck_revision_step_refused_reason")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_revision_step_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_step")),
    )
    op.create_index(op.f("ix_revision_step_comment_id"), "revision_step", ["comment_id"], unique=False)
    op.create_table(
        "choice_narrowing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(f"before in {CHOICES}", name=op.f("ck_choice_narrowing_before")),
        sa.CheckConstraint(f"after in {CHOICES}", name=op.f("ck_choice_narrowing_after")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_choice_narrowing_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_narrowing")),
    )
    op.create_index(op.f("ix_choice_narrowing_submission_id"), "choice_narrowing", ["submission_id"], unique=False)
    _columns()
    _what_was_decided()
    for table in ("revision_step", "choice_narrowing"):
        guard(op.get_bind(), table)
    _only_narrower()


def _columns() -> None:
    op.add_column("comment", sa.Column("newest_revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("comment", sa.Column("judged_revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("comment", sa.Column("cleared_revision", sa.Integer(), nullable=True))
    op.add_column("submission", sa.Column("secret_turn", sa.Integer(), nullable=False, server_default="0"))
    for table, column, other in (
        ("submission", "added_to_id", "submission"),
        ("basket", "adds_to_id", "submission"),
        ("outbox", "submission_id", "submission"),
    ):  # both databases take a foreign key with the column, and neither has to copy the table for it
        op.execute(f'alter table "{table}" add column {column} integer constraint fk_{table}_{column}_{other} references {other} (id)')
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _what_was_decided() -> None:
    """Comments of before have one revision, and what was decided was decided on that."""
    op.execute("update comment set judged_revision = 1 where state != 'pending'")
    op.execute(
        "update comment set cleared_revision = 1 where state = 'cleared' or id in (select comment_id from moderation_step where after = 'cleared')"
    )


def _only_narrower() -> None:
    """A person's name and organisation can be erased and not changed; what may be published of a submission can only become less."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    differs = "is not" if sqlite else "is distinct from"
    wrong = {
        "party": " or ".join(f"(new.{column} is not null and new.{column} {differs} old.{column})" for column in ("name", "organisation")),
        "submission": f"{RANK.format(side='new')} < {RANK.format(side='old')}",
    }
    for table, condition in wrong.items():
        if sqlite:
            op.execute(
                f"create trigger {table}_only_narrower before update on {table} when {condition} begin select raise(abort, 'append-only'); end"
            )
        else:
            op.execute(
                f"create trigger {table}_only_narrower before update on {table} for each row when ({condition}) execute function append_only()"
            )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
