"""Whether the database is there."""

from sqlalchemy import text

from consult.extensions import db


def database_answers() -> None:
    """Raises SQLAlchemyError where it does not."""
    db.session.execute(text("select 1"))
