"""Objects without an application: the declarative base, the database, migrations, languages; and the one way to write."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import JSON, TypeDecorator


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant on both databases; a naive datetime is a mistake and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant, dict[str, Any]: JSON, list[str]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base)
babel = Babel()

_one_writer = threading.Lock()
"""SQLite's busy handler is unfair among threads of one process; the lock makes them queue."""


def prepare(engine: Engine) -> None:
    """Makes every transaction read-only unless `writing()` began it, and SQLite durable: WAL, synchronous=FULL, BEGIN IMMEDIATE for writes."""
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:

        @event.listens_for(engine, "connect")
        def connect(dbapi: sqlite3.Connection, record: object) -> None:
            dbapi.isolation_level = None  # the begin event speaks, not the driver
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "recursive_triggers=ON"):
                dbapi.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        may_write = connection.get_execution_options().get("writing", False)
        if sqlite:
            connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if may_write else 'ON'}")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write else "BEGIN")
        elif not may_write:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@contextmanager
def writing() -> Iterator[Session]:
    """The transaction of one operation. Ends the read before it, so that what the operation decides on is read again inside."""
    session: Session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("an operation inside an operation")
    session.commit()
    with _one_writer if session.get_bind().dialect.name == "sqlite" else nullcontext():
        session.info["writing"] = True
        try:
            session.connection(execution_options={"writing": True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False
