"""Rooms: a way back for a member who lost her link, reminders of the coordinator, minority views that somebody decided on."""

import sqlalchemy as sa
from alembic import op

from consult.extensions import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_way_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("link_used_at", Instant(), nullable=True),
        sa.Column("code_used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["room_member.id"], name=op.f("fk_room_way_back_member_id_room_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_way_back")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_room_way_back_code_sha256")),
        sa.UniqueConstraint("key", name=op.f("uq_room_way_back_key")),
    )
    op.create_index(op.f("ix_room_way_back_member_id"), "room_way_back", ["member_id"], unique=False)
    op.add_column("room_answer", sa.Column("decided", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.text("update room_answer set decided = attached"))
    _remind_as_baskets()


def _remind_as_baskets() -> None:
    """Coordinators are reminded like everybody else from now on; what waited in the outbox for a closing that may have moved is not sent."""
    op.execute(
        sa.text(
            "insert into reminder (basket_id, mail, key, asked_at) select room.basket_id, room_member.mail, room.invite_seed, room.opened_at "
            "from room join room_member on room_member.room_id = room.id where room_member.role = 'coordinator' "
            "and room_member.left_at is null and room_member.mail is not null"
        )
    )
    connection = op.get_bind()
    outbox = sa.table("outbox", sa.column("id"), sa.column("payload", sa.JSON()), sa.column("done_at"))
    rows = connection.execute(sa.select(outbox.c.id, outbox.c.payload).where(outbox.c.done_at.is_(None))).all()
    old = [row.id for row in rows if row.payload.get("template") == "room_unsent"]
    if old:
        connection.execute(sa.delete(outbox).where(outbox.c.id.in_(old)))


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
