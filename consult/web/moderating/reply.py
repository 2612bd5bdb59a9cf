"""Answering a comment that asks, from its page in moderation."""

from flask import redirect, request
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.core.reply import read_replies
from consult.operations.reply import reply as publish_reply
from consult.web import forms
from consult.web.locale import languages
from consult.web.moderating.comment import found_comment, shown_comment
from consult.web.moderating.room import REPLY_PURPOSE, asked_filter, blueprint, by, comment_address
from consult.web.permissions import needs, request_time


@blueprint.post("/moderation/<consultation>/<reference>/reply")
@needs("moderate")
def reply(consultation: str, reference: str) -> Response:
    project, found = found_comment(consultation, reference)
    signed = forms.signed(REPLY_PURPOSE)
    if signed is None or signed.get("reference") != reference:
        return shown_comment(project, found, Problem("form_not_ours"), 400)
    texts, problems = read_replies(request.form, languages())
    if problems:
        return shown_comment(project, found, problems[0], 422)
    try:
        publish_reply(consultation=consultation, reference=reference, texts=texts, seen=signed["seen"], by=by(), now=request_time())
    except Refused as refused:
        return shown_comment(*found_comment(consultation, reference), refused.problems[0], 409)
    return redirect(comment_address(consultation, reference, asked_filter(), _anchor="reply"), 303)
