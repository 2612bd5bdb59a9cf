"""What a consultation offers to read and to hear beside its drafts, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.extensions import db
from consult.models import Resource
from consult.queries.texts import Fields, fields_of, staff_texts


@dataclass(frozen=True, slots=True)
class ResourceSeen:
    """A paper, a webinar (with its instant, zone and length in minutes) or a page; `texts`: title, lead, and body where asked for one."""

    name: str
    kind: str
    at: datetime | None
    zone: str | None
    minutes: int | None
    texts: Fields


def resources(consultation_id: int, language: str) -> tuple[ResourceSeen, ...]:
    """All of a consultation in their order, without their bodies; two statements."""
    rows = db.session.scalars(select(Resource).where(Resource.consultation_id == consultation_id).order_by(Resource.position)).all()
    return _seen(rows, language, ("title", "lead"))


def resource(consultation_id: int, name: str, language: str) -> ResourceSeen | None:
    """One with its body, or None; two statements."""
    rows = db.session.scalars(select(Resource).where(Resource.consultation_id == consultation_id, Resource.name == name)).all()
    return next(iter(_seen(rows, language)), None)


def _seen(rows: Sequence[Resource], language: str, fields: tuple[str, ...] = ()) -> tuple[ResourceSeen, ...]:
    texts = staff_texts([("resource", row.id) for row in rows], language, fields)
    return tuple(ResourceSeen(row.name, row.kind, row.at, row.zone, row.minutes, fields_of(texts, "resource", row.id)) for row in rows)
