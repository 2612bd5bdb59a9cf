"""How many SQL statements something takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """A list that grows by every statement of the application's database within the block; transaction words do not count."""
    from consult.extensions import db

    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if not statement.lstrip().upper().startswith(("PRAGMA", "BEGIN", "SET ")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
