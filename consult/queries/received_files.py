"""Files that came in with comments in them, as their senders and the secretariat see them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from consult.core.comment_form import FormRow
from consult.core.problem import Problem
from consult.core.received_file import Arrival, FileReceipt, Media, Owner, Reading, RowState, confirm_until, still_confirmable
from consult.core.window import Window
from consult.extensions import db
from consult.models import (
    Basket,
    BasketComment,
    Comment,
    Consultation,
    FileReading,
    ReceivedFile,
    ReceivedRow,
    Round,
    Submission,
)
from consult.queries.baskets import BasketSeen
from consult.queries.clause_names import clauses_of_round
from consult.queries.texts import Wording, staff_texts


def came_in_time(saved: Mapping[int, datetime], window: Window, now: datetime) -> tuple[frozenset[int], Arrival | None]:
    """Of some drafts (key of the row -> when last kept) those that came with a file in time, and when they count as received."""
    rows = db.session.execute(
        select(ReceivedRow.draft_id, ReceivedFile.arrived_at, ReceivedFile.opened_at)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .where(ReceivedRow.draft_id.in_(saved), ReceivedRow.state == "taken")
        .order_by(ReceivedFile.arrived_at)
    )
    return still_confirmable({draft: Arrival(at, opened) for draft, at, opened in rows if draft is not None}, saved, window, now)


def from_files(drafts: Collection[int]) -> frozenset[int]:
    """Those of some drafts (keys of their rows) that came as rows of a file; one statement."""
    return frozenset(db.session.scalars(select(ReceivedRow.draft_id).where(ReceivedRow.draft_id.in_(drafts), ReceivedRow.state == "taken")))


def drafts_in_time(of: BasketSeen, now: datetime) -> frozenset[str]:
    """Keys of the complete drafts of a basket that may still be submitted after closing, since they came with a file in time; two statements."""
    saved = {draft.key: draft.saved_at for draft in of.complete}
    rows = db.session.execute(select(BasketComment.id, BasketComment.key).where(BasketComment.key.in_(saved)))
    keys = {row.id: row.key for row in rows}
    chosen, _ = came_in_time({id_: saved[key] for id_, key in keys.items()}, of.window, now)
    return frozenset(keys[id_] for id_ in chosen)


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file that came in. `name` as its sender called it, None once forgotten; `problems`: why it cannot be read; `left`: (sheet, cells) of
    tables without a column for comments; `rows`: state -> how many; `until`: so long its sender decides; `submitted`: rows that are comments.
    """

    id: int
    reference: str
    consultation: str
    title: Wording
    number: int
    round_id: int
    window: Window
    cancelled: bool
    owner: tuple[Owner, int]
    name: str | None
    media: Media
    size: int
    sha256: str | None
    digest: str
    language: str
    opened_at: datetime | None
    arrived_at: datetime
    entered_at: datetime
    late: bool
    state: Reading
    problems: tuple[Problem, ...]
    particulars: Mapping[str, str]
    left: tuple[tuple[str, int], ...]
    earlier: str | None
    typed_in_as: tuple[str, ...]
    forgotten_at: datetime | None
    rows: Mapping[str, int]
    submitted: int
    token_sha256: str | None
    submission: str | None = None
    """What it was sent as a later copy of."""

    @property
    def until(self) -> datetime:
        return confirm_until(self.arrived_at, self.window)

    @property
    def count(self) -> int:
        return sum(self.rows.values())

    @property
    def waiting(self) -> int:
        return self.rows.get("waiting", 0)


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of the earlier copy: what it said, and what became of it."""

    id: int
    sheet: str
    row: int
    words: tuple[tuple[str, str], ...]
    draft_key: str | None
    removed: bool
    reference: str | None
    submission: str | None


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A row with what became of it: `draft_key` of the draft in the basket, `reference` of the comment and its `submission`.

    `label` and `title`: of the clause it is placed at. `earlier`: the same remark in the earlier copy.
    """

    row: FormRow
    id: int
    place: int
    state: RowState
    label: str | None
    title: str | None
    title_language: str | None
    draft_key: str | None
    reference: str | None
    submission: str | None
    earlier: EarlierRow | None


def found_file(reference: str, language: str = "") -> FileSeen | None:
    """A file by its reference, whoever asks: the caller checks whose it is. Three statements."""
    return next(iter(_files(language, ReceivedFile.reference == reference)), None)


def files_of_basket(*, token_sha256: str, language: str) -> tuple[FileSeen, ...]:
    """All files in the baskets of a token, the newest first."""
    mine = select(Basket.id).where(Basket.token_sha256 == token_sha256)
    return _files(language, ReceivedFile.owner_kind == "basket", ReceivedFile.owner_id.in_(mine))


def copies_of(*, submission: str, language: str) -> tuple[FileSeen, ...]:
    """Files that were sent as later copies of a submission, the newest first."""
    return _files(language, Submission.reference == submission)


def files_of_round(*, consultation: str, number: int, language: str) -> tuple[FileSeen, ...]:
    """All files that came in for a round, the newest first, for the secretariat."""
    return _files(language, Consultation.slug == consultation, Round.number == number)


def _files(language: str, *where: ColumnElement[bool]) -> tuple[FileSeen, ...]:
    earlier = aliased(ReceivedFile)
    found = db.session.execute(
        select(ReceivedFile, FileReading, Round, Consultation, earlier.reference, Basket.token_sha256, Submission.reference)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .join(Round, Round.id == ReceivedFile.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .outerjoin(earlier, earlier.id == FileReading.earlier_id)
        .outerjoin(Basket, and_(ReceivedFile.owner_kind == "basket", Basket.id == ReceivedFile.owner_id))
        .outerjoin(Submission, Submission.id == FileReading.submission_id)
        .where(*where)
        .order_by(ReceivedFile.id.desc())
    ).all()
    states: dict[int, dict[str, int]] = defaultdict(dict)
    became: dict[int, int] = defaultdict(int)
    counted = db.session.execute(
        select(
            ReceivedRow.file_id,
            ReceivedRow.state,
            func.count(),
            func.count(func.coalesce(ReceivedRow.comment_id, BasketComment.comment_id)),
        )
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .where(ReceivedRow.file_id.in_([row[0].id for row in found]))
        .group_by(ReceivedRow.file_id, ReceivedRow.state)
    )
    for file, state, count, comments in counted:
        states[file][state] = count
        became[file] += comments
    titles = staff_texts([("consultation", row[3].id) for row in found], language, ["title"]) if language else {}
    return tuple(
        FileSeen(
            file.id, file.reference, of.slug, titles.get(("consultation", of.id, "title"), Wording(of.slug, language)), round_.number, round_.id,
            round_.window, round_.state != "planned" or of.state != "active", (cast(Owner, file.owner_kind), file.owner_id), reading.name,
            cast(Media, file.media), file.size, reading.sha256, file.digest, file.language, file.opened_at, file.arrived_at, file.entered_at, file.late,
            cast(Reading, reading.state), tuple(Problem(each["code"], each["where"], each["params"]) for each in reading.problems),
            reading.particulars, tuple((name, cells) for name, cells in reading.tables_left), before, tuple(reading.typed_in_as),
            reading.forgotten_at, states[file.id], became[file.id], token, copy_of,
        )
        for file, reading, round_, of, before, token, copy_of in found
    )  # fmt: skip


def rows_of_file(file: FileSeen, language: str, *, after: int = 0, most: int | None = None) -> tuple[RowSeen, ...]:
    """The rows of a file in its order, from the one after a place on; four statements."""
    statement = (
        select(ReceivedRow, BasketComment.key, Comment.reference, Submission.reference)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .outerjoin(Comment, Comment.id == func.coalesce(ReceivedRow.comment_id, BasketComment.comment_id))
        .outerjoin(Submission, Submission.id == Comment.submission_id)
        .where(ReceivedRow.file_id == file.id, ReceivedRow.place > after)
        .order_by(ReceivedRow.place)
    )
    found = db.session.execute(statement if most is None else statement.limit(most)).all()
    earlier = _earlier({row[0].earlier_id for row in found if row[0].earlier_id})
    names = {(each.standard, each.number): each for each in clauses_of_round(file.round_id, language)}
    return tuple(
        RowSeen(
            form_row(row), row.id, row.place, cast(RowState, row.state), named.label if named else None, named.title if named else None,
            named.language if named else None, key, reference, submission, earlier.get(row.earlier_id or 0),
        )
        for row, key, reference, submission in found
        for named in (names.get((row.standard or "", row.number or "")) if row.kind in ("clause", "new") else None,)
    )  # fmt: skip


def gone_rows(file: FileSeen) -> tuple[EarlierRow, ...]:
    """Rows of the earlier copy that a later one has no more, of those that were taken in."""
    if file.earlier is None:
        return ()
    later = select(ReceivedRow.earlier_id).where(ReceivedRow.file_id == file.id, ReceivedRow.earlier_id.is_not(None))
    ids = db.session.scalars(
        select(ReceivedRow.id)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .where(ReceivedFile.reference == file.earlier, ReceivedRow.id.not_in(later), ReceivedRow.state.in_(["taken", "same"]))
    ).all()
    return tuple(each for each in _earlier(set(ids)).values() if (each.draft_key and not each.removed) or each.reference)


def _earlier(ids: Collection[int]) -> dict[int, EarlierRow]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(ReceivedRow, BasketComment.key, BasketComment.removed_at, Comment.reference, Submission.reference)
        .outerjoin(BasketComment, BasketComment.id == ReceivedRow.draft_id)
        .outerjoin(Comment, Comment.id == func.coalesce(ReceivedRow.comment_id, BasketComment.comment_id))
        .outerjoin(Submission, Submission.id == Comment.submission_id)
        .where(ReceivedRow.id.in_(ids))
        .order_by(ReceivedRow.place)
    )
    return {
        row.id: EarlierRow(
            row.id, row.sheet, row.row, tuple((name, getattr(row, name) or "") for name in ("comment", "proposed", "rationale")), key,
            removed is not None, reference, submission,
        )
        for row, key, removed, reference, submission in rows
    }  # fmt: skip


def form_row(row: ReceivedRow) -> FormRow:
    """As it was read."""
    return FormRow(
        row.sheet, row.row, row.number_said, row.kind, row.standard, row.number, row.baseline, tuple(row.further), row.comment or "",
        row.proposed or "", row.rationale or "", row.evidence or "", row.position, row.type, row.element or "", tuple(row.doubts),
        tuple((heading, words) for heading, words in row.extra),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in which file a draft comes from."""

    reference: str
    name: str | None
    sheet: str
    row: int


def origins(*, token_sha256: str) -> dict[str, Origin]:
    """Key of a draft -> the file it came with; one statement."""
    rows = db.session.execute(
        select(BasketComment.key, ReceivedFile.reference, FileReading.name, ReceivedRow.sheet, ReceivedRow.row)
        .join(Basket, Basket.id == BasketComment.basket_id)
        .join(ReceivedRow, ReceivedRow.draft_id == BasketComment.id)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .join(FileReading, FileReading.file_id == ReceivedFile.id)
        .where(Basket.token_sha256 == token_sha256, ReceivedRow.state == "taken")
        .order_by(ReceivedFile.id)
    )
    return {key: Origin(reference, name, sheet, row) for key, reference, name, sheet, row in rows}


@dataclass(frozen=True, slots=True)
class ForMail:
    """A file with the address its sender gave, and what the resume code of her basket is made from."""

    receipt: FileReceipt
    mail: str
    seed: str


def file_for_mail(file: int) -> ForMail | None:
    """None where the file was forgotten, its basket is gone, or no address is there any more."""
    row = db.session.execute(
        select(ReceivedFile.reference, ReceivedFile.language, Basket.particulars, Basket.seed)
        .join(Basket, and_(ReceivedFile.owner_kind == "basket", Basket.id == ReceivedFile.owner_id))
        .where(ReceivedFile.id == file)
    ).first()
    found = found_file(row.reference, row.language) if row and row.particulars.get("mail") else None
    if not row or not found or not found.name:
        return None
    said = (found.reference, found.name, found.language, found.title.text, found.number, found.window.zone)
    return ForMail(FileReceipt(*said, found.arrived_at, found.until, found.late), row.particulars["mail"], row.seed)


def unplaced_rows(file: int) -> int:
    """How many rows of a file stand nowhere yet."""
    return db.session.scalars(select(func.count()).where(ReceivedRow.file_id == file, ReceivedRow.kind.is_(None))).one()
