"""A later copy of what was handed in: which submission a file is compared with."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "alter table file_reading add column submission_id integer "
        "constraint fk_file_reading_submission_id_submission references submission (id)"
    )  # both databases take a foreign key with the column, and neither has to copy the table for it
    op.create_index(op.f("ix_file_reading_submission_id"), "file_reading", ["submission_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
