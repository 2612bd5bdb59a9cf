"""A verdict on a revision of a comment that stays cleared: shown from now on, or not, with a reason."""

from flask import redirect, request
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.operations.revise import judge_revision
from consult.web import forms
from consult.web.moderating.comment import found_comment, shown_comment
from consult.web.moderating.room import asked_filter, blueprint, by, comment_address
from consult.web.permissions import needs, request_time


@blueprint.post("/moderation/<consultation>/<reference>/revision")
@needs("moderate")
def judge(consultation: str, reference: str) -> Response:
    project, found = found_comment(consultation, reference)
    signed = forms.signed("staff.revision")
    if signed is None or signed.get("reference") != reference:
        return shown_comment(project, found, Problem("form_not_ours"), 400)
    try:
        judge_revision(
            reference=reference, revision=signed["revision"], verdict=request.form.get("verdict", ""),
            reason=request.form.get("revision_reason") or None, consultation=consultation, by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        problem = refused.problems[0]
        conflict = problem.code in ("revised_meanwhile", "move_not_allowed")
        return shown_comment(*found_comment(consultation, reference), problem, 409 if conflict else 422)
    return redirect(comment_address(consultation, reference, asked_filter()), 303)
