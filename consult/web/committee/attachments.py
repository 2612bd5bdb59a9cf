"""A file beside a comment, as far as the committee may have it."""

from flask import abort
from werkzeug.wrappers import Response

from consult.queries.comments import comment_seen
from consult.web.attached_files import attached_file
from consult.web.committee.room import ROUND, blueprint, found_round, viewer_in
from consult.web.permissions import needs, request_time


@blueprint.get(f"{ROUND}/comments/<reference>/attachments/<int:file>")
@needs("read_committee")
def attachment(consultation: str, number_of_round: int, reference: str, file: int) -> Response:
    project, round = found_round(consultation, number_of_round)
    comment = comment_seen(reference=reference, viewer=viewer_in(consultation), now=request_time())
    if comment is None or not reference.startswith(f"{project.prefix}-{round.number}-"):
        abort(404)
    asked = next((each for each in comment.files if each.number == file and each.copy), None) or abort(404)
    return attached_file(asked.sha256, label=f"{reference}_{asked.label}", media=asked.media)
