"""The mail to those who stand behind a comment that is gone."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from consult.config import Settings
from consult.core.receipt import EndorsementOnReceipt
from consult.mail.endorsed import endorsed_comment_gone
from consult.mail.message import Mail
from consult.queries.endorsements import endorsement_by_key


def build_comment_gone(payload: Mapping[str, Any]) -> Mail | None:
    """None where the endorsement was taken back or erased meanwhile, or the comment is shown again."""
    own = endorsement_by_key(key=int(payload["endorsement"]))
    if own is None or own.state in ("withdrawn", "erased") or own.comment_stub is None:
        return None
    return endorsed_comment_gone(own, str(payload["state"]), address=_address(own))


def _address(own: EndorsementOnReceipt) -> str | None:
    settings: Settings = current_app.config["SETTINGS"]
    place = {"consultation": own.consultation, "number_of_round": own.round, "reference": own.comment}
    path = current_app.url_map.bind("").build("reading.comment", {"language": own.pages, **place})
    return f"{settings.public_address.rstrip('/')}{path}" if settings.public_address else None
