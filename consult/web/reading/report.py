"""The response report of a round: what was received and what became of it, once the response is published."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.visibility import responded
from consult.web.permissions import needs, request_time
from consult.web.reading.clause import ROUND
from consult.web.reading.found import found_consultation, found_round
from consult.web.reading.room import blueprint, missing
from consult.web.rendering import public_page
from consult.web.reported import report_context


@blueprint.get(f"{ROUND}/report")
@needs("read")
def report(consultation: str, number_of_round: int) -> Response:
    project = found_consultation(consultation)
    round = found_round(project, number_of_round)
    here: dict[str, Any] = {"consultation": project.slug, "number_of_round": round.number}
    if not responded(request_time(), round.report_at):
        missing(
            gettext("The response to round %(number)s is not published yet", number=round.number),
            gettext("It says what became of every comment, and comes out once the committee has decided on all of them."),
            (gettext("All comments of this round"), url_for("reading.comments", **here)),
            (project.title.text, url_for("reading.consultation", consultation=project.slug)),
        )
    context = report_context(project, round, address=lambda part: url_for("reading.report", part=part, **here))
    return public_page("reading/report.html", **context)
