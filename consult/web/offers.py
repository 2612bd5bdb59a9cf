"""What drafts of a basket and rows of a file repeat: published comments that say the same, to be endorsed instead."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from consult.core.comment_form import FormRow
from consult.core.comment_form.comment import draft_of_row
from consult.queries.alike import Saying, said_already
from consult.queries.baskets import BasketSeen
from consult.queries.comments import CommentSeen
from consult.queries.received_files import FileSeen


def offers_for(of: BasketSeen, now: datetime) -> Mapping[str, tuple[CommentSeen, ...]]:
    """Key of a draft -> the comments; nothing where the round is not open. Two statements."""
    if of.cancelled or of.window.phase(now) != "open":
        return {}
    sayings = [Saying(each.key, each.target, each.draft.text, each.draft.proposed, each.draft.rationale) for each in of.unsent]
    return said_already(round_id=of.round_id, sayings=sayings, now=now)


def offers_for_rows(
    file: FileSeen, rows: Iterable[tuple[int, FormRow]], now: datetime, *, own: Collection[str] = ()
) -> Mapping[int, tuple[CommentSeen, ...]]:  # fmt: skip
    """The same for rows (key, row) of a file, as far as they are placed; without comments of one's `own`."""
    if file.cancelled or file.window.phase(now) != "open":
        return {}
    said = [(key, *draft_of_row(row)) for key, row in rows if row.placed]
    sayings = [Saying(str(key), target, draft.text, draft.proposed, draft.rationale) for key, target, draft in said]
    found = said_already(round_id=file.round_id, sayings=sayings, now=now)
    others = {int(key): tuple(each for each in alike if each.reference not in own) for key, alike in found.items()}
    return {key: alike for key, alike in others.items() if alike}
