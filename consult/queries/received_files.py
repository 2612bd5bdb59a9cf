"""Files that came in with comments in them, as their senders and the secretariat see them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from consult.core.received_file import Arrival, still_confirmable
from consult.core.window import Window
from consult.extensions import db
from consult.models import ReceivedFile, ReceivedRow


def came_in_time(saved: Mapping[int, datetime], window: Window, now: datetime) -> tuple[frozenset[int], Arrival | None]:
    """Of some drafts (key of the row -> when last kept) those that came with a file in time, and when they count as received."""
    rows = db.session.execute(
        select(ReceivedRow.draft_id, ReceivedFile.arrived_at, ReceivedFile.opened_at)
        .join(ReceivedFile, ReceivedFile.id == ReceivedRow.file_id)
        .where(ReceivedRow.draft_id.in_(saved))
        .order_by(ReceivedFile.arrived_at)
    )
    return still_confirmable({draft: Arrival(at, opened) for draft, at, opened in rows if draft is not None}, saved, window, now)
