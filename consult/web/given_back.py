"""What was refused, ready to be saved as a form file: its words travel in the page, nothing is stored."""

from collections.abc import Mapping
from typing import Any

from consult.core.basket import draft_from
from consult.core.submission import CommentTarget
from consult.web.forms import sign


def as_file(consultation: str, number: int, target: CommentTarget, fields: Mapping[str, str] | None) -> dict[str, Any] | None:
    """For mine/_form_file.html: the signed field that says where it belongs, and all that was typed; None where nothing was."""
    if fields is None:
        return None
    said = {name: value for name, value in draft_from(fields, target.kind).fields.items() if value}
    signed = sign(
        "my.given_back", consultation=consultation, round=number, target=[target.kind, target.standard, target.number, target.baseline],
        text=target.clause_text,
    )  # fmt: skip
    return {"signed": signed, "fields": said} if said else None
