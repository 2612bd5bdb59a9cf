"""What is kept beside comments for counting, with an index that answers every count; arrivals by round; findings between languages."""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

CHOICES = ("named", "organisation", "class", "confidential")
COUNTED = (
    "round_id", "target", "version_id", "placed_clause_id", "state", "counted_choice", "declared_class", "position", "language", "proposes",
    "repeats",
)  # fmt: skip


def upgrade() -> None:
    op.execute(
        "alter table comment add column placed_clause_id integer constraint fk_comment_placed_clause_id_clause references clause (id)"
    )  # both databases take a foreign key with the column, and neither has to copy the table for it
    for column in ("counted_choice", "declared_class"):
        op.add_column("comment", sa.Column(column, sa.String(length=64), nullable=True))
    for column in ("proposes", "repeats"):
        op.add_column("comment", sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    _fill()
    op.create_index("ix_comment_counted", "comment", list(COUNTED))
    op.create_index("ix_submission_round_id_received_at", "submission", ["round_id", "received_at"])
    op.create_table(
        "parity_comparison",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_parity_comparison_version_id_version")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_parity_comparison")),
    )
    op.create_index("ix_parity_comparison_version_id_language", "parity_comparison", ["version_id", "language"])


def _fill() -> None:
    rank = "case {} " + " ".join(f"when '{code}' then {index}" for index, code in enumerate(CHOICES)) + " else -1 end"
    own, of_submission = rank.format("comment.publication_choice"), rank.format("submission.publication_choice")
    shown = "case when comment.state = 'cleared' and comment.cleared_revision is not null then comment.cleared_revision else comment.newest_revision end"
    op.execute(
        "update comment set "
        "placed_clause_id = case when exists (select 1 from placement where placement.comment_id = comment.id) then "
        "(select placement.clause_id from placement where placement.comment_id = comment.id order by placement.id desc limit 1) "
        "else comment.clause_id end, "
        f"counted_choice = (select case when {own} > {of_submission} then comment.publication_choice else submission.publication_choice end "
        "from submission where submission.id = comment.submission_id), "
        "declared_class = (select submission.declared_class from submission where submission.id = comment.submission_id), "
        "proposes = exists (select 1 from comment_revision said where said.comment_id = comment.id "
        f"and said.number = {shown} and coalesce(said.proposed, '') != ''), "
        "repeats = exists (select 1 from comment_likeness where comment_likeness.comment_id = comment.id and head_id is not null)"
    )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
