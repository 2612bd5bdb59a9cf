"""The receipt: shown after handing in, opened again with reference and secret code, saved as a file; the language of a comment corrected."""

from flask import abort, current_app, make_response, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.problem import Refused
from consult.core.reference import reference_as_typed
from consult.core.submission import is_language_tag
from consult.exchange.receipt_docx import receipt_docx
from consult.mail.receipt import receipt_text
from consult.operations.receipts import open_receipt
from consult.operations.submit import correct_language
from consult.queries.attachments import own_file_stored
from consult.web import tickets
from consult.web.attached_files import attached_file
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.forms import signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/receipt")
@needs("comment")
def receipt() -> Response:
    return receipt_page.asked(reference=request.args.get("reference", ""))


@blueprint.post("/receipt")
@needs("comment")
def open_again() -> Response:
    """Reference and code travel in the body; what opens the page is a ticket, so that the code never stands in an address."""
    written, now = request.form.get("reference", ""), request_time()
    if signed("receipt") is None:
        return receipt_page.asked(reference=written, trouble="not_ours", status=400)
    reference = reference_as_typed(written)
    try:
        open_receipt(reference=reference, code=request.form.get("code", ""), now=now)
    except Refused as refused:
        code = refused.problems[0].code
        response = receipt_page.asked(reference=written, trouble=code, status=429 if code == "too_many_attempts" else 422)
        if code == "too_many_attempts":
            response.headers["Retry-After"] = str(refused.problems[0].params["seconds"])
        return response
    return redirect(tickets.receipt_address(reference, now), 303)


@blueprint.get("/receipt/<reference>")
@needs("comment")
def handed_in(reference: str) -> Response:
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    return receipt_page.shown(reference, done=request.args.get("done", ""))


@blueprint.post("/receipt/<reference>/file")
@needs("comment")
@receipt_page.held
def save(reference: str) -> Response:
    """The receipt as a file: text, or a Word document."""
    seen = receipt_page.seen(reference)
    text = receipt_text(seen, secret=receipt_page.secret(seen), language=page_language(), page=receipt_page.page_of(seen))
    if request.form.get("kind") == "docx":
        title, author = gettext("Receipt %(reference)s", reference=reference), current_app.config["BODY"].name
        content = receipt_docx(text, language=page_language(), title=title, author=author, at=seen.received_at)
        return as_file(content, f"receipt_{seen.reference}.docx", DOCX)
    return as_file(text.encode(), f"receipt_{seen.reference}.txt", "text/plain; charset=utf-8")


@blueprint.get("/receipt/<reference>/comments/<comment>/files/<int:file>")
@needs("comment")
def own_file(reference: str, comment: str, file: int) -> Response:
    """A file as its author sent it, also one that she took away or that staff withheld: always a download."""
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    found = own_file_stored(submission=reference, comment=comment, number=file) or abort(404)
    return attached_file(found[0], label=found[1].label or "file", media=found[1].media)


def as_file(content: bytes, name: str, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/receipt/<reference>/language")
@needs("comment")
@receipt_page.held
def correct(reference: str) -> Response:
    """Sets the language of one comment, until closing."""
    now = request_time()
    tag = request.form.get("language", "")
    if not is_language_tag(tag):
        return receipt_page.shown(reference, trouble="not_in_list", status=422)
    try:
        correct_language(submission=reference, comment=request.form.get("comment", ""), language=tag, now=now)
    except Refused as refused:
        return receipt_page.shown(reference, trouble=refused.problems[0].code, status=409)
    return redirect(tickets.receipt_address(reference, now), 303)
