"""The queue: filters as addresses, ticked comments moved together, undo."""

from collections.abc import Sequence

from flask import redirect, request
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.operations.moderate import MovedTogether, move_comments
from consult.queries.clause_names import clause_names
from consult.queries.consultations import consultations
from consult.queries.loads import Load, loads
from consult.queries.moderation import Waiting, facets, newest_steps, queue
from consult.web import forms
from consult.web.locale import page_language
from consult.web.moderating.filters import choices
from consult.web.moderating.room import (
    asked_filter,
    blueprint,
    by,
    comment_address,
    done_before,
    found_consultation,
    queue_address,
)
from consult.web.moderating.words import refusal
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page

TOGETHER = {"pending": ("cleared", "held"), "held": ("cleared", "pending")}
"""State of the list -> where ticked comments may go together; withholding needs a look at each."""


@blueprint.get("/moderation/")
@needs("read_unmoderated")
def home() -> Response:
    rooms = [each for each in consultations(page_language()) if allowed("read_unmoderated", each.slug)]
    return private_page("moderating/home.html", rooms=rooms, loads=loads(request_time()))


@blueprint.get("/moderation/<consultation>/", endpoint="queue")
@needs("read_unmoderated")
def queue_page(consultation: str) -> Response:
    return _page(consultation)


@blueprint.post("/moderation/<consultation>/")
@needs("moderate")
def move_ticked(consultation: str) -> Response:
    """Moves the ticked comments of a list, or undoes a move. All done: back to the list; some stale: the list with what became of each."""
    signed = forms.signed("staff.moderate")
    if signed is None or not isinstance(signed.get("seen"), dict):
        return _page(consultation, Problem("form_not_ours"), 400)
    ticked = {reference: signed["seen"][reference] for reference in request.form.getlist("tick") if reference in signed["seen"]}
    try:
        done = move_comments(
            seen=ticked, to=request.form.get("to", ""), consultation=consultation, revisions=signed.get("revisions"), by=by(),
            now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(consultation, refused.problems[0], 422)
    if done.stale:
        return _page(consultation, None, 409, done)
    moved = [each.reference for each in done.moved]
    return redirect(queue_address(consultation, asked_filter(), done=moved), 303)


def _page(slug: str, problem: Problem | None = None, status: int = 200, moved: MovedTogether | None = None) -> Response:
    project, wanted = found_consultation(slug), asked_filter()
    page = queue(consultation=slug, wanted=wanted, language=page_language(), after=request.args.get("after"))
    counts = facets(consultation=slug, wanted=wanted)
    may = allowed("moderate", slug)
    documents = {document.version.standard: document.version for round in project.rounds for document in round.documents}
    together = TOGETHER.get(wanted.state or "", ()) if may and not wanted.reference else ()
    return private_page(
        "moderating/queue.html",
        status,
        consultation=project,
        wanted=wanted,
        rows=page.rows,
        after=page.after,
        facets=counts,
        choices=choices(slug, wanted, counts, clause_names(set(counts.clauses), page_language()), documents),
        documents=documents,
        load=loads(request_time()).get(slug, Load()),
        closed=[each for each in project.rounds if each.window.phase(request_time()) == "closed"],
        together=together,
        signed=_signed(page.rows) if together else None,
        done=[] if moved else done_before(slug),
        moved=moved,
        stale=newest_steps(consultation=slug, references=[reference for reference, _ in moved.stale]) if moved else {},
        may=may,
        refusal=refusal(problem) if problem else None,
        address=lambda **changed: queue_address(slug, wanted, **changed),
        open_address=lambda reference: comment_address(slug, reference, wanted),
    )


def _signed(rows: Sequence[Waiting]) -> str:
    """What was seen: the state and the newest revision of each comment of the list."""
    return forms.sign(
        "staff.moderate",
        seen={row.reference: row.state for row in rows},
        revisions={row.reference: row.revision for row in rows},
    )
