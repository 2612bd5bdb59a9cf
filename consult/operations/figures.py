"""Keeping the figures of drafts: bytes in the storage, a row for whose they are; the same figure again changes nothing."""

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.figure import picture_type
from consult.models import FigureRow
from consult.queries.figures import FigureSeen
from consult.storage import Storage


def keep_figures(session: Session, assets: Mapping[str, bytes], *, version: int | None = None, draft: int | None = None) -> None:
    """Stores what a browser can draw; of a draft a figure of the same path takes the place of the earlier one."""
    storage: Storage = current_app.config["STORAGE"]
    for path, content in assets.items():
        media = picture_type(content)
        if media is None:
            continue
        sha256 = storage.put(content)
        owner = FigureRow.version_id == version if version is not None else FigureRow.draft_id == draft
        row = session.scalar(select(FigureRow).where(owner, FigureRow.path == path))
        if row is None:
            session.add(FigureRow(version_id=version, draft_id=draft, path=path, sha256=sha256, media_type=media, size=len(content)))
        elif version is None:
            row.sha256, row.media_type, row.size = sha256, media, len(content)
    session.flush()


def figure_bytes(kept: Mapping[str, FigureSeen]) -> dict[str, bytes]:
    """Path -> the bytes of figures kept before; one that the storage lost is left out."""
    storage: Storage = current_app.config["STORAGE"]
    found = {}
    for path, figure in kept.items():
        if storage.size(figure.sha256) is not None:
            with storage.open(figure.sha256) as file:
                found[path] = file.read()
    return found
