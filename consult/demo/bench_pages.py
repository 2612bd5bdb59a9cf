"""What a page costs: SQL statements, bytes, and time of the processor as a ratio against the health page of the same run."""

import gzip
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from consult import clock, create_app
from consult.config import Settings
from consult.demo.bench_comments import multiply
from consult.demo.seed import CONSULTATION, seed
from consult.extensions import db
from consult.jobs.compare_languages import compare
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
    f"{ROOM}/counting",
)
FILES = (f"{ROOM}/rounds/2/comments.csv",)
"""Whose cost grows with the comments in them: not measured where the round was filled up."""
STAFF = (
    "/en/office/",
    "/en/moderation/",
    f"/en/moderation/{CONSULTATION}/",
    f"/en/committee/{CONSULTATION}/rounds/2/",
    f"/en/committee/{CONSULTATION}/rounds/2/performance-standard/5.2",
)


@dataclass(frozen=True, slots=True)
class Line:
    page: str
    milliseconds: float
    ratio: float
    statements: int
    kilobytes: float
    compressed: float


def measure(requests: int, comments: int | None = None) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{Path(folder) / 'bench.db'}", secret_key="bench" * 8, secure_cookies=False)
        app = create_app(settings)
        with app.app_context():
            migrate_database(db.engine)
            passwords = seed(now=clock.now())
            while compare():
                pass  # as the worker does
            if comments:
                multiply(comments)
        visitor, staff = app.test_client(), _signed_in(app, *next(iter(passwords.items())))
        floor: float | None = None
        for page in (*PAGES, *(() if comments else FILES), *STAFF):
            line = _measured(app, staff if page in STAFF else visitor, page, requests, floor)
            floor = floor or line.milliseconds
            yield line


def _signed_in(app: Flask, mail: str, password: str) -> FlaskClient:
    """Through the page, as people do."""
    client = app.test_client()
    found = re.search(r'name="signed"[^>]*value="([^"]+)"', client.get("/en/sign-in").text)
    answer = client.post(
        "/en/sign-in",
        data={"signed": found[1] if found else "", "mail": mail, "password": password},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    if answer.status_code != 303:
        raise RuntimeError(f"signing in answered {answer.status_code}")
    return client


def _measured(app: Flask, client: FlaskClient, page: str, requests: int, floor: float | None) -> Line:
    taken: list[float] = []
    body = b""
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
            begun = time.process_time()
            answer = client.get(page)
            taken.append((time.process_time() - begun) * 1000)
            body = answer.data
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answered {answer.status_code}")
    finally:
        event.remove(engine, "before_cursor_execute", count)
    middle = median(taken)
    return Line(page, middle, middle / (floor or middle), len(said), len(body) / 1000, len(gzip.compress(body)) / 1000)
