"""The group behind a submission: as columns of a query on comments, and of one submission."""

from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, select

from consult.core.group_input import GroupInput
from consult.extensions import db
from consult.models import GroupInputRow

NAMES = tuple(each.name for each in fields(GroupInput))


def group_columns() -> tuple[ColumnElement[Any], ...]:
    """Of a query that joins GroupInputRow outwards on the submission."""
    return (GroupInputRow.submission_id.label("of_group"), *(getattr(GroupInputRow, name).label(f"group_{name}") for name in NAMES))


def group_from(row: Any) -> GroupInput | None:
    """Of a row with `group_columns`; None where nobody spoke for a group."""
    return GroupInput(*(getattr(row, f"group_{name}") for name in NAMES)) if row.of_group is not None else None


def group_of(submission: int) -> GroupInput | None:
    row = db.session.execute(select(*group_columns()).where(GroupInputRow.submission_id == submission)).first()
    return group_from(row) if row else None
