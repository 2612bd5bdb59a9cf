"""A file beside a published comment: its copy without metadata."""

from flask import abort
from werkzeug.wrappers import Response

from consult.queries.comments import comment_seen
from consult.web.attached_files import attached_file
from consult.web.permissions import needs, request_time
from consult.web.reading.clause import ROUND
from consult.web.reading.found import found_consultation, found_round
from consult.web.reading.room import blueprint


@blueprint.get(f"{ROUND}/comments/<reference>/attachments/<int:file>")
@needs("read")
def attachment(consultation: str, number_of_round: int, reference: str, file: int) -> Response:
    project = found_consultation(consultation)
    round = found_round(project, number_of_round)
    comment = comment_seen(reference=reference, viewer="public", now=request_time())
    if comment is None or not reference.startswith(f"{project.prefix}-{round.number}-"):
        abort(404)
    asked = next((each for each in comment.files if each.number == file and each.copy), None) or abort(404)
    return attached_file(asked.sha256, label=f"{reference}_{asked.label}", media=asked.media, public=True)
