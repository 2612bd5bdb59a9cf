"""Around the window: reminders of unsent drafts, late links, and that a round was seen closed."""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("closed_seen_at", Instant(), nullable=True))
    op.create_table(
        "reminder",
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("declined_at", Instant(), nullable=True),
        sa.CheckConstraint("(mail is null) = (declined_at is not null)", name=op.f("ck_reminder_declined")),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_reminder_basket_id_basket")),
        sa.PrimaryKeyConstraint("basket_id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_key")),
    )
    op.create_table(
        "reminder_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("kind in ('days_7', 'hours_48', 'hours_6', 'closed')", name=op.f("ck_reminder_mail_kind")),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_reminder_mail_basket_id_basket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_mail")),
        sa.UniqueConstraint("basket_id", "kind", "closes_at", name=op.f("uq_reminder_mail_basket_id_kind_closes_at")),
    )
    op.create_table(
        "late_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("whom", sa.String(length=254), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason in ('our_fault', 'told_late', 'no_access', 'emergency', 'other')", name=op.f("ck_late_link_reason")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_late_link_round_id_round")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_late_link_issued_by_account")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_late_link_confirmed_by_account")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_late_link_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_link")),
        sa.UniqueConstraint("key", name=op.f("uq_late_link_key")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_late_link_submission_id")),
    )
    op.create_index(op.f("ix_late_link_round_id"), "late_link", ["round_id"], unique=False)
    op.create_table(
        "late_basket",
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("late_link_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_late_basket_basket_id_basket")),
        sa.ForeignKeyConstraint(["late_link_id"], ["late_link.id"], name=op.f("fk_late_basket_late_link_id_late_link")),
        sa.PrimaryKeyConstraint("basket_id", name=op.f("pk_late_basket")),
    )
    op.create_index(op.f("ix_late_basket_late_link_id"), "late_basket", ["late_link_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
