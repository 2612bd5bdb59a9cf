"""Exports that show more than the public sees are on record: who took how many rows of which round, seen as whom, in which format."""

from collections.abc import Mapping
from datetime import datetime

from consult.core.visibility import Viewer
from consult.extensions import writing
from consult.operations.record import Actor, record


def record_export(
    *, consultation: str, round: int, viewer: Viewer, ending: str, rows: int, filters: Mapping[str, str], by: Actor, now: datetime
) -> None:
    with writing() as session:
        record(
            session, scope=consultation, kind="comments_exported", subject=f"{consultation}/{round}", by=by, now=now,
            codes={"viewer": viewer, "format": ending, "rows": rows, "filters": dict(filters)},
        )  # fmt: skip
