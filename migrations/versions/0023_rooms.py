"""Rooms: a way back for a member who lost her link, reminders of the coordinator, minority views that somebody decided on.

And the spoken input of a group, which a facilitator brings.
"""

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
    _facilitators()
    op.create_table(
        "group_input",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("given", sa.String(), nullable=True),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=True),
        sa.CheckConstraint("people > 0", name=op.f("ck_group_input_people")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_group_input_submission_id_submission")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_group_input")),
    )
    _frozen_but_for_erasure()


def _facilitators() -> None:
    """A third capacity. SQLite: only the words of the check change, no row does, so that the table need not be built anew with its guards
    (https://www.sqlite.org/lang_altertable.html#otheralter).
    """
    before, after = ("capacity in ('individual', 'organisation')", "capacity in ('individual', 'organisation', 'facilitator')")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_submission_capacity"), "submission", type_="check")
        op.create_check_constraint(op.f("ck_submission_capacity"), "submission", after)
        return
    connection = op.get_bind()
    version = connection.execute(sa.text("pragma schema_version")).scalar_one()
    op.execute("pragma writable_schema = on")
    changed = connection.execute(
        sa.text("update sqlite_master set sql = replace(sql, :before, :after) where type = 'table' and name = 'submission'"),
        {"before": before, "after": after},
    )
    assert changed.rowcount == 1
    op.execute(f"pragma schema_version = {version + 1}")
    op.execute("pragma writable_schema = off")


def _frozen_but_for_erasure() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    same = "is" if sqlite else "is not distinct from"
    erasable = " and ".join(
        f"(new.{name} is null or new.{name} {same} old.{name})" for name in ("name", "language", "given", "consent", "conditions")
    )
    wrong = f"not (new.submission_id = old.submission_id and new.people {same} old.people and {erasable})"
    if sqlite:
        op.execute(
            f"create trigger group_input_no_update before update on group_input when {wrong} begin select raise(abort, 'append-only'); end"
        )
        op.execute("create trigger group_input_no_delete before delete on group_input begin select raise(abort, 'append-only'); end")
        return
    op.execute(
        f"create trigger group_input_append_only before update on group_input for each row when ({wrong}) execute function append_only()"
    )
    op.execute("create trigger group_input_no_delete before delete on group_input for each row execute function append_only()")
    op.execute("create trigger group_input_no_truncate before truncate on group_input for each statement execute function append_only()")


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
