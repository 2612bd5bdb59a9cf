"""From the receipt, until closing: revise a comment, take back one or all, add further ones. Whatever is refused gives back what was typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from flask import redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.basket import POSITIONED
from consult.core.comment_details import Ground, read_details
from consult.core.problem import Problem, Refused
from consult.core.receipt import CommentOnReceipt, ReceiptSeen
from consult.core.submission import LIMITS, CommentTarget, typed_words, words_problems
from consult.core.vocabulary import CommentType, Position, Target
from consult.operations.adding import begin_adding
from consult.operations.revise import LONGEST_REASON, Besides, Words, revise_comment, withdraw_by_author
from consult.queries.attachments import files_of_form
from consult.queries.commenting import form_subject, round_for_comments
from consult.web import baskets, tickets
from consult.web.attaching import about_files, status_of, take_files
from consult.web.comment_page import options
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.forms import content_of, sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence
from consult.wording.submission import problem_sentence

TYPED = ("text", "proposed", "rationale", "evidence", "further", "reason")


@blueprint.get("/receipt/<reference>/comments/<comment>")
@needs("comment")
def revise(reference: str, comment: str) -> Response:
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    receipt = receipt_page.seen(reference)
    one = receipt_page.comment_of(receipt, comment)
    if not receipt_page.is_open(receipt) or one.ended:
        return redirect(receipt_page.back(reference), 303)
    return _form(receipt, one, _fields(one))


@blueprint.post("/receipt/<reference>/comments/<comment>")
@needs("comment")
def revised(reference: str, comment: str) -> Response:
    """The signed field says that the form was opened by the right person; it does not end with the ticket's hour, so no text is lost to that."""
    field, fields = signed("receipt.revise"), request.form
    if field is None or (field.get("reference"), field.get("comment")) != (reference, comment):
        return _given_back(reference, "not_ours", fields, 400)
    receipt = receipt_page.seen(reference)
    one = receipt_page.comment_of(receipt, comment)
    opened, key = datetime.fromisoformat(field["opened"]), str(field.get("key", ""))
    try:
        attached = take_files(consultation=receipt.consultation, round_number=receipt.round, key=key, opened=opened)
    except Refused:  # the window closed just now: the words below are judged by it as well
        attached = ()
    if fields.get("act") == "attach" and receipt_page.is_open(receipt):
        return _form(
            receipt, one, fields, problems=attached, signed_field=fields["signed"], status=status_of(attached) if attached else 200
        )
    words, problems = _said(receipt, one, fields, key)
    if problems := [*problems, *attached]:
        return _form(receipt, one, fields, problems=problems, signed_field=fields["signed"], status=status_of(problems))
    try:
        revise_comment(
            submission=reference, comment=comment, words=words, seen=int(field["seen"]), opened_at=opened, address=request.remote_addr,
            now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _not_revised(receipt, one, fields, refused.problems[0])
    return redirect(receipt_page.back(reference, "revised"), 303)


def _said(receipt: ReceiptSeen, one: CommentOnReceipt, fields: Mapping[str, str], key: str) -> tuple[Words, list[Problem]]:
    """What the form says, and all that is wrong with it."""
    proposes, ground = one.target != "process", _ground(receipt, one)
    details, wrong = read_details({name: fields.get(name, "") for name in ("evidence", "further")}, ground)
    asked = {name: fields.get(name, "") for name in ("text", "proposed", "rationale", "position", "type")}
    said = typed_words(fields, proposes)
    gone = tuple(int(each) for each in request.form.getlist("take_away") if each.isascii() and each.isdigit())
    position = fields.get("position") if one.target in POSITIONED else None
    besides = Besides(
        cast("Position | None", position or None), cast("CommentType | None", fields.get("type") or None), details.further, gone, key
    )
    whole = bool(said["proposed"]) and one.newest.whole
    words = Words(said["text"], said["rationale"], said["proposed"], details.evidence, whole=whole, besides=besides)
    return words, [*words_problems(asked, proposes), *wrong]


def _ground(receipt: ReceiptSeen, one: CommentOnReceipt) -> Ground:
    """What its further clauses are read against."""
    language = page_language()
    round_ = round_for_comments(consultation=receipt.consultation, number=receipt.round, language=language)
    baseline = one.version if one.target == "removed" else None
    number = (one.number or "") if one.target == "new" else one.number
    target = CommentTarget(cast(Target, one.target), one.standard_slug, number, baseline)
    subject = form_subject(round_id=round_.id, target=target, language=language) if round_ else None
    return subject.ground if subject else Ground()


@blueprint.get("/receipt/<reference>/withdraw")
@needs("comment")
def withdraw(reference: str) -> Response:
    """Asks before anything is taken back: one comment (`comment`), or all."""
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    receipt = receipt_page.seen(reference)
    chosen = [each for each in receipt.standing if request.args.get("comment") in (None, each.reference)]
    if not receipt_page.is_open(receipt) or not chosen:
        return redirect(receipt_page.back(reference), 303)
    return _withdrawing(receipt, chosen)


@blueprint.post("/receipt/<reference>/withdraw")
@needs("comment")
def withdrawn(reference: str) -> Response:
    field = signed("receipt.withdraw")
    if field is None or field.get("reference") != reference:
        return _given_back(reference, "not_ours", request.form, 400)
    try:
        withdraw_by_author(submission=reference, comments=field["comments"], reason=request.form.get("reason", ""), now=request_time())
    except Refused as refused:
        problem = refused.problems[0]
        if problem.code in baskets.OF_THE_WINDOW:
            return _given_back(reference, problem.code, request.form, 403)
        receipt = receipt_page.seen(reference)
        chosen = [each for each in receipt.comments if each.reference in field["comments"]]
        return _withdrawing(receipt, chosen, bare_sentence(problem, gettext), 422)
    return redirect(receipt_page.back(reference, "withdrawn"), 303)


@blueprint.post("/receipt/<reference>/add")
@needs("comment")
@receipt_page.held
def add(reference: str) -> Response:
    """Back to reading, with a basket that knows who writes and what it adds to."""
    try:
        token, started = begin_adding(
            submission=reference, token=baskets.token(), language=page_language(), address=request.remote_addr, now=request_time()
        )
    except Refused as refused:
        problem = refused.problems[0]
        status = 403 if problem.code in baskets.OF_THE_WINDOW else baskets.STATUS.get(problem.code, 409)
        return receipt_page.shown(reference, trouble=problem.code, status=status)
    answer = redirect(url_for("reading.consultation", consultation=receipt_page.seen(reference).consultation), 303)
    return baskets.give(answer, token) if started else answer


def _fields(one: CommentOnReceipt) -> dict[str, str]:
    """The newest words, as the form is filled in with."""
    newest = one.newest
    return {
        "text": newest.text or "",
        "proposed": newest.proposed or "",
        "rationale": newest.rationale or "",
        "evidence": "\n".join(newest.evidence),
        "further": ", ".join(newest.further),
        "position": newest.position or "",
        "type": newest.type or "",
    }


def _not_revised(receipt: ReceiptSeen, one: CommentOnReceipt, fields: Mapping[str, str], problem: Problem) -> Response:
    if problem.code in baskets.OF_THE_WINDOW:
        return _given_back(receipt.reference, problem.code, fields, 403, receipt)
    if problem.code in ("comment_ended", "confirmation_disowned"):
        return _given_back(receipt.reference, problem.code, fields, 409, receipt)
    if problem.where.get("field") == "files":
        return _form(receipt, one, fields, problems=[problem], signed_field=fields["signed"], status=status_of([problem]))
    return _form(receipt, one, fields, trouble=problem.code, status=baskets.STATUS.get(problem.code, 409))


def _form(
    receipt: ReceiptSeen, one: CommentOnReceipt, fields: Mapping[str, str], *, problems: Sequence[Problem] = (), trouble: str = "",
    signed_field: str | None = None, status: int = 200,
) -> Response:  # fmt: skip
    sentences = [(str(each.where["field"]), problem_sentence(each, page_language())) for each in problems]
    fresh = {"reference": receipt.reference, "comment": one.reference, "seen": one.newest.number, "opened": request_time().isoformat()}
    former = content_of("receipt.revise", request.form.get("signed", ""))
    field = signed_field or sign("receipt.revise", **fresh, **({"key": former["key"]} if former else {}))
    key = (content_of("receipt.revise", field) or {})["key"]
    waiting = tuple(each for each in files_of_form(key) if not each.handed_in)
    return private_page(
        "commenting/revise.html", status,
        **receipt_page.about(receipt) | {"signed": field}, comment=one, fields=fields, problems=sentences, errors=dict(reversed(sentences)),
        trouble=trouble, limits=LIMITS, files=waiting, **about_files(), options=options(), numbers=_ground(receipt, one).numbers,
        leaving=request.form.getlist("take_away"),
    )  # fmt: skip


def _withdrawing(receipt: ReceiptSeen, chosen: Sequence[CommentOnReceipt], error: str = "", status: int = 200) -> Response:
    named: dict[str, Any] = {"reference": receipt.reference, "comments": [each.reference for each in chosen]}
    about = receipt_page.about(receipt) | {"signed": sign("receipt.withdraw", **named)}
    return private_page(
        "commenting/withdraw.html", status,
        **about, chosen=chosen, reason=request.form.get("reason", ""), error=error, longest=LONGEST_REASON,
    )  # fmt: skip


def _given_back(reference: str, why: str, fields: Mapping[str, str], status: int, receipt: ReceiptSeen | None = None) -> Response:
    """Nothing was stored: all that was typed, to be copied, and the time of closing for whoever showed the right to this receipt."""
    typed = [(name, fields[name]) for name in TYPED if fields.get(name, "").strip()]
    closes = (receipt.window.closes, receipt.window.zone) if receipt else None
    return private_page("commenting/receipt_back.html", status, reference=reference, why=why, typed=typed, closes=closes)
