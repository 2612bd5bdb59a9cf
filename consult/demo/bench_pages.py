"""What a page costs: SQL statements, bytes, and time as a ratio against the health page of the same run."""

import gzip
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import event

from consult import clock, create_app
from consult.config import Settings
from consult.demo.seed import CONSULTATION, seed
from consult.extensions import db
from consult.schema import migrate_database

ROOM = f"/en/consultations/{CONSULTATION}"
PAGES = (
    "/healthz",
    "/en/",
    f"{ROOM}/",
    "/en/standards/performance-standard/v3-draft-2/",
    "/en/standards/performance-standard/v3-draft-2/5.2",
    "/en/standards/performance-standard/v3-draft-2/changes?from=v2",
    f"{ROOM}/rounds/2/clauses/performance-standard/5.2",
    f"{ROOM}/rounds/2/clauses/performance-standard/5.2/comment",
    f"{ROOM}/rounds/2/comments",
    f"{ROOM}/rounds/2/comments.csv",
)


@dataclass(frozen=True, slots=True)
class Line:
    page: str
    milliseconds: float
    ratio: float
    statements: int
    kilobytes: float
    compressed: float


def measure(requests: int) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{Path(folder) / 'bench.db'}", secret_key="bench" * 8, secure_cookies=False)
        app = create_app(settings)
        with app.app_context():
            migrate_database(db.engine)
            seed(now=clock.now())
        floor: float | None = None
        for page in PAGES:
            line = _measured(app, page, requests, floor)
            floor = floor or line.milliseconds
            yield line


def _measured(app: Flask, page: str, requests: int, floor: float | None) -> Line:
    client, taken, body = app.test_client(), [], b""
    with app.app_context():
        engine = db.engine
    said: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            said.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        for _ in range(requests):
            said.clear()
            begun = time.perf_counter()
            answer = client.get(page)
            taken.append((time.perf_counter() - begun) * 1000)
            body = answer.data
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answered {answer.status_code}")
    finally:
        event.remove(engine, "before_cursor_execute", count)
    middle = median(taken)
    return Line(page, middle, middle / (floor or middle), len(said), len(body) / 1000, len(gzip.compress(body)) / 1000)
