"""Shapes of columns that several tables share."""

from collections.abc import Sequence
from typing import Annotated

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import mapped_column

Key = Annotated[int, mapped_column(primary_key=True)]
Code = Annotated[str, mapped_column(String(64))]
"""A stable English snake_case word, or a slug."""
Language = Annotated[str, mapped_column(String(35))]
"""A language tag (BCP 47)."""
Sha256 = Annotated[str, mapped_column(String(64))]


def one_of(column: str, codes: Sequence[str], name: str | None = None) -> CheckConstraint:
    """The database refuses a code outside the closed list."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} in ({listed})", name=name or column)
