"""The forms: on a clause, a removed clause, a clause to insert, a document, the process. Shown, received, given back.

A POST is judged in this order: own origin and signed field, window, what was filled in, then the operation, which judges the window again
in its transaction. Whatever is refused comes back with all that was typed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.basket import draft_from, settled
from consult.core.comment_details import Details, read_details, with_edit
from consult.core.language_guess import guess_language
from consult.core.limits import minutes_to_wait
from consult.core.problem import Problem, Refused
from consult.core.receipt import ReceiptSeen
from consult.core.submission import CommentTarget, FilledIn, NewComment, Person, SubmittedForm, read_form
from consult.operations.submit import submit
from consult.queries.attachments import handed
from consult.queries.commenting import FormSubject, RoundForComments, form_subject, round_for_comments
from consult.queries.receipts import receipt_seen
from consult.web import baskets
from consult.web.asking import answers_sent, keep_sent
from consult.web.attaching import status_of, take_files
from consult.web.comment_fields import picked, preview_answer
from consult.web.comment_page import drawn_differences
from consult.web.commenting import pages
from consult.web.commenting.blueprint import blueprint
from consult.web.forms import signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.tickets import receipt_address
from consult.wording.countries import countries

ROUND = "/consultations/<consultation>/rounds/<int:number_of_round>"
BOTH = ("GET", "POST")
TRAP = "website"
"""A field that people do not see and leave empty."""


@blueprint.route(f"{ROUND}/clauses/<standard>/<number>/comment", methods=BOTH)
@needs("comment")
def on_clause(consultation: str, number_of_round: int, standard: str, number: str) -> Response:
    return _answer(consultation, number_of_round, CommentTarget("clause", standard, number))


@blueprint.route(f"{ROUND}/removed/<standard>/<baseline>/<number>/comment", methods=BOTH)
@needs("comment")
def on_removed(consultation: str, number_of_round: int, standard: str, baseline: str, number: str) -> Response:
    return _answer(consultation, number_of_round, CommentTarget("removed", standard, number, baseline))


@blueprint.route(f"{ROUND}/clauses/<standard>/new", methods=BOTH)
@needs("comment")
def on_new(consultation: str, number_of_round: int, standard: str) -> Response:
    return _answer(consultation, number_of_round, CommentTarget("new", standard, request.args.get("after", "")))


@blueprint.route(f"{ROUND}/documents/<standard>/comment", methods=BOTH)
@needs("comment")
def on_document(consultation: str, number_of_round: int, standard: str) -> Response:
    return _answer(consultation, number_of_round, CommentTarget("document", standard))


@blueprint.route(f"{ROUND}/process/comment", methods=BOTH)
@needs("comment")
def on_process(consultation: str, number_of_round: int) -> Response:
    return _answer(consultation, number_of_round, CommentTarget("process"))


def _answer(consultation: str, number: int, target: CommentTarget) -> Response:
    fields = request.form if request.method == "POST" else None  # read to its end before the clock: a form counts when it is there
    now = request_time()
    round_ = round_for_comments(consultation=consultation, number=number, language=page_language())
    if round_ is None:
        abort(404)
    field = signed("comment") if fields is not None else None
    if field is not None and not _of_this_form(field, round_, target):
        field = None
    subject = form_subject(round_id=round_.id, target=_as_shown(target, field), language=page_language())
    if subject is None:
        abort(404)
    if fields is not None:
        return _received(round_, subject, fields, field, now)
    if round_.cancelled or (round_.window.phase(now) != "open" and not _late(round_, now)):
        return pages.not_open(round_, subject, None, now)
    return pages.form(round_, subject, picked(request.args, subject), now)


def _received(
    round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], field: Mapping[str, Any] | None, now: datetime
) -> Response:
    opened = datetime.fromisoformat(field["opened"]) if field else None
    admitted = not round_.cancelled and (round_.window.admits(now, opened) != "refused" or _late(round_, now))
    if field is None:
        if not admitted:
            return pages.not_open(round_, subject, fields, now)
        return pages.form(round_, subject, fields, now, trouble="not_ours", status=400)
    attached = _attached(round_, field, opened) if admitted else ()
    if admitted and (fields.get("act") == "attach" or (attached and fields.get("act") == "keep")):
        return pages.form(
            round_, subject, fields, now, problems=attached, field=fields["signed"], revision=baskets.shown_revision(fields),
            status=status_of(attached) if attached else 200,
        )  # fmt: skip
    if fields.get("act") == "preview" and admitted:
        if baskets.wants_json():
            return preview_answer(subject, fields)
        return pages.form(round_, subject, fields, now, problems=attached, field=fields["signed"], revision=baskets.shown_revision(fields))
    if fields.get("act") == "keep" and admitted:
        return _kept(round_, subject, fields, field, now)
    read = _read(subject, fields)
    answers, unsound = answers_sent(round_.id, fields)
    if isinstance(read, list) or attached or unsound:
        if not admitted:
            return pages.not_open(round_, subject, fields, now)
        wrong = [*(read if isinstance(read, list) else ()), *unsound, *attached]
        return pages.form(round_, subject, fields, now, problems=wrong, field=fields["signed"], status=status_of(wrong))
    person, comment = read
    comment = replace(comment, attachments=handed(field["key"]))
    if admitted and baskets.hasty(opened):
        return pages.form(round_, subject, fields, now, trouble="too_quick", field=fields["signed"], status=409)
    form = SubmittedForm(
        key=field["key"], consultation=round_.consultation, round=round_.number, language=page_language(), person=person,
        comments=(comment,), opened_at=opened, again=bool(fields.get("again")),
        answers=tuple((code, said) for code, said in answers.items() if said),
    )  # fmt: skip
    try:
        receipt = submit(form=form, now=now, address=request.remote_addr, basket=baskets.own_sha256())
    except Refused as refused:
        return _refused(round_, subject, fields, refused.problems[0], form, now)
    return redirect(receipt_address(receipt.reference, now), 303)


def _attached(round_: RoundForComments, field: Mapping[str, Any], opened: datetime | None) -> tuple[Problem, ...]:
    """Stores the files of the form at once; what is wrong with the others. A window that closed just now is judged with the words."""
    try:
        return take_files(consultation=round_.consultation, round_number=round_.number, key=field["key"], opened=opened)
    except Refused:
        return ()


def _refused(
    round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], problem: Problem, form: SubmittedForm, now: datetime
) -> Response:
    if problem.code in baskets.OF_THE_WINDOW:
        return pages.not_open(round_, subject, fields, now)
    if problem.code == "equal_content":  # the same field again: whoever means it as a further comment says so
        return pages.form(round_, subject, fields, now, trouble="equal_content", field=fields["signed"], status=409)
    if problem.code == "other_content":
        earlier = _earlier(problem)
        return pages.form(round_, subject, fields, now, trouble="other_content", earlier=earlier, status=409, files_of=form.key)
    if problem.code == "too_many_attempts":
        return pages.form(
            round_, subject, fields, now, trouble="too_many_attempts", field=fields["signed"], status=429,
            minutes=minutes_to_wait(problem),
        )  # fmt: skip
    raise RuntimeError(f"a form was refused that was found before: {problem.code}")


def _late(round_: RoundForComments, now: datetime) -> bool:
    return round_.window.phase(now) == "closed" and baskets.late_until(round_.id) is not None


def _kept(round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], field: Mapping[str, Any], now: datetime) -> Response:
    """What was typed becomes a draft in the basket, complete or not."""
    if fields.get(TRAP):
        return pages.form(
            round_, subject, fields, now, problems=[Problem("trap_filled", {"field": TRAP})], field=fields["signed"], status=422
        )
    try:
        kept = baskets.keep(round_.consultation, round_.number, subject.target, field, fields, datetime.fromisoformat(field["opened"]))
    except Refused as refused:
        return baskets.refused_answer(refused) if baskets.wants_json() else _not_kept(round_, subject, fields, refused, now)
    keep_sent(kept.token, round_.consultation, round_.number, round_.id, fields)
    return baskets.kept_answer(kept)


def _not_kept(round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], refused: Refused, now: datetime) -> Response:
    problem, field = refused.problems[0], fields["signed"]
    status, revision = baskets.STATUS.get(problem.code, 400), baskets.shown_revision(fields)
    if problem.code in baskets.OF_THE_WINDOW:
        return pages.not_open(round_, subject, fields, now)
    if problem.code == "other_content":
        return pages.form(round_, subject, fields, now, trouble="other_content", earlier=_earlier(problem), status=status, files_of=_key())
    if problem.code == "control_character":
        return pages.form(round_, subject, fields, now, problems=refused.problems, field=field, revision=revision, status=status)
    stale: list[tuple[str, Markup]] = []
    if problem.code == "stale_draft":
        revision, stored = int(problem.params["revision"]), baskets.draft_with(_key())
        typed = settled(draft_from(fields, subject.target.kind), subject.ground.source)
        stale = drawn_differences(stored.draft, typed) if stored else []
    minutes = minutes_to_wait(problem) if problem.code == "too_many_attempts" else None
    return pages.form(
        round_, subject, fields, now, trouble=problem.code, field=field, stale=stale, revision=revision, status=status, minutes=minutes
    )


def _key() -> str:
    field = signed("comment")
    return str(field["key"]) if field else ""


def _earlier(problem: Problem) -> ReceiptSeen | None:
    """What counts instead of the form just sent."""
    reference = str(problem.params["reference"])
    return receipt_seen(language=page_language(), reference=reference) if reference else None


def _read(subject: FormSubject, fields: Mapping[str, str]) -> tuple[Person, NewComment] | list[Problem]:
    """Who speaks and what the form says, or all that is wrong with it."""
    body = current_app.config["BODY"]
    details, wrong = read_details(fields, subject.ground)
    read = read_form(
        with_edit(fields, subject.ground), classes=[each.code for each in body.classes],
        countries=[code for code, _ in countries(page_language())], consent_version=body.consent_version,
        proposes=subject.target.kind != "process",
    )  # fmt: skip
    if fields.get(TRAP):
        wrong.append(Problem("trap_filled", {"field": TRAP}))
    if isinstance(read, FilledIn):
        return wrong or (read.person, _comment(subject, read, details))
    return [*read, *wrong]


def _comment(subject: FormSubject, read: FilledIn, details: Details) -> NewComment:
    written = "\n".join(part for part in (read.text, read.proposed, read.rationale) if part)
    language = read.language or guess_language(written, page_language()).tag
    return NewComment(
        subject.target, read.text, language, read.proposed, read.rationale, read.type, read.position, None,
        details.anchor, details.further, details.evidence, details.whole,
    )  # fmt: skip


def _of_this_form(field: Mapping[str, Any], round_: RoundForComments, target: CommentTarget) -> bool:
    return field.get("round") == f"{round_.consultation}/{round_.number}" and field.get("target") == pages.signed_target(target)


def _as_shown(target: CommentTarget, field: Mapping[str, Any] | None) -> CommentTarget:
    """With the very text its author has before her eyes, even where that was corrected meanwhile."""
    return replace(target, clause_text=field["text"]) if field else target
