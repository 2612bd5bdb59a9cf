"""What tests of the time after closing share: late links made by the real operation, and the pages that have their forms."""

from datetime import datetime, timedelta

from consult.extensions import db
from consult.models import LateLink
from consult.operations.late import issue_late_link, link_token
from consult.operations.record import OPERATOR

CONSULTATION = "performance-standard-v3"


def late_token(now: datetime, *, second_person: bool = False) -> str:
    """Of a link into the demo's first round, which is closed; with `second_person` it waits to be confirmed. Needs an application context."""
    ends = (now + timedelta(days=7)).replace(tzinfo=None)
    link = issue_late_link(
        consultation=CONSULTATION, round_number=1, whom="A mine in Boké", reason="no_access", ends=ends, second_person=second_person, by=OPERATOR,
        now=now,
    )  # fmt: skip
    db.session.rollback()
    return link_token(db.session.get_one(LateLink, link).key)


def pages(now: datetime) -> tuple[list[str], list[str]]:
    """Addresses with a form each: of visitors, of the secretariat."""
    late_token(now, second_person=True)
    return [f"/en/my/late?token={late_token(now)}", "/en/my/reminders/end?token=nothing"], ["/en/office/late-links"]
