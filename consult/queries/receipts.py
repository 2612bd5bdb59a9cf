"""What was handed in, for the one who handed it in: a submission with every comment beside the text it speaks of."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from consult.core.confirmation import ConfirmationSeen, MailState, mail_state
from consult.core.group_input import told_of_group
from consult.core.receipt import AnswerSeen, CommentOnReceipt, NarrowingSeen, ReceiptSeen, StepSeen
from consult.core.visibility import seen
from consult.extensions import db
from consult.models import (
    ChoiceNarrowing,
    ClauseRow,
    ClauseText,
    Comment,
    Confirmation,
    Consultation,
    ModerationStep,
    Outbox,
    Party,
    RevisionStep,
    Round,
    Standard,
    Submission,
    Version,
    VersionText,
)
from consult.queries.answer_sheets import sheet_on_receipt
from consult.queries.attachments import own_files
from consult.queries.decisions import decisions_on
from consult.queries.details import anchors_now
from consult.queries.endorsements import endorsement_on_receipt
from consult.queries.group_inputs import group_of
from consult.queries.members_told import members_of, minority_views
from consult.queries.questions import answers_of, questions_of
from consult.queries.replies import replies_to
from consult.queries.revisions import revisions_seen
from consult.queries.texts import Wording, staff_texts

OWN = seen("secretariat", "cleared", "named")
"""What somebody may see of what she handed in herself."""
NO_TITLE: tuple[str | None, str | None] = (None, None)


def receipt_seen(
    *, language: str, reference: str | None = None, key: str | None = None, submission: int | None = None
) -> ReceiptSeen | None:
    """The submission with that reference, form key or id; a dozen statements. Whoever asks must have shown the right to see it."""
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
        consultation.slug, title.text, title.language, round_.number, round_.window, _comments(found.id, language, round_.report_at is not None),
        turn=found.secret_turn, expires=_expires(found.id), mails=mails_about(found.id), narrowings=narrowings_of(found.id),
        added=_references(Submission.added_to_id == found.id), added_to=next(iter(_references(Submission.id == found.added_to_id)), None),
        cancelled=round_.state != "planned" or consultation.state != "active", endorsement=endorsement_on_receipt(submission=found.reference),
        answers=_answers(found.id, round_.id, language), sheet=sheet_on_receipt(submission=found.id), views=minority_views(found.id),
        group=told_of_group(group_of(found.id), "secretariat", OWN),
    )  # fmt: skip


def _answers(submission: int, round_id: int, language: str) -> tuple[AnswerSeen, ...]:
    said = answers_of(submission)
    if not said:
        return ()
    told = ((each, said[each.code]) for each in questions_of(round_id=round_id, language=language) if each.code in said)
    return tuple(
        AnswerSeen(each.text.text, each.text.language, tuple(words.text for words in each.words(answer or ""))) for each, answer in told
    )


def confirmation_seen(*, key: str, language: str, now: datetime) -> ConfirmationSeen | None:
    """What the link with that key is about; four statements."""
    row = db.session.execute(
        select(Confirmation, Submission, Party, Round, Consultation)
        .join(Submission, Submission.id == Confirmation.submission_id)
        .join(Party, Party.id == Submission.party_id)
        .join(Round, Round.id == Submission.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Confirmation.key == key)
    ).first()
    if row is None:
        return None
    confirmation, found, party, round_, consultation = row
    title = staff_texts([("consultation", consultation.id)], language).get(
        ("consultation", consultation.id, "title"), Wording(consultation.slug, language)
    )
    comments = db.session.execute(select(func.count()).select_from(Comment).where(Comment.submission_id == found.id)).scalar_one()
    return ConfirmationSeen(
        found.reference, found.confirmation, confirmation.expires_at <= now or confirmation.replaced_at is not None, confirmation.expires_at,
        round_.zone, found.received_at, consultation.slug, title.text, title.language, round_.number, comments, party.name, party.organisation,
        answers=sheet.reference if (sheet := sheet_on_receipt(submission=found.id)) else None,
    )  # fmt: skip


def confirmation_key(submission: int) -> str | None:
    """From which link and code of the newest mail to the address of a submission are made; None where nothing is to be confirmed."""
    row = db.session.scalars(
        select(Confirmation).where(Confirmation.submission_id == submission).order_by(Confirmation.id.desc()).limit(1)
    ).first()
    return row.key if row and row.replaced_at is None else None


def mails_about(submission: int) -> tuple[MailState, ...]:
    """Our mails to its sender, oldest first, with what became of each. None of them to an address that was replaced since."""
    since = db.session.scalar(select(func.max(Confirmation.made_at)).where(Confirmation.submission_id == submission))
    query = select(Outbox).where(Outbox.submission_id == submission, Outbox.kind == "mail").order_by(Outbox.id)
    if since is not None:
        query = query.where(Outbox.created_at >= since)
    return tuple(
        mail_state(
            template=row.payload["template"], created_at=row.created_at, due_at=row.due_at, done_at=row.done_at, attempts=row.attempts,
            error=row.error,
        )
        for row in db.session.scalars(query)
    )  # fmt: skip


def narrowings_of(submission: int) -> tuple[NarrowingSeen, ...]:
    rows = db.session.scalars(select(ChoiceNarrowing).where(ChoiceNarrowing.submission_id == submission).order_by(ChoiceNarrowing.id))
    return tuple(NarrowingSeen(row.before, row.after, row.at) for row in rows)


def _expires(submission: int) -> datetime | None:
    row = db.session.scalars(
        select(Confirmation).where(Confirmation.submission_id == submission).order_by(Confirmation.id.desc()).limit(1)
    ).first()
    return row.expires_at if row and row.replaced_at is None else None


def _references(which: Any) -> tuple[str, ...]:
    return tuple(db.session.scalars(select(Submission.reference).where(which).order_by(Submission.id)))


def secret_sha256_of(reference: str) -> str | None:
    """The hash of a receipt's secret code; None where there is no such receipt."""
    return db.session.scalar(select(Submission.secret_sha256).where(Submission.reference == reference))


def _comments(submission: int, language: str, answered: bool) -> tuple[CommentOnReceipt, ...]:
    """`answered`: the response of the round is published; its instant is never ahead."""
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
    revisions, steps, verdicts = revisions_seen(ids), _steps(ids), _verdicts(ids)
    files, members = own_files(ids), members_of(ids)
    replies = replies_to([row[0].reference for row in rows])
    decided = decisions_on([row[0].reference for row in rows if row[0].state == "cleared"]) if answered else {}
    titles = _titles([row[3].id for row in rows if row[3] is not None], language)
    anchors = anchors_now(row[0].reference for row in rows if row[0].anchor_words is not None)
    return tuple(
        CommentOnReceipt(
            comment.reference, comment.target, slug, *(titles[version.id] if version else NO_TITLE), version.name if version else None, number,
            text.label if text else None, text.title if text else None, text.text if text else None, text.language if text else None,
            revisions[comment.id][-1].type, revisions[comment.id][-1].position, comment.language, comment.publication_choice, comment.state,
            _reason(steps[comment.id]) if comment.state == "withheld" else None, revisions[comment.id],
            cleared=comment.cleared_revision, judged=comment.judged_revision,
            refused=_refused(verdicts[comment.id], comment.newest_revision),
            steps=tuple(sorted((*steps[comment.id], *verdicts[comment.id]), key=lambda step: step.at)),
            anchor_words=comment.anchor_words,
            anchor_state=anchors[comment.reference].state if comment.reference in anchors else None, further=revisions[comment.id][-1].further, files=tuple(each for each in files.get(comment.id, ()) if each.gone is None), gone_files=tuple(each for each in files.get(comment.id, ()) if each.gone is not None), replies=replies.get(comment.reference, ()), decided=decided.get(comment.reference, ()), members=members.get(comment.reference),
        )
        for comment, number, text, version, slug in rows
    )  # fmt: skip


def _steps(comments: Sequence[int]) -> dict[int, list[StepSeen]]:
    found: dict[int, list[StepSeen]] = defaultdict(list)
    for row in db.session.scalars(select(ModerationStep).where(ModerationStep.comment_id.in_(comments)).order_by(ModerationStep.id)):
        found[row.comment_id].append(StepSeen(row.after, row.reason if row.after == "withheld" else None, row.at))
    return found


def _reason(steps: Sequence[StepSeen]) -> str | None:
    """Of the newest step."""
    return steps[-1].reason if steps else None


def _verdicts(comments: Sequence[int]) -> dict[int, list[StepSeen]]:
    found: dict[int, list[StepSeen]] = defaultdict(list)
    for row in db.session.scalars(select(RevisionStep).where(RevisionStep.comment_id.in_(comments)).order_by(RevisionStep.id)):
        found[row.comment_id].append(StepSeen(row.verdict, row.reason, row.at, row.revision))
    return found


def _refused(verdicts: Sequence[StepSeen], newest: int) -> str | None:
    last = verdicts[-1] if verdicts else None
    return last.reason if last and last.after == "refused" and last.revision == newest else None


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
