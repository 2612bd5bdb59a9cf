"""What was handed in, for the one who handed it in: a submission with every comment beside the text it speaks of."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from consult.core.receipt import CommentOnReceipt, ReceiptSeen, RevisionSeen
from consult.extensions import db
from consult.models import (
    ClauseRow,
    ClauseText,
    Comment,
    CommentRevision,
    Consultation,
    ModerationStep,
    Party,
    Round,
    Standard,
    Submission,
    Version,
    VersionText,
)
from consult.queries.texts import Wording, staff_texts

NO_TITLE: tuple[str | None, str | None] = (None, None)


def receipt_seen(
    *, language: str, reference: str | None = None, key: str | None = None, submission: int | None = None
) -> ReceiptSeen | None:
    """The submission with that reference, form key or id; six statements. Whoever asks must have shown the right to see it."""
    query = (
        select(Submission, Party, Round, Consultation)
        .join(Party, Party.id == Submission.party_id)
        .join(Round, Round.id == Submission.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
    )
    for column, value in ((Submission.reference, reference), (Submission.key, key), (Submission.id, submission)):
        if value is not None:
            query = query.where(column == value)
    row = db.session.execute(query).first()
    if row is None:
        return None
    found, party, round_, consultation = row
    title = staff_texts([("consultation", consultation.id)], language).get(
        ("consultation", consultation.id, "title"), Wording(consultation.slug, language)
    )
    return ReceiptSeen(
        found.id, found.reference, found.key, found.secret_sha256, found.received_at, found.late, found.language, found.confirmation,
        found.capacity, found.declared_class, found.country, found.publication_choice, party.name, party.mail, party.organisation,
        consultation.slug, title.text, title.language, round_.number, round_.window, _comments(found.id, language),
    )  # fmt: skip


def secret_sha256_of(reference: str) -> str | None:
    """The hash of a receipt's secret code; None where there is no such receipt."""
    return db.session.scalar(select(Submission.secret_sha256).where(Submission.reference == reference))


def _comments(submission: int, language: str) -> tuple[CommentOnReceipt, ...]:
    rows = db.session.execute(
        select(Comment, ClauseRow.number, ClauseText, Version, Standard.slug)
        .outerjoin(ClauseRow, ClauseRow.id == Comment.clause_id)
        .outerjoin(ClauseText, ClauseText.id == Comment.clause_text_id)
        .outerjoin(Version, Version.id == func.coalesce(ClauseRow.version_id, Comment.version_id))
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .where(Comment.submission_id == submission)
        .order_by(Comment.number)
    ).all()
    ids = [row[0].id for row in rows]
    revisions, reasons = _revisions(ids), _reasons(ids)
    titles = _titles([row[3].id for row in rows if row[3] is not None], language)
    return tuple(
        CommentOnReceipt(
            comment.reference, comment.target, slug, *(titles[version.id] if version else NO_TITLE), version.name if version else None, number,
            text.label if text else None, text.title if text else None, text.text if text else None, text.language if text else None,
            comment.type, comment.position, comment.language, comment.publication_choice, comment.state,
            reasons.get(comment.id) if comment.state == "withheld" else None, tuple(revisions[comment.id]),
        )
        for comment, number, text, version, slug in rows
    )  # fmt: skip


def _revisions(comments: Sequence[int]) -> dict[int, list[RevisionSeen]]:
    found: dict[int, list[RevisionSeen]] = defaultdict(list)
    rows = db.session.scalars(
        select(CommentRevision).where(CommentRevision.comment_id.in_(comments)).order_by(CommentRevision.comment_id, CommentRevision.number)
    )
    for row in rows:
        found[row.comment_id].append(RevisionSeen(row.number, row.at, row.text, row.proposed, row.rationale))
    return found


def _reasons(comments: Sequence[int]) -> dict[int, str | None]:
    """The reason of the newest step of each."""
    rows = db.session.execute(
        select(ModerationStep.comment_id, ModerationStep.reason).where(ModerationStep.comment_id.in_(comments)).order_by(ModerationStep.id)
    )
    return {row.comment_id: row.reason for row in rows}


def _titles(versions: Sequence[int], language: str) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(
        select(VersionText.version_id, VersionText.title, VersionText.language)
        .join(Version, Version.id == VersionText.version_id)
        .where(VersionText.version_id.in_(versions))
        .order_by(VersionText.language != language, VersionText.language != Version.prevails)
    )
    titles: dict[int, tuple[str, str]] = {}
    for version, title, written in rows:
        titles.setdefault(version, (title, written))
    return titles
