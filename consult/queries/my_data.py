"""Everything we hold about who handed something in, as plain data for its owner: by field names, in English codes, instants in UTC."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from consult.core.receipt import ReceiptSeen
from consult.extensions import db
from consult.models import Basket, BasketAnswer, BasketComment, Comment, Confirmation, Event, Question
from consult.queries.attachments import files_of_forms

UNTOLD = ("id", "key", "secret_sha256", "turn", "title_language")
"""Of the receipt: keys of ours, and what its secret code is made from."""
OF_DRAFT = ("target", "text", "rationale", "proposed", "quote", "further", "evidence", "edited", "position", "type", "language")


def my_data(receipt: ReceiptSeen) -> dict[str, Any]:
    """The receipt with all comments and revisions, confirmations, mails, drafts still kept, and every entry of the record about them."""
    own = {name: value for name, value in _plain(receipt).items() if name not in UNTOLD}
    return {
        **own,
        "mail_confirmations": [_plain(each) for each in _confirmations(receipt.id)],
        "drafts_kept": _drafts(receipt.id),
        "record": _record(
            (
                receipt.reference,
                *(comment.reference for comment in receipt.comments),
                *([receipt.endorsement.reference] if receipt.endorsement else []),
                *([receipt.sheet.reference] if receipt.sheet else []),
            )
        ),
    }


def _confirmations(submission: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Confirmation).where(Confirmation.submission_id == submission).order_by(Confirmation.id))
    return [
        {
            "made_at": row.made_at,
            "expires_at": row.expires_at,
            "wrong_codes": row.tries,
            "confirmed_at": row.confirmed_at,
            "disowned_at": row.disowned_at,
            "replaced_at": row.replaced_at,
        }
        for row in rows
    ]


def _drafts(submission: int) -> list[dict[str, Any]]:
    """What lies in baskets that this submission was made in or that add to it: particulars, and drafts that were not sent."""
    made = select(BasketComment.basket_id).join(Comment, Comment.id == BasketComment.comment_id).where(Comment.submission_id == submission)
    baskets = db.session.scalars(
        select(Basket)
        .where(or_(Basket.submission_id == submission, Basket.adds_to_id == submission, Basket.id.in_(made)))
        .order_by(Basket.id)
    ).all()
    drafts = db.session.scalars(
        select(BasketComment)
        .where(BasketComment.basket_id.in_([basket.id for basket in baskets]), BasketComment.comment_id.is_(None))
        .order_by(BasketComment.id)
    ).all()
    files = files_of_forms({draft.key for draft in drafts})
    answers: dict[int, dict[str, str]] = {}
    for owner, code, said in db.session.execute(
        select(BasketAnswer.basket_id, Question.code, BasketAnswer.said)
        .join(Question, Question.id == BasketAnswer.question_id)
        .where(BasketAnswer.basket_id.in_([basket.id for basket in baskets]))
    ):
        answers.setdefault(owner, {})[code] = said
    return [
        {
            "particulars": dict(basket.particulars),
            "begun_at": _plain(basket.created_at),
            "touched_at": _plain(basket.touched_at),
            "answers": answers.get(basket.id, {}),
            "drafts": [
                {
                    **{name: getattr(draft, name) for name in OF_DRAFT},
                    "files": [{"name": each.label, "bytes": each.size, "sha256": each.sha256} for each in files.get(draft.key, ())],
                    "saved_at": _plain(draft.saved_at),
                    "removed_at": _plain(draft.removed_at),
                }
                for draft in drafts
                if draft.basket_id == basket.id
            ],
        }
        for basket in baskets
    ]


def _record(subjects: Iterable[str]) -> list[dict[str, Any]]:
    rows = db.session.scalars(select(Event).where(Event.subject.in_(list(subjects))).order_by(Event.scope, Event.seq))
    return [
        {
            "number": row.seq,
            "at": _plain(row.at),
            "by": row.actor_kind,
            "kind": row.kind,
            "subject": row.subject,
            "codes": dict(row.codes),
        }
        for row in rows
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value
