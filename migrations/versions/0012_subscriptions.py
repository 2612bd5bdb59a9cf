"""Subscriptions to news by mail.

Revision ID: 0012
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("(mail is null) = (key is null) and (mail is null) = (ended_at is not null)", name=op.f("ck_subscriber_ended")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("mail", name=op.f("uq_subscriber_mail")),
    )
    op.create_table(
        "subscription_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_look")),
    )
    op.create_table(
        "subscription_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_mail_subscriber_id_subscriber")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_mail")),
    )
    op.create_table(
        "subscription_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("happening", sa.String(length=300), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["mail_id"], ["subscription_mail.id"], name=op.f("fk_subscription_notice_mail_id_subscription_mail")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_notice_subscriber_id_subscriber")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_notice")),
        sa.UniqueConstraint("subscriber_id", "happening", name=op.f("uq_subscription_notice_subscriber_id_happening")),
    )
    op.create_index("ix_subscription_notice_mail_id_due_at", "subscription_notice", ["mail_id", "due_at"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("standard_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("frequency", sa.String(length=64), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.CheckConstraint("frequency in ('at_once', 'daily', 'weekly')", name=op.f("ck_subscription_frequency")),
        sa.CheckConstraint(
            "(consultation_id is not null and standard_id is null and clause_id is null) or (consultation_id is null and standard_id is not null and clause_id is null) or (consultation_id is null and standard_id is null and clause_id is not null)",
            name=op.f("ck_subscription_topic"),
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_subscription_clause_id_clause")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_subscription_consultation_id_consultation")),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_subscription_standard_id_standard")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_subscriber_id_subscriber")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_index(op.f("ix_subscription_clause_id"), "subscription", ["clause_id"], unique=False)
    op.create_index(op.f("ix_subscription_consultation_id"), "subscription", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_subscription_standard_id"), "subscription", ["standard_id"], unique=False)
    op.create_index(op.f("ix_subscription_subscriber_id"), "subscription", ["subscriber_id"], unique=False)
    op.create_table(
        "subscription_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("standard_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("frequency", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("frequency in ('at_once', 'daily', 'weekly')", name=op.f("ck_subscription_request_frequency")),
        sa.CheckConstraint(
            "(consultation_id is not null and standard_id is null and clause_id is null) or (consultation_id is null and standard_id is not null and clause_id is null) or (consultation_id is null and standard_id is null and clause_id is not null)",
            name=op.f("ck_subscription_request_topic"),
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_subscription_request_clause_id_clause")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_subscription_request_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_subscription_request_standard_id_standard")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_subscription_request_subscriber_id_subscriber")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_request")),
        sa.UniqueConstraint("key", name=op.f("uq_subscription_request_key")),
    )
    op.create_index(op.f("ix_subscription_request_expires_at"), "subscription_request", ["expires_at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
