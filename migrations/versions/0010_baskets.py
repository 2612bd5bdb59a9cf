"""Drafts of comments on the server, anchors, attachments.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant
from consult.schema import guard

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FIXED = ("id", "comment_id", "number", "at")
ERASABLE = ("text", "rationale", "proposed")
JSON = ("evidence",)
"""Of comment_revision; PostgreSQL compares its type json as text only."""


def upgrade() -> None:
    op.add_column("comment", sa.Column("anchor", sa.JSON(), nullable=True))
    op.add_column("comment_revision", sa.Column("evidence", sa.JSON(), nullable=True))
    _guard_revisions_again()
    op.create_table(
        "comment_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_clause_comment_id_comment")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_comment_clause_clause_id_clause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_clause")),
        sa.UniqueConstraint("comment_id", "clause_id", name=op.f("uq_comment_clause_comment_id_clause_id")),
    )
    op.create_index("ix_comment_clause_clause_id", "comment_clause", ["clause_id"])
    guard(op.get_bind(), "comment_clause")
    _attachments()
    _baskets()


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stripped_sha256", sa.String(length=64), nullable=True),
        sa.Column("scan_state", sa.String(length=64), nullable=False),
        sa.Column("visibility", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.CheckConstraint("scan_state in ('waiting', 'clean', 'suspect')", name=op.f("ck_attachment_scan_state")),
        sa.CheckConstraint("visibility in ('secretariat', 'committee', 'public')", name=op.f("ck_attachment_visibility")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_attachment_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("key", name=op.f("uq_attachment_key")),
    )
    op.create_index("ix_attachment_comment_id", "attachment", ["comment_id"])


def _baskets() -> None:
    op.create_table(
        "basket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("reminders_declined", sa.Boolean(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_basket_round_id_round")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_basket_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket")),
        sa.UniqueConstraint("token_sha256", "round_id", name=op.f("uq_basket_token_sha256_round_id")),
        sa.UniqueConstraint("code_sha256", "round_id", name=op.f("uq_basket_code_sha256_round_id")),
    )
    op.create_index("ix_basket_round_id", "basket", ["round_id"])
    op.create_index("ix_basket_submission_id", "basket", ["submission_id"])
    op.create_table(
        "basket_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("clause_text_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("type", sa.String(length=64), nullable=True),
        sa.Column("position", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("publication_choice", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("target in ('process', 'document', 'clause', 'new', 'removed')", name=op.f("ck_basket_comment_target")),
        sa.CheckConstraint(
            "position in ('support', 'support_with_changes', 'neutral', 'oppose', 'question')", name=op.f("ck_basket_comment_position")
        ),
        sa.CheckConstraint("type in ('general', 'technical', 'editorial', 'translation')", name=op.f("ck_basket_comment_type")),
        sa.CheckConstraint(
            "publication_choice in ('named', 'organisation', 'class', 'confidential')", name=op.f("ck_basket_comment_publication_choice")
        ),
        sa.CheckConstraint("(target = 'process') = (version_id is null)", name=op.f("ck_basket_comment_target_version")),
        sa.CheckConstraint("target not in ('clause', 'removed') or clause_id is not null", name=op.f("ck_basket_comment_target_clause")),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_basket_comment_basket_id_basket")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_basket_comment_version_id_version")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_basket_comment_clause_id_clause")),
        sa.ForeignKeyConstraint(["clause_text_id"], ["clause_text.id"], name=op.f("fk_basket_comment_clause_text_id_clause_text")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_basket_comment_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket_comment")),
        sa.UniqueConstraint("key", name=op.f("uq_basket_comment_key")),
    )
    op.create_index("ix_basket_comment_basket_id", "basket_comment", ["basket_id"])
    op.create_index("ix_basket_comment_comment_id", "basket_comment", ["comment_id"])


def _guard_revisions_again() -> None:
    """The words of a revision may be erased, never changed: the new column too."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    same, text = ("is", "") if sqlite else ("is not distinct from", "::text")
    kept = " and ".join(f'new."{column}" {same} old."{column}"' for column in FIXED)
    erased = " and ".join(
        [f'(new."{column}" is null or new."{column}" {same} old."{column}")' for column in ERASABLE]
        + [f'(new."{column}" is null or new."{column}"{text} {same} old."{column}"{text})' for column in JSON]
    )
    if sqlite:
        op.execute("drop trigger comment_revision_no_update")
        op.execute(
            "create trigger comment_revision_no_update before update on comment_revision "
            f"when not ({kept} and {erased}) begin select raise(abort, 'append-only'); end"
        )
        return
    op.execute("drop trigger comment_revision_append_only on comment_revision")
    op.execute(
        "create trigger comment_revision_append_only before update on comment_revision "
        f"for each row when (not ({kept} and {erased})) execute function append_only()"
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
