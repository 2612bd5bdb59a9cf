"""Taking in files beside a comment: judged one by one, stored at once, so that no refused form asks for them again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult.core.attachment import PER_COMMENT, SUBMISSION_BYTES, FileType, clean_label
from consult.core.problem import Problem, Refused
from consult.exchange.attachments import file_type, stripped_copy
from consult.extensions import writing
from consult.models import Attachment, Basket, BasketComment
from consult.operations.attempts import pass_door
from consult.operations.basket import open_round, token_sha256
from consult.operations.record import enqueue
from consult.storage import Storage

FIELD = "files"
SCAN = "scan"
"""Kind of the outbox rows; the payload names the attachment."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived; `data` is cut off one byte behind the limit of a file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Judged:
    label: str
    type: FileType
    data: bytes
    copy: bytes | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def attach_files(
    *, consultation: str, round_number: int, key: str, files: Sequence[Upload], token: str | None, opened_at: datetime | None,
    address: str | None, now: datetime,
) -> tuple[Problem, ...]:  # fmt: skip
    """Stores what can be taken of `files` under the key of their form and tells what is wrong with the others (where: field, file).

    The same file again under a key adds nothing. Problems: what `file_type` refuses, attachment_many (most), attachment_total,
    too_many_attempts. Refused: unknown_round and those of the window; nothing is stored then.
    """
    judged, problems = [], []
    for each in files:
        name = clean_label(each.name, "txt").removesuffix(".txt")
        try:
            found = file_type(each.data, each.name)
        except Refused as refused:
            problems.append(Problem(refused.problems[0].code, {"field": FIELD, "file": name}))
        else:
            judged.append(_Judged(clean_label(each.name, found), found, each.data, stripped_copy(each.data, found)))
    if judged:
        problems += _stored(consultation, round_number, key, judged, token, opened_at, address, now)
    return tuple(problems)


def _stored(
    consultation: str, number: int, key: str, files: Sequence[_Judged], token: str | None, opened_at: datetime | None,
    address: str | None, now: datetime,
) -> list[Problem]:  # fmt: skip
    problems = []
    with writing() as session:
        round_ = open_round(session, consultation, number, opened_at, token, now)
        rows = session.scalars(select(Attachment).where(Attachment.form_key == key).with_for_update()).all()
        known = {row.sha256 for row in rows}
        fresh = [each for each in files if each.sha256 not in known]
        if not fresh:
            return []
        try:
            pass_door(session, door="upload", address=address, who=key, now=now)
        except Refused as refused:
            return [Problem(each.code, {"field": FIELD}, each.params) for each in refused.problems]
        used, count, last = _bytes_beside(session, key, token, round_.id), len(rows), max((row.number for row in rows), default=0)
        for each in fresh:
            if each.sha256 in known:
                continue
            if count >= PER_COMMENT:
                problems.append(Problem("attachment_many", {"field": FIELD, "file": each.label}, {"most": PER_COMMENT}))
                continue
            if used + len(each.data) > SUBMISSION_BYTES:
                problems.append(Problem("attachment_total", {"field": FIELD, "file": each.label}))
                continue
            last, count, used = last + 1, count + 1, used + len(each.data)
            known.add(each.sha256)
            _add(session, round_.id, key, last, each, now)
    return problems


def _add(session: Session, round_id: int, key: str, number: int, file: _Judged, now: datetime) -> None:
    """The row first, then the bytes: whoever destroys bytes that no row holds waits for this transaction, or sees the row."""
    scan = bool(current_app.config["SETTINGS"].scanner)
    storage = cast(Storage, current_app.config["STORAGE"])
    row = Attachment(
        round_id=round_id, form_key=key, number=number, label=file.label, type=file.type, size=len(file.data), sha256=file.sha256,
        stripped_sha256=hashlib.sha256(file.copy).hexdigest() if file.copy is not None else None,
        stripped_size=len(file.copy) if file.copy is not None else None, scan="pending" if scan else "not_scanned", stored_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    storage.put(file.data)
    if file.copy is not None:
        storage.put(file.copy)
    if scan:
        enqueue(session, kind=SCAN, payload={"attachment": row.id}, now=now)


def _bytes_beside(session: Session, key: str, token: str | None, round_id: int) -> int:
    """Of all files that would go with the same submission: those of this form, and of the drafts that wait in the basket."""
    waiting = (
        select(BasketComment.key)
        .join(Basket, Basket.id == BasketComment.basket_id)
        .where(Basket.round_id == round_id, Basket.token_sha256 == token_sha256(token or ""))
        .where(BasketComment.comment_id.is_(None), BasketComment.removed_at.is_(None))
    )
    total = select(func.coalesce(func.sum(Attachment.size), 0)).where(or_(Attachment.form_key == key, Attachment.form_key.in_(waiting)))
    return int(session.scalars(total).one())
