"""What the demonstration's participants do after their receipts: confirm their addresses, revise what they said."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from consult.core.confirmation import typed_code
from consult.operations.confirm import confirm_by_code
from consult.operations.record import Actor
from consult.operations.revise import Words, judge_revision, revise_comment
from consult.queries.receipts import confirmation_key, receipt_seen

MINUTES_TO_MAIL = 25


def confirm(*, reference: str, received: datetime, now: datetime) -> None:
    """With the code of the mail, shortly after it came."""
    at = received + timedelta(minutes=MINUTES_TO_MAIL)
    seen = receipt_seen(language="en", reference=reference)
    key = confirmation_key(seen.id) if seen else None
    if key and at < now:
        confirm_by_code(reference=reference, code=typed_code(current_app.config["SETTINGS"].secret_key, key), now=at)


def revise(
    *, submission: str, comment: str, said: Mapping[str, Any], consultation: str, received: datetime, staff: Actor, now: datetime
) -> None:
    """Adds a paragraph as the data of the comment say (`revised`), which moderation has cleared since or has not."""
    plan = said["revised"]
    at = received + timedelta(hours=plan["after_hours"])
    if at >= now:
        return
    words = Words(f"{said['text']}\n\n{plan['adds']}", said.get("rationale"), said.get("proposed"))
    revise_comment(submission=submission, comment=comment, words=words, seen=1, opened_at=at, now=at)
    if (after := plan.get("cleared_after_hours")) and received + timedelta(hours=after) < now:
        judge_revision(
            reference=comment, revision=2, verdict="cleared", consultation=consultation, by=staff, now=received + timedelta(hours=after)
        )
