"""Runs the migrations on the connection that `consult.schema` hands over."""

from alembic import context

import consult.models  # noqa: F401  (registers the tables)
from consult.extensions import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
