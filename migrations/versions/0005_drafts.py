"""Drafts in the office, before publication, and links set by hand.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "office_draft", "draft_file", "draft_import", "passage_decision", "publication_request", "link_edit", "link_confirmation",
    "change_set_making",
)


def _made() -> tuple[sa.Column, ...]:
    return (
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
    )


def _pair() -> tuple[sa.Column, ...]:
    return tuple(sa.Column(name, sa.String(length=64), nullable=False) for name in ("standard", "version", "baseline"))


def upgrade() -> None:
    op.create_table(
        "office_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("prevails", sa.String(length=35), nullable=False),
        sa.Column("baselines", sa.JSON(), nullable=False),
        *_made(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_draft")),
        sa.UniqueConstraint("standard", "version", name=op.f("uq_office_draft_standard_version")),
    )
    op.create_table(
        "draft_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_draft_file")),
    )
    op.create_table(
        "draft_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=35), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("tracked", sa.String(length=64), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        *_made(),
        sa.CheckConstraint("source in ('markdown', 'word', 'yaml')", name=op.f("ck_draft_import_source")),
        sa.ForeignKeyConstraint(["draft_id"], ["office_draft.id"], name=op.f("fk_draft_import_draft_id_office_draft")),
        sa.ForeignKeyConstraint(["sha256"], ["draft_file.sha256"], name=op.f("fk_draft_import_sha256_draft_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_import")),
    )
    op.create_index("ix_draft_import_draft_id_part", "draft_import", ["draft_id", "part"])
    op.create_table(
        "passage_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=35), nullable=False),
        sa.Column("passage", sa.String(length=64), nullable=False),
        sa.Column("choice", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        *_made(),
        sa.CheckConstraint("choice in ('clause', 'heading', 'text', 'left_out')", name=op.f("ck_passage_decision_choice")),
        sa.ForeignKeyConstraint(["draft_id"], ["office_draft.id"], name=op.f("fk_passage_decision_draft_id_office_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_decision")),
    )
    op.create_index("ix_passage_decision_draft_id_part", "passage_decision", ["draft_id", "part"])
    op.create_table(
        "publication_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("state_sha256", sa.String(length=64), nullable=False),
        *_made(),
        sa.ForeignKeyConstraint(["draft_id"], ["office_draft.id"], name=op.f("fk_publication_request_draft_id_office_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_request")),
    )
    op.create_index(op.f("ix_publication_request_draft_id"), "publication_request", ["draft_id"])
    op.create_table(
        "link_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        *_pair(),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("also", sa.Boolean(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        *_made(),
        sa.ForeignKeyConstraint(["undoes"], ["link_edit.id"], name=op.f("fk_link_edit_undoes_link_edit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_edit")),
    )
    op.create_index("ix_link_edit_standard_version_baseline", "link_edit", ["standard", "version", "baseline"])
    op.create_table(
        "link_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        *_pair(),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        *_made(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_confirmation")),
    )
    op.create_index("ix_link_confirmation_standard_version_baseline", "link_confirmation", ["standard", "version", "baseline"])
    op.create_table(
        "change_set_making",
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("actor_kind", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], name=op.f("fk_change_set_making_change_set_id_change_set")),
        sa.PrimaryKeyConstraint("change_set_id", name=op.f("pk_change_set_making")),
    )
    for table in APPEND_ONLY:
        guard(op.get_bind(), table)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
