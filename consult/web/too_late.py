"""A file that came too late: nothing of it is stored, and all that can be read of it is given back."""

from flask import current_app
from werkzeug.wrappers import Response

from consult.core.comment_form import FormReading
from consult.core.problem import Refused
from consult.operations.drafts import shown_name
from consult.operations.read_form import read_filled_form
from consult.queries.commenting import RoundForComments
from consult.web.file_rows import said
from consult.web.forms import sign
from consult.web.rendering import private_page


def too_late_page(round_: RoundForComments, data: bytes, name: str, why: str) -> Response:
    """Nothing is stored; all that can be read is given back, as text and as a form file."""
    settings = current_app.config["SETTINGS"]
    reading: FormReading | None = None
    problem = ""
    try:
        reading = read_filled_form(
            data,
            name,
            consultation_slug=round_.consultation,
            number=round_.number,
            languages=settings.languages,
            body=current_app.config["BODY"],
        )
    except Refused as refused:
        problem = said(refused.problems[0])
    rows = reading.rows if reading else ()
    travelling = [
        [row.kind or "clause", row.standard, row.number, row.baseline, row.number_said, *row.said, row.evidence, row.position, row.type]
        for row in rows
    ]
    return private_page(
        "mine/too_late.html", 403,
        round=round_, why=why, name=shown_name(name), rows=rows, unreadable=problem,
        signed=sign("my.upload.back", round=[round_.consultation, round_.number], rows=travelling) if rows else None,
    )  # fmt: skip
