"""Files beside a comment: the original and the copy for publication, and keeping one of them from the public and the committee."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.operations.attachments import withhold_attachment
from consult.queries.attachments import stored_copy
from consult.queries.moderation import open_comment
from consult.web import forms
from consult.web.attached_files import attached_file
from consult.web.locale import page_language
from consult.web.moderating.comment import found_comment, shown_comment
from consult.web.moderating.room import FILE_PURPOSE, asked_filter, blueprint, by, comment_address, files_of
from consult.web.permissions import needs, request_time


@blueprint.get("/moderation/<consultation>/<reference>/attachments/<int:file>")
@needs("read_unmoderated")
def attachment(consultation: str, reference: str, file: int) -> Response:
    """The original; with `copy=1` what the public gets."""
    found = open_comment(consultation=consultation, reference=reference, language=page_language()) or abort(404)
    asked = next((each for each in files_of(found) if each.number == file and each.copy), None) or abort(404)
    sha256 = stored_copy(reference=reference, number=file) if request.args.get("copy") else asked.sha256
    return attached_file(sha256, label=f"{reference}_{asked.label}", media=asked.media)


@blueprint.post("/moderation/<consultation>/<reference>/attachments/<int:file>")
@needs("moderate")
def withhold(consultation: str, reference: str, file: int) -> Response:
    """Keeps a file back with a reason, or gives it back (no reason)."""
    project, found = found_comment(consultation, reference)
    signed = forms.signed(FILE_PURPOSE)
    if signed is None or signed.get("reference") != reference:
        return shown_comment(project, found, Problem("form_not_ours"), 400)
    reason = request.form.get("file_reason") or None
    if reason is None and request.form.get("act") == "withhold":
        return shown_comment(project, found, Problem("file_reason_needed"), 422)
    try:
        withhold_attachment(
            consultation=consultation, reference=reference, number=file, reason=reason, seen=request.form.get("seen") or None, by=by(),
            now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return shown_comment(*found_comment(consultation, reference), refused.problems[0], 409)
    return redirect(comment_address(consultation, reference, asked_filter(), _anchor="attachments"), 303)
