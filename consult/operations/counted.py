"""What is kept beside comments for counting, within the transaction that changed what it is kept from."""

from collections.abc import Iterable

from sqlalchemy import Select, update
from sqlalchemy.orm import Session

from consult.models import Comment
from consult.queries.counted import counted_columns


def keep_counted(session: Session, comments: Iterable[int] | Select[int]) -> None:
    """After anything about them has changed that pages count: place, state, shown revision, choice."""
    session.flush()
    session.execute(
        update(Comment).where(Comment.id.in_(comments if isinstance(comments, Select) else list(comments))).values(counted_columns()),
        execution_options={"synchronize_session": False},
    )
