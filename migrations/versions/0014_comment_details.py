"""What a comment says besides its words: anchor, further clauses, links, an edited clause text.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from consult.schema import guard

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FIXED = ("id", "comment_id", "number", "at", "whole")
ERASABLE = ("text", "rationale", "proposed", "evidence")


def upgrade() -> None:
    for name in ("anchor_words", "anchor_prefix", "anchor_suffix"):
        op.add_column("comment", sa.Column(name, sa.String(), nullable=True))
    for name in ("anchor_start", "anchor_end"):
        op.add_column("comment", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("comment_revision", sa.Column("evidence", sa.String(), nullable=True))
    op.add_column("comment_revision", sa.Column("whole", sa.Boolean(), nullable=False, server_default=sa.false()))
    _guard_revisions()
    for name in ("quote", "quote_place", "further", "evidence", "edited"):
        op.add_column("basket_comment", sa.Column(name, sa.String(), nullable=True))
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
    op.create_index(op.f("ix_comment_clause_clause_id"), "comment_clause", ["clause_id"])
    guard(op.get_bind(), "comment_clause")


def _guard_revisions() -> None:
    """The guard of the first revision made again, with the new columns: links may be erased, nothing may be changed."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    same = "is" if sqlite else "is not distinct from"
    kept = " and ".join(f'new."{column}" {same} old."{column}"' for column in FIXED)
    erased = " and ".join(f'(new."{column}" is null or new."{column}" {same} old."{column}")' for column in ERASABLE)
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
