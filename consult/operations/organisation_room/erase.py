"""What is left of words and names in a room, and beside what it handed in, when they must go."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.models import Basket, BasketComment, MinorityView, Room, RoomAnswer, RoomComment, RoomMember, RoomRow, SubmissionMembers
from consult.operations.remind import remind_coordinator


def forget_in_room(session: Session, comment: int) -> None:
    """An erased comment leaves no words behind in the room it came from (as given, as merged, in answers, in rows of forms), nor beside it."""
    rows = session.scalars(
        select(RoomComment)
        .join(BasketComment, BasketComment.id == RoomComment.basket_comment_id)
        .where(BasketComment.comment_id == comment)
    ).all()
    ids = [row.id for row in rows]
    for row in rows:
        row.said = {}
    for said in session.scalars(select(RoomAnswer).where(RoomAnswer.room_comment_id.in_(ids))):
        said.sentence = None
    for line in session.scalars(select(RoomRow).where(RoomRow.room_comment_id.in_(ids))):
        line.text = line.rationale = line.proposed = None
    for view in session.scalars(select(MinorityView).where(MinorityView.comment_id == comment)):
        view.text = view.name = None


ERASED = "—"
"""Stands for the name of a coordinator who had her data erased."""


def forget_members(session: Session, submission: int, now: datetime) -> None:
    """For the one who handed in: names of members go, the words and names of minority views, and her own name and address in the room it came from;
    how many there were stays.
    """
    of_room = select(Room.id).join(Basket, Basket.id == Room.basket_id).where(Basket.submission_id == submission)
    for member, basket in session.execute(
        select(RoomMember, Room.basket_id)
        .join(Room, Room.id == RoomMember.room_id)
        .where(RoomMember.room_id.in_(of_room), RoomMember.role == "coordinator")
    ):
        member.name, member.mail = ERASED, None
        remind_coordinator(session, basket, None, now)
    if (stated := session.get(SubmissionMembers, submission)) is not None:
        stated.names = []
    for view in session.scalars(select(MinorityView).where(MinorityView.submission_id == submission)):
        view.text = view.name = None
