"""Files that come in with comments in them: received at once, read in a limited child, their rows kept until somebody says where they belong.

A file counts from its arrival: what its sender says of its rows afterwards is judged by that (`consult.core.received_file`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core import reference as codes
from consult.core.basket import typed_particulars
from consult.core.body import Body
from consult.core.comment_form import FormReading, FormRow
from consult.core.comment_form.copies import Pairing, Said, paired, place_key
from consult.core.problem import Problem, Refused
from consult.core.received_file import LARGEST, Owner, media_of
from consult.core.subscription import is_mail
from consult.extensions import writing
from consult.models import Basket, BasketComment, Consultation, FileReading, ReceivedFile, ReceivedRow, Round
from consult.operations.attempts import pass_door
from consult.operations.basket import basket_for, token_sha256
from consult.operations.drafts import shown_name
from consult.operations.late import late_link_of
from consult.operations.read_form import read_filled_form
from consult.operations.record import Actor, enqueue, record
from consult.operations.submit import admitted
from consult.operations.take_in import particulars_of
from consult.queries.later_copies import later_copy
from consult.queries.received_files import found_file
from consult.storage import Storage

JOB = "received_file"
"""Kind of the outbox rows that have a file read; the payload names it."""
MOST_EARLIER = 20
"""Earlier files of the same owner that a new one is compared with, newest first."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the sender gets at once. `token` is that of her basket, new where one was `started`; `again`: the very same file was here before."""

    reference: str
    arrived_at: datetime
    late: bool
    token: str | None = None
    started: bool = False
    again: bool = False


def receive_file(
    *, token: str | None, consultation: str, round_number: int, language: str, key: str, data: bytes, name: str, mail: str = "",
    opened_at: datetime | None, address: str | None, now: datetime,
) -> Received:  # fmt: skip
    """Takes in a file of a participant into the basket of the token (a new one where there is none), and has it read. `key` counts once.

    Refused, and nothing is stored then: file_missing, file_too_large, mail_form (each with its field), unknown_round, round_cancelled,
    window_coming, window_closed, too_many_attempts, file_handed_in (params: reference; the same bytes came from elsewhere and their
    comments are handed in).
    """
    shown = checked_file(data, name)
    if mail and not is_mail(mail):
        raise Refused(Problem("mail_form", {"field": "mail"}))
    with writing() as session:
        if earlier := session.scalar(select(ReceivedFile).where(ReceivedFile.key == key)):
            return Received(earlier.reference, earlier.arrived_at, earlier.late, token, again=True)
        round_, of = _round(session, consultation, round_number)
        late = admitted(round_, of, opened_at, now, link=late_link_of(session, token and token_sha256(token), round_, now))
        pass_door(session, door="upload", address=address, who=token and token_sha256(token), now=now)
        basket, mine, started = basket_for(session, token, round_, language, address, now)
        digest = hashlib.sha256(data).hexdigest()
        if same := same_bytes(session, round_, digest, "basket", basket.id):
            return Received(same.reference, same.arrived_at, same.late, mine, started, again=True)
        if mail:
            basket.particulars = {**basket.particulars, **typed_particulars({"mail": mail})}
        file = ReceivedFile(
            reference=free_reference(session, key), key=key, round_id=round_.id, owner_kind="basket", owner_id=basket.id, digest=digest,
            size=len(data), media=media_of(data, shown), language=language, opened_at=opened_at, arrived_at=now, late=late, entered_at=now,
            actor_kind="party", actor_id=None,
        )  # fmt: skip
        keep_file(session, file, data, shown)
        if mail:
            enqueue(session, kind="mail", payload={"template": "file_received", "file": file.id}, now=now)
        record_file(session, file, of, round_, Actor("party"), now)
        return Received(file.reference, now, late, mine, started)


def receive_for_somebody(
    *, consultation: str, round_number: int, language: str, key: str, data: bytes, name: str, arrived_at: datetime, by: Actor, now: datetime
) -> Received:
    """Takes in a file that reached the secretariat on another way, at `arrived_at`, as its account says. `key` counts once.

    Refused: file_missing, file_too_large, arrival_in_future (each with its field), unknown_round, round_cancelled, window_coming, window_closed
    (by the arrival), file_handed_in (params: reference), file_is_here (params: reference; the same bytes wait already).
    """
    shown = checked_file(data, name)
    if arrived_at > now:
        raise Refused(Problem("arrival_in_future", {"field": "arrived"}))
    with writing() as session:
        if earlier := session.scalar(select(ReceivedFile).where(ReceivedFile.key == key)):
            return Received(earlier.reference, earlier.arrived_at, earlier.late, again=True)
        round_, of = _round(session, consultation, round_number)
        late = admitted(round_, of, None, arrived_at, recorded=True)
        digest, account = hashlib.sha256(data).hexdigest(), by.id or 0
        if same := same_bytes(session, round_, digest, "account", account):
            return Received(same.reference, same.arrived_at, same.late, again=True)
        if held := session.scalar(select(ReceivedFile).where(ReceivedFile.round_id == round_.id, ReceivedFile.digest == digest)):
            raise Refused(Problem("file_is_here", {"field": "file"}, {"reference": held.reference}))
        file = ReceivedFile(
            reference=free_reference(session, key), key=key, round_id=round_.id, owner_kind="account", owner_id=account, digest=digest,
            size=len(data), media=media_of(data, shown), language=language, opened_at=None, arrived_at=arrived_at, late=late, entered_at=now,
            actor_kind=by.kind, actor_id=by.id,
        )  # fmt: skip
        keep_file(session, file, data, shown)
        record_file(session, file, of, round_, by, now)
        return Received(file.reference, arrived_at, late)


def checked_file(data: bytes, name: str) -> str:
    """The name as it is shown. Refused: file_missing, file_too_large."""
    if not data:
        raise Refused(Problem("file_missing", {"field": "file"}))
    if len(data) > LARGEST:
        raise Refused(Problem("file_too_large", {"field": "file"}, {"limit": LARGEST}))
    return shown_name(name) or "?"


def read_received(*, reference: str, languages: Sequence[str], body: Body, now: datetime) -> bool:
    """Reads a file that waits to be read; whether there was something to do. What cannot be read says why and stays for the secretariat.

    A later copy of a file of the same owner is recognised: rows that stood there word for word ask for nothing.
    """
    found = found_file(reference)
    if found is None or found.state != "waiting":
        return False
    storage: Storage = current_app.config["STORAGE"]
    try:
        with storage.open(found.sha256 or "0" * 64) as file:
            data = file.read()
        reading: FormReading | None = read_filled_form(
            data, found.name or "", consultation_slug=found.consultation, number=found.number, languages=languages, body=body
        )
        problems: tuple[Problem, ...] = ()
    except FileNotFoundError:
        reading, problems = None, (Problem("not_readable"),)
    except Refused as refused:
        reading, problems = None, refused.problems
    with writing() as session:
        row = session.scalars(select(FileReading).where(FileReading.file_id == found.id).with_for_update()).one()
        if row.state != "waiting":
            return False
        row.read_at, row.problems = now, [asdict(problem) for problem in problems]
        row.state = "read" if reading else "unreadable"
        if reading:
            _keep_rows(session, found.id, row, reading, particulars_of(reading, languages, body))
            settle_copy(session, row)
        record(
            session, scope=found.consultation, kind="file_read" if reading else "file_unreadable", subject=found.reference,
            by=Actor("party"), now=now,
            codes={"rows": len(reading.rows), "placed": sum(each.placed for each in reading.rows)} if reading else {"problem": problems[0].code},
        )  # fmt: skip
        return True


def settle_copy(session: Session, reading: FileReading) -> None:
    """Of a later copy of what was handed in: rows that ask for nothing are settled, and every row that has a comment names it, so that nobody
    takes it in a second time.
    """
    if reading.submission_id is None:
        return
    session.flush()
    copy = later_copy(file=reading.file_id, submission=reading.submission_id)
    rows = {row.id: row for row in session.scalars(select(ReceivedRow).where(ReceivedRow.file_id == reading.file_id))}
    for each, match in zip(copy.rows, copy.comparison.matches, strict=True):
        row = rows[each.id]
        if row.state in ("waiting", "same"):
            row.state = "waiting" if match.asks else "same"
            row.comment_id = copy.standing[match.standing].id if match.standing is not None else None


def _keep_rows(session: Session, file: int, row: FileReading, reading: FormReading, said: dict[str, str]) -> None:
    row.particulars, row.tables_left = said, [list(each) for each in reading.left]
    copy = _copy_of(session, file, reading.rows) if row.submission_id is None else None
    row.earlier_id = copy[0] if copy else None
    for at, read in enumerate(reading.rows):
        index = copy[1].earlier[at] if copy else None
        earlier = copy[2][index] if copy and index is not None else None
        settled = earlier is not None and earlier.state != "waiting"
        if earlier is not None and not settled:
            earlier.state = "same"  # decided on in this copy from now on
        each = _where_it_stood(read, earlier)
        session.add(
            ReceivedRow(
                file_id=file, place=at + 1, sheet=each.sheet, row=each.row, number_said=each.number_said, kind=each.kind, standard=each.standard,
                number=each.number, baseline=each.baseline, further=list(each.further), comment=each.comment or None,
                proposed=each.proposed or None, rationale=each.rationale or None, evidence=each.evidence or None, position=each.position,
                type=each.type, element=each.element or None, doubts=list(each.doubts), extra=[list(pair) for pair in each.extra],
                state="same" if copy and settled and at in copy[1].same else "waiting",
                earlier_id=earlier.id if earlier else None, draft_id=earlier.draft_id if earlier else None,
                comment_id=earlier.comment_id if earlier else None,
            )
        )  # fmt: skip
    received = session.get_one(ReceivedFile, file)
    basket = session.get(Basket, received.owner_id) if received.owner_kind == "basket" else None
    if basket is not None and said:
        basket.particulars = {**said, **basket.particulars}


def _where_it_stood(row: FormRow, earlier: ReceivedRow | None) -> FormRow:
    """A row whose clause cell is written as in the earlier copy stands where a person put it there: nobody is asked twice."""
    if earlier is None or earlier.kind is None or earlier.state == "waiting":
        return row
    stands = (earlier.kind, earlier.standard, earlier.number, earlier.baseline)
    if (row.placed and cell_of(row) != cell_of(earlier)) or stands == (row.kind, row.standard, row.number, row.baseline):
        return row
    return row.as_before(stands, tuple(earlier.further))


def _copy_of(session: Session, file: int, rows: Sequence[FormRow]) -> tuple[int, Pairing, Sequence[ReceivedRow]] | None:
    """The newest file of the same owner that this is a later copy of, how their rows go together, and the rows there."""
    received = session.get_one(ReceivedFile, file)
    earlier = session.scalars(
        select(ReceivedFile.id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(ReceivedFile.round_id == received.round_id, ReceivedFile.id < file, FileReading.state == "read")
        .where(
            ReceivedFile.owner_kind == received.owner_kind, ReceivedFile.owner_id == received.owner_id, FileReading.submission_id.is_(None)
        )
        .order_by(ReceivedFile.id.desc())
        .limit(MOST_EARLIER)
    ).all()
    new = [said_of(row) for row in rows]
    for each in earlier:
        there = session.scalars(select(ReceivedRow).where(ReceivedRow.file_id == each).order_by(ReceivedRow.place)).all()
        pairing = paired([said_of(row) for row in there], new)
        if pairing.is_copy:
            return each, pairing, there
    return None


def said_of(row: FormRow | ReceivedRow) -> Said:
    """A row for comparing it with those of another copy: its words, and the place as it was read."""
    words = (row.comment, row.proposed, row.rationale, row.evidence, row.position, row.type, row.element)
    return Said(place_key(row.kind, row.standard, row.number, row.baseline), tuple(each or "" for each in words), cell_of(row))


def cell_of(row: FormRow | ReceivedRow) -> tuple[str, str]:
    """The clause cell as it was written, and on which sheet."""
    return row.sheet, row.number_said.strip()


def _round(session: Session, consultation: str, number: int) -> tuple[Round, Consultation]:
    found = session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Round.number == number)
    ).first()
    if found is None:
        raise Refused(Problem("unknown_round"))
    return found[0], found[1]


def same_bytes(session: Session, round_: Round, digest: str, kind: Owner, owner: int) -> ReceivedFile | None:
    """The same file of the same owner. Refused with file_handed_in where another's comments with these words are handed in already."""
    same = session.scalars(
        select(ReceivedFile).where(ReceivedFile.round_id == round_.id, ReceivedFile.digest == digest).order_by(ReceivedFile.id)
    ).all()
    if mine := next((each for each in same if (each.owner_kind, each.owner_id) == (kind, owner)), None):
        return mine
    if same and (reference := handed_in_of(session, [each.id for each in same])):
        raise Refused(Problem("file_handed_in", {"field": "file"}, {"reference": reference}))
    return None


def handed_in_of(session: Session, files: Sequence[int]) -> str | None:
    """Reference of the first of these files whose rows became comments."""
    return session.scalar(
        select(ReceivedFile.reference)
        .join(ReceivedRow, ReceivedRow.file_id == ReceivedFile.id)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .where(ReceivedFile.id.in_(files), BasketComment.comment_id.is_not(None) | ReceivedRow.comment_id.is_not(None))
        .order_by(ReceivedFile.id)
        .limit(1)
    )


def keep_file(session: Session, file: ReceivedFile, data: bytes, name: str, submission: int | None = None) -> None:
    """The bytes on the disk first, then the row; the reading is due in any case, whoever does it. `submission`: what it is a later copy of."""
    storage: Storage = current_app.config["STORAGE"]
    storage.put(data)
    session.add(file)
    session.flush()
    session.add(
        FileReading(
            file_id=file.id, name=name, sha256=file.digest, state="waiting", problems=[], particulars={}, tables_left=[], typed_in_as=[],
            submission_id=submission,
        )
    )  # fmt: skip
    enqueue(session, kind=JOB, payload={"reference": file.reference}, now=file.entered_at)


def record_file(session: Session, file: ReceivedFile, of: Consultation, round_: Round, by: Actor, now: datetime) -> None:
    codes_: dict[str, Any] = {"round": round_.number, "media": file.media, "size": file.size, "sha256": file.digest, "late": file.late}
    if file.arrived_at != now:
        codes_["arrived_at"] = file.arrived_at.isoformat()
    record(session, scope=of.slug, kind="file_received", subject=file.reference, by=by, now=now, codes=codes_)


def free_reference(session: Session, key: str) -> str:
    secret = str(current_app.config["SETTINGS"].secret_key)
    for attempt in range(100):
        reference = codes.file_reference(secret, key, attempt)
        if session.scalar(select(ReceivedFile.id).where(ReceivedFile.reference == reference)) is None:
            return reference
    raise RuntimeError("no free reference in a hundred: something is wrong with how they are made")
