"""What the drafts of a basket repeat: published comments that say the same, to be endorsed instead."""

from collections.abc import Mapping
from datetime import datetime

from consult.queries.alike import Saying, said_already
from consult.queries.baskets import BasketSeen
from consult.queries.comments import CommentSeen


def offers_for(of: BasketSeen, now: datetime) -> Mapping[str, tuple[CommentSeen, ...]]:
    """Key of a draft -> the comments; nothing where the round is not open. Two statements."""
    if of.cancelled or of.window.phase(now) != "open":
        return {}
    sayings = [Saying(each.key, each.target, each.draft.text, each.draft.proposed, each.draft.rationale) for each in of.unsent]
    return said_already(round_id=of.round_id, sayings=sayings, now=now)
