"""One comment: what was said, the clause it was said of, the log, the decision."""

from typing import Any

from flask import abort, redirect, request
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.moderation import moves_from
from consult.core.problem import Problem, Refused
from consult.core.render import render
from consult.core.reply import LONGEST
from consult.core.vocabulary import WITHHOLD_REASONS
from consult.operations.moderate import LONGEST_NOTE, move_comment
from consult.operations.place import place_comment
from consult.queries.clause_names import clauses_of_round
from consult.queries.commenting import shown_text
from consult.queries.comments import comment_seen
from consult.queries.consultations import ConsultationSeen
from consult.queries.counts import counts_of_comments
from consult.queries.moderation import OpenComment, open_comment, queue
from consult.queries.replies import replies_to
from consult.web import forms
from consult.web.locale import page_language
from consult.web.moderating.revisions import compared_revisions
from consult.web.moderating.room import (
    FILE_PURPOSE,
    REPLY_PURPOSE,
    asked_filter,
    blueprint,
    by,
    comment_address,
    done_before,
    found_consultation,
    latest,
    queue_address,
)
from consult.web.moderating.words import refusal
from consult.web.permissions import allowed, needs, request_time
from consult.web.proposals import proposal
from consult.web.rendering import private_page
from consult.wording.terms import term

NO_CLAUSE = "none"
NEAR = 8
"""Comments of the queue that are listed beside the open one."""


@blueprint.get("/moderation/<consultation>/<reference>", endpoint="comment")
@needs("read_unmoderated")
def comment_page(consultation: str, reference: str) -> Response:
    return shown_comment(*found_comment(consultation, reference))


@blueprint.post("/moderation/<consultation>/<reference>")
@needs("moderate")
def move(consultation: str, reference: str) -> Response:
    project, found = found_comment(consultation, reference)
    signed = forms.signed("staff.moderate")
    if signed is None or signed.get("reference") != reference:
        return shown_comment(project, found, Problem("form_not_ours"), 400)
    wanted, to = asked_filter(), request.form.get("to", "")
    try:
        move_comment(
            reference=reference, seen_state=signed["state"], to=to, reason=request.form.get("reason") or None,
            note=request.form.get("note", ""), consultation=consultation, seen_revision=signed.get("revision"), by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        problem = refused.problems[0]
        return shown_comment(
            *found_comment(consultation, reference),
            problem,
            409 if problem.code in ("stale", "revised_meanwhile", "move_not_allowed") else 422,
        )
    following = queue(consultation=consultation, wanted=wanted, language=page_language(), after=reference, limit=1).rows
    if following and not wanted.reference:
        return redirect(comment_address(consultation, following[0].reference, wanted, done=reference), 303)
    return redirect(queue_address(consultation, wanted, done=reference), 303)


@blueprint.post("/moderation/<consultation>/<reference>/placement")
@needs("moderate")
def place(consultation: str, reference: str) -> Response:
    project, found = found_comment(consultation, reference)
    signed = forms.signed("staff.place")
    if signed is None or signed.get("reference") != reference:
        return shown_comment(project, found, Problem("form_not_ours"), 400)
    chosen = request.form.get("clause", "")
    if chosen != NO_CLAUSE and not (chosen.isascii() and chosen.isdigit()):
        return shown_comment(project, found, Problem("clause_elsewhere", {"field": "clause"}), 422)
    try:
        place_comment(
            reference=reference, seen_clause=signed["clause"], to=None if chosen == NO_CLAUSE else int(chosen), consultation=consultation,
            by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        problem = refused.problems[0]
        return shown_comment(*found_comment(consultation, reference), problem, 409 if problem.code == "stale_place" else 422)
    return redirect(comment_address(consultation, reference, asked_filter(), placed=1), 303)


def found_comment(slug: str, reference: str) -> tuple[ConsultationSeen, OpenComment]:
    project = found_consultation(slug)
    found = open_comment(consultation=slug, reference=reference, language=page_language())
    return project, found or abort(404)


def shown_comment(project: ConsultationSeen, found: OpenComment, problem: Problem | None = None, status: int = 200) -> Response:
    slug, row, wanted, may = project.slug, found.row, asked_filter(), allowed("moderate", project.slug)
    before = queue(consultation=slug, wanted=wanted, language=page_language(), before=row.reference, limit=NEAR // 2).rows
    behind = queue(consultation=slug, wanted=wanted, language=page_language(), after=row.reference, limit=NEAR).rows
    seen = None
    if found.author_clause is not None:
        seen = shown_text(clause=found.author_clause, language=row.language, text=found.text_seen)
    kind = problem.code if problem else None
    replies = {each.language: each for each in replies_to([row.reference]).get(row.reference, ())} if row.position == "question" else {}
    beside = comment_seen(reference=row.reference, viewer="secretariat", now=request_time())
    return private_page(
        "moderating/comment.html",
        status,
        consultation=project,
        comment=found,
        row=row,
        repeats=beside.repeats if beside else None,
        counts=counts_of_comments(round_id=found.round_id, references=[row.reference], viewer="secretariat", now=request_time())[
            row.reference
        ],
        wanted=wanted,
        before=before,
        behind=behind,
        seen=seen,
        seen_html=Markup(render(seen.text, words=(row.anchor.start, row.anchor.end) if row.anchor else None)) if seen else None,  # noqa: S704  (made safe by core.render)
        files=beside.files if beside else (),
        **(_acts(found) if may else _NO_ACTS),
        replies=replies,
        reply_limit=LONGEST,
        signed_reply=forms.sign(REPLY_PURPOSE, reference=row.reference, seen={code: each.number for code, each in replies.items()})
        if may and row.state != "withdrawn"
        else None,
        redline=proposal(seen.text, row.proposed, seen.language, row.whole) if seen and row.target in ("clause", "removed") else None,
        clauses=clauses_of_round(found.round_id, page_language()) if may and not row.erased else (),
        no_clause=NO_CLAUSE,
        revised=compared_revisions(row),
        note=request.form.get("note", ""),
        note_limit=LONGEST_NOTE,
        reasons=[(code, term("withheld_reason", code, gettext)) for code in WITHHOLD_REASONS],
        reason=request.form.get("reason", ""),
        problem=kind,
        refusal=refusal(problem) if problem and kind != "stale" else None,
        decided=latest(slug, row.reference) if kind == "stale" else None,
        placed="placed" in request.args and status == 200,
        done=done_before(slug) if status == 200 else [],
        may=may,
        address=lambda **changed: queue_address(slug, wanted, **changed),
        open_address=lambda reference: comment_address(slug, reference, wanted),
    )


_NO_ACTS: dict[str, Any] = {"moves": (), "signed_move": None, "signed_revision": None, "signed_place": None, "signed_file": None}


def _acts(found: OpenComment) -> dict[str, Any]:
    """What may be decided here, and the signed fields of the forms: each carries what its reader sees."""
    row = found.row
    return {
        "moves": moves_from(row.state) if not row.erased else (),  # type: ignore[arg-type]
        "signed_move": forms.sign("staff.moderate", reference=row.reference, state=row.state, revision=row.revision),
        "signed_revision": forms.sign("staff.revision", reference=row.reference, revision=row.revision),
        "signed_place": forms.sign("staff.place", reference=row.reference, clause=found.clause_id),
        "signed_file": forms.sign(FILE_PURPOSE, reference=row.reference),
    }
