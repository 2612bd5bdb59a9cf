"""The figures of a version or of a draft in the office."""

from dataclasses import dataclass

from sqlalchemy import select

from consult.extensions import db
from consult.models import FigureRow


@dataclass(frozen=True, slots=True)
class FigureSeen:
    path: str
    sha256: str
    media_type: str


def figures_of_version(version: int) -> dict[str, FigureSeen]:
    """Path -> figure; one statement."""
    return {row.path: _seen(row) for row in db.session.scalars(select(FigureRow).where(FigureRow.version_id == version))}


def figures_of_draft(draft: int) -> dict[str, FigureSeen]:
    """Path -> figure; one statement."""
    return {row.path: _seen(row) for row in db.session.scalars(select(FigureRow).where(FigureRow.draft_id == draft))}


def _seen(row: FigureRow) -> FigureSeen:
    return FigureSeen(row.path, row.sha256, row.media_type)
