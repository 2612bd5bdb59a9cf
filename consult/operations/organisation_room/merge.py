"""Comments of a room that say the same become one; what each member gave stays, and can be taken apart again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from consult.core.problem import Problem, Refused
from consult.extensions import writing
from consult.models import RoomComment
from consult.operations.basket import touch
from consult.operations.organisation_room.found import comment_in, find_coordinated


def merge(*, tokens: Sequence[str], address: str, into: str, keys: Sequence[str], now: datetime) -> None:
    """The comment `into` speaks for the others from now on; what was merged into one of them goes along.

    Refused with draft_unknown, handed_in, merged (`into` is spoken for itself), other_place (one speaks of something else).
    """
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        head, of_head = comment_in(session, found, into)
        if head.merged_into_id is not None:
            raise Refused(Problem("merged"))
        for key in dict.fromkeys(keys):
            comment, row = comment_in(session, found, key)
            if comment.id == head.id:
                continue
            if (row.target, row.version_id, row.clause_id) != (of_head.target, of_head.version_id, of_head.clause_id):
                raise Refused(Problem("other_place"))
            for each in session.scalars(select(RoomComment).where(RoomComment.merged_into_id == comment.id)):
                each.merged_into_id = head.id
            comment.merged_into_id = head.id
        touch(found.basket, now)


def take_apart(*, tokens: Sequence[str], address: str, key: str, now: datetime) -> None:
    """A merged comment stands for itself again."""
    with writing() as session:
        found = find_coordinated(session, tokens, address, now)
        comment, _ = comment_in(session, found, key)
        if comment.merged_into_id is not None:
            comment.merged_into_id = None
            touch(found.basket, now)
