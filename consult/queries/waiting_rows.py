"""Rows of files that wait for a word of their sender: unsent work like drafts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from consult.core.comment_form import FormRow
from consult.core.received_file import confirm_until
from consult.core.window import Window
from consult.extensions import db
from consult.models import Basket, FileReading, ReceivedFile, ReceivedRow, Round
from consult.queries.received_files import form_row


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file with so many rows that wait; `name` as its sender called it, None once forgotten; `until`: so long she decides about them."""

    reference: str
    name: str | None
    rows: int
    round_id: int
    window: Window
    until: datetime

    @property
    def shown(self) -> str:
        return self.name or self.reference


def waiting_files(*, token_sha256: str, now: datetime) -> tuple[WaitingFile, ...]:
    """Of the baskets of a token, the newest first, as long as they can be decided about; one statement."""
    found = _files(Basket.token_sha256 == token_sha256, Round.state == "planned")
    return tuple(each for each in found if now < each.until)


def waiting_files_of(*, seed: str, round_id: int) -> tuple[WaitingFile, ...]:
    """Of one basket, decided about in time or not; one statement."""
    return _files(Basket.seed == seed, Basket.round_id == round_id)


def rows_waiting(*, seed: str, round_id: int) -> tuple[FormRow, ...]:
    """The rows themselves, file by file; one statement."""
    rows = _waiting(select(ReceivedRow)).where(Basket.seed == seed, Basket.round_id == round_id)
    return tuple(form_row(row) for row in db.session.scalars(rows.order_by(ReceivedFile.id, ReceivedRow.place)))


def _files(*where: ColumnElement[bool]) -> tuple[WaitingFile, ...]:
    rows = db.session.execute(
        _waiting(select(ReceivedFile, FileReading.name, Round, func.count(ReceivedRow.id)))
        .where(*where)
        .group_by(ReceivedFile.id, FileReading.file_id, Round.id)
        .order_by(ReceivedFile.id.desc())
    )
    return tuple(
        WaitingFile(file.reference, name, count, round_.id, round_.window, confirm_until(file.arrived_at, round_.window))
        for file, name, round_, count in rows
    )


def _waiting(what: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        what.select_from(ReceivedRow)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .join(Basket, (ReceivedFile.owner_kind == "basket") & (Basket.id == ReceivedFile.owner_id))
        .join(Round, Round.id == ReceivedFile.round_id)
        .where(ReceivedRow.state == "waiting", FileReading.state == "read")
    )
