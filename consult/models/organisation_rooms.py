"""An organisation's room: members who prepare one submission together, what each gave to it, and what a submission says about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.core.organisation_room import ANSWERS, ROLES, STATEMENTS
from consult.core.vocabulary import POSITIONS, TYPES
from consult.extensions import Base
from consult.models.baskets import Basket, BasketComment
from consult.models.columns import Code, Key, Language, Sha256, one_of


class Room(Base):
    """One organisation in one round. Its comments lie in a basket of its own, whose token nobody holds: only members come to them, through the room."""

    __tablename__ = "room"
    __table_args__ = (one_of("statement", STATEMENTS),)
    id: Mapped[Key]
    address: Mapped[Code] = mapped_column(unique=True)
    """Stands in its addresses, and opens nothing by itself."""
    key: Mapped[Code] = mapped_column(unique=True)
    """Of the form it was opened with: sent twice, it opens one room."""
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    basket_id: Mapped[int] = mapped_column(ForeignKey("basket.id"), unique=True)
    organisation: Mapped[str]
    language: Mapped[Language]
    invite_seed: Mapped[Code]
    invite_sha256: Mapped[str | None] = mapped_column(unique=True)
    """Of the token in its invitation; null: ended."""
    inner_deadline: Mapped[datetime | None]
    statement: Mapped[Code] = mapped_column(default="counted")
    opened_at: Mapped[datetime]
    basket: Mapped[Basket] = relationship()


class RoomMember(Base):
    """Who works in a room. Token (of the cookie) and link are made from `seed` with the installation's key; stored are only their hashes."""

    __tablename__ = "room_member"
    __table_args__ = (one_of("role", ROLES),)
    id: Mapped[Key]
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    key: Mapped[Code] = mapped_column(unique=True)
    seed: Mapped[Code]
    token_sha256: Mapped[Sha256] = mapped_column(unique=True)
    link_sha256: Mapped[Sha256] = mapped_column(unique=True)
    name: Mapped[str]
    mail: Mapped[str | None]
    organisation: Mapped[str | None]
    """Which member of an association this person speaks for."""
    nameable: Mapped[bool]
    """Agrees to be named in the submission."""
    role: Mapped[Code]
    language: Mapped[Language]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    """Since when this member asks to become the coordinator."""


class RoomWayBack(Base):
    """Lets a member in once by a link and once by a code, where she had lost her own link. Both are made from `key` with the installation's key."""

    __tablename__ = "room_way_back"
    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("room_member.id"), index=True)
    key: Mapped[Code] = mapped_column(unique=True)
    code_sha256: Mapped[Sha256] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    link_used_at: Mapped[datetime | None]
    code_used_at: Mapped[datetime | None]


class RoomFile(Base):
    """A filled form that was taken in; the same bytes add nothing a second time. The file itself is not kept."""

    __tablename__ = "room_file"
    __table_args__ = (UniqueConstraint("room_id", "sha256"),)
    id: Mapped[Key]
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("room_member.id"))
    """Who brought it."""
    of_member: Mapped[str]
    """Whose form it is, as written."""
    nameable: Mapped[bool]
    """Agrees to be named in the submission, as the one who brought the form says."""
    sha256: Mapped[Sha256]
    rows: Mapped[int]
    read_at: Mapped[datetime]


class RoomComment(Base):
    """A comment given to a room, with its member's own words as she left them. Merged ones are said by the one they were merged into."""

    __tablename__ = "room_comment"
    __table_args__ = (CheckConstraint("merged_into_id != id", name="merged_into_other"),)
    id: Mapped[Key]
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    basket_comment_id: Mapped[int] = mapped_column(ForeignKey("basket_comment.id"), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("room_member.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("room_file.id"), index=True)
    row: Mapped[int | None]
    given_at: Mapped[datetime]
    included: Mapped[bool] = mapped_column(default=True)
    said: Mapped[dict[str, Any]]
    """Fields of the form as its member last left them, whatever the coordinator made of them."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("room_comment.id"), index=True)
    basket_comment: Mapped[BasketComment] = relationship()


class RoomRow(Base):
    """A row of a form that was placed nowhere by itself; null `room_comment_id`: not placed yet."""

    __tablename__ = "room_row"
    __table_args__ = (one_of("position", POSITIONS), one_of("type", TYPES))
    id: Mapped[Key]
    file_id: Mapped[int] = mapped_column(ForeignKey("room_file.id"), index=True)
    sheet: Mapped[str]
    row: Mapped[int]
    number_said: Mapped[str]
    text: Mapped[str | None]
    rationale: Mapped[str | None]
    proposed: Mapped[str | None]
    position: Mapped[Code | None]
    type: Mapped[Code | None]
    room_comment_id: Mapped[int | None] = mapped_column(ForeignKey("room_comment.id"), unique=True)


class RoomAnswer(Base):
    """What a member says to one comment of the room, or to all of it (null). `seen`: the revision she had before her."""

    __tablename__ = "room_answer"
    __table_args__ = (UniqueConstraint("member_id", "room_comment_id"), one_of("answer", ANSWERS))
    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("room_member.id"))
    room_comment_id: Mapped[int | None] = mapped_column(ForeignKey("room_comment.id"), index=True)
    answer: Mapped[Code]
    sentence: Mapped[str | None]
    """Why not."""
    offered: Mapped[bool] = mapped_column(default=False)
    """She wants it to go along as a minority view."""
    attached: Mapped[bool] = mapped_column(default=False)
    """The coordinator lets it go along."""
    decided: Mapped[bool] = mapped_column(default=False)
    """The coordinator has read these very words and said whether they go along."""
    seen: Mapped[int]
    at: Mapped[datetime]


class SubmissionMembers(Base):
    """What a submission says about the members of its organisation: their number, and the names of those who agreed where they are named."""

    __tablename__ = "submission_members"
    __table_args__ = (one_of("statement", STATEMENTS),)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    statement: Mapped[Code]
    members: Mapped[int]
    names: Mapped[list[Any]]


class CommentMembers(Base):
    """How many members of the organisation said a comment."""

    __tablename__ = "comment_members"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    said_by: Mapped[int]


class MinorityView(Base):
    """What a member who disagrees has handed in beside a comment, or beside the whole submission (null). Words and name may be erased."""

    __tablename__ = "minority_view"
    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    text: Mapped[str | None]
    name: Mapped[str | None]
    """Null where the member does not want to be named."""
