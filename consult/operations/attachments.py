"""What becomes of files beside comments: they go with their form, change their audience, are withheld alone, and destroyed with their comment."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy import String, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from consult.core.attachment import KEPT_UNSENT, PER_COMMENT, SUBMISSION_BYTES, Audience, FileType, neutral_label
from consult.core.problem import Problem, Refused
from consult.core.vocabulary import WITHHOLD_REASONS
from consult.extensions import Base, writing
from consult.models import Attachment, BasketAnswer, BasketComment, Comment, Consultation, Round
from consult.operations.record import Actor, record
from consult.storage import Storage


def attach_to(session: Session, *, key: str, comment: int, revision: int = 1) -> None:
    """Within the transaction of a hand-in: what came with the form of that key goes with the comment it became, or with a revision of it. Where
    several forms become one comment, their files are numbered on.
    """
    last = session.scalars(select(func.coalesce(func.max(Attachment.number), 0)).where(Attachment.comment_id == comment)).one()
    for row in reversed(_of_form(session, key)):
        if row.comment_id is None:
            row.comment_id, row.number, row.revision = comment, last + row.number, revision
            session.flush()


def exchange_files(session: Session, *, comment: Comment, key: str | None, gone: Collection[int], revision: int) -> bool:
    """Within a revision of a comment: files taken away (their numbers; the bytes stay) and those that came with the form of that key. Whether that
    changed anything. Refused: attachment_many (most), attachment_total (where: field, file).
    """
    present = session.scalars(
        select(Attachment).where(Attachment.comment_id == comment.id, Attachment.gone_revision.is_(None)).with_for_update()
    ).all()
    leaving = [row for row in present if row.number in gone]
    coming = [row for row in _of_form(session, key) if row.comment_id is None] if key else []
    if coming:
        where: dict[str, str | int] = {"field": "files", "file": coming[-1].label or ""}
        if len(present) - len(leaving) + len(coming) > PER_COMMENT:
            raise Refused(Problem("attachment_many", where, {"most": PER_COMMENT}))
        others = select(Comment.id).where(Comment.submission_id == comment.submission_id)
        used = session.scalars(select(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.comment_id.in_(others))).one()
        if used + sum(row.size for row in coming) > SUBMISSION_BYTES:
            raise Refused(Problem("attachment_total", where))
    for row in leaving:
        row.gone_revision = revision
    session.flush()
    if key and coming:
        attach_to(session, key=key, comment=comment.id, revision=revision)
    return bool(leaving or coming)


def carry_over(*, key: str, to: str) -> None:
    """The files of a form that counts already, for the fresh form that holds what was typed since: those that were not handed in move,
    the others are there twice. Nothing where there are none.
    """
    with writing() as session:
        double_attachments(session, key=key, to=to)
        for row in _of_form(session, key):
            if row.comment_id is None:
                session.delete(row)


def double_attachments(session: Session, *, key: str, to: str) -> None:
    """Within another operation: the files of a form for another one that begins with its words."""
    for row in _of_form(session, key):
        if row.label is not None:
            session.add(
                Attachment(
                    round_id=row.round_id, form_key=to, number=row.number, label=row.label, type=row.type, size=row.size, sha256=row.sha256,
                    stripped_sha256=row.stripped_sha256, stripped_size=row.stripped_size, audience=row.audience, scan=row.scan,
                    scanned_at=row.scanned_at, stored_at=row.stored_at,
                )
            )  # fmt: skip


def arrange_attachments(*, key: str, audiences: Mapping[int, Audience], removed: Sequence[int]) -> None:
    """What a form says of files that came with it before: who may have them, and which are taken out. Handed in, they stay as they are."""
    gone: list[str] = []
    with writing() as session:
        for row in _of_form(session, key):
            if row.comment_id is not None:
                continue
            if row.number in removed:
                gone += [each for each in (row.sha256, row.stripped_sha256) if each]
                session.delete(row)
            elif row.number in audiences:
                row.audience = audiences[row.number]
        session.flush()
        destroy(session, gone)


def withhold_attachment(
    *, consultation: str, reference: str, number: int, reason: str | None, seen: str | None, by: Actor, now: datetime
) -> None:
    """Keeps one file from the public and the committee, or gives it back (`reason` None); its comment stays as it is. `seen`: the reason that
    stood there when the form was shown. Refused: comment_unknown, reason_unknown, stale_attachment.
    """
    with writing() as session:
        row = _attached(session, consultation, reference, number)
        if reason is not None and reason not in WITHHOLD_REASONS:
            raise Refused(Problem("reason_unknown"))
        if row.withheld != seen:
            raise Refused(Problem("stale_attachment"))
        if row.withheld == reason:
            return
        row.withheld = reason
        codes = {"number": number} | ({"reason": reason} if reason else {})
        kind = "attachment_withheld" if reason else "attachment_released"
        record(session, scope=consultation, kind=kind, subject=reference, by=by, now=now, codes=codes)


def erase_attachments(session: Session, comment: int) -> None:
    """Within the erasing of a comment: names and sums go, and the bytes that nothing else holds. That there was a file stays."""
    gone: list[str] = []
    for row in session.scalars(select(Attachment).where(Attachment.comment_id == comment)):
        gone += [each for each in (row.sha256, row.stripped_sha256) if each]
        row.label = row.sha256 = row.stripped_sha256 = row.stripped_size = None
    session.flush()
    destroy(session, gone)


def forget_owner(session: Session, *, submission: int) -> None:
    """Within the erasing of a person whose words stay: no file keeps its name or what was hidden in it. The copy without hidden data takes the
    place of the original; a file that has no such copy is destroyed.
    """
    gone: list[str] = []
    rows = session.scalars(
        select(Attachment)
        .join(Comment, Comment.id == Attachment.comment_id)
        .where(Comment.submission_id == submission, Attachment.label.is_not(None))
    )
    for row in rows:
        gone += [row.sha256] if row.sha256 else []
        if row.stripped_sha256 is None or row.stripped_size is None:
            row.label = row.sha256 = None
        else:
            row.label, row.sha256, row.size = neutral_label(row.number, cast(FileType, row.type)), row.stripped_sha256, row.stripped_size
    session.flush()
    destroy(session, gone)


def forget_of_drafts(session: Session, *, baskets: Sequence[int]) -> None:
    """Within the erasing of what waits in baskets: their files, and what was answered."""
    session.execute(delete(BasketAnswer).where(BasketAnswer.basket_id.in_(baskets)))
    keys = select(BasketComment.key).where(BasketComment.basket_id.in_(baskets))
    rows = session.scalars(select(Attachment).where(Attachment.form_key.in_(keys), Attachment.comment_id.is_(None))).all()
    for row in rows:
        session.delete(row)
    session.flush()
    destroy(session, [each for row in rows for each in (row.sha256, row.stripped_sha256) if each])


def forget_unsent(*, now: datetime, limit: int = 100) -> int:
    """Destroys files of forms that were never handed in, some time after their round closed: how many."""
    old = (
        select(Attachment)
        .join(Round, Round.id == Attachment.round_id)
        .where(Attachment.comment_id.is_(None), Round.closes_at < now - KEPT_UNSENT)
        .where(~exists().where(BasketComment.key == Attachment.form_key))
        .limit(limit)
    )
    with writing() as session:
        rows = session.scalars(old).all()
        for row in rows:
            session.delete(row)
        session.flush()
        destroy(session, [each for row in rows for each in (row.sha256, row.stripped_sha256) if each])
        return len(rows)


def destroy(session: Session, sums: Sequence[str]) -> None:
    """Removes bytes from the storage that no row of any table holds. Call it within the transaction that let go of them, after a flush."""
    storage = cast(Storage, current_app.config["STORAGE"])
    for each in dict.fromkeys(sums):
        if not _held(session, each):
            storage.remove(each)


def scanned(*, attachment: int, clean: bool, now: datetime) -> None:
    """The verdict of the installation's scanner."""
    with writing() as session:
        row = session.get(Attachment, attachment, with_for_update=True)
        if row is None or row.scan != "pending":
            return
        row.scan, row.scanned_at = "clean" if clean else "refused", now
        if clean or row.comment_id is None:
            return
        scope, reference = session.execute(
            select(Consultation.slug, Comment.reference)
            .join(Round, Round.consultation_id == Consultation.id)
            .join(Comment, Comment.round_id == Round.id)
            .where(Comment.id == row.comment_id)
        ).one()
        record(
            session, scope=scope, kind="attachment_refused", subject=reference, by=Actor("operator"), now=now, codes={"number": row.number}
        )


def _held(session: Session, sha256: str) -> bool:
    """Whether any row refers to these bytes: whatever column holds sums, in whatever table there will be."""
    columns = (
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256") and isinstance(column.type, String)
    )
    return bool(session.scalar(select(or_(*(exists().where(column == sha256) for column in columns)))))


def _of_form(session: Session, key: str) -> Sequence[Attachment]:
    return session.scalars(select(Attachment).where(Attachment.form_key == key).order_by(Attachment.number).with_for_update()).all()


def _attached(session: Session, consultation: str, reference: str, number: int) -> Attachment:
    """The nth file of a comment, counted as its readers count."""
    rows = session.scalars(
        select(Attachment)
        .join(Comment, Comment.id == Attachment.comment_id)
        .join(Round, Round.id == Comment.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == consultation, Comment.reference == reference, Attachment.number == number)
        .with_for_update(of=Attachment)
    ).all()
    if not rows or rows[0].label is None:
        raise Refused(Problem("comment_unknown", {}, {"reference": reference}))
    return rows[0]
