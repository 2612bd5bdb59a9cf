"""The receipt: shown after handing in, opened again with reference and secret code, saved as a file; the language of a comment corrected."""

from flask import abort, make_response, redirect, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.problem import Refused
from consult.core.receipt import ReceiptSeen
from consult.core.reference import code_sha256, reference_as_typed
from consult.core.render import render
from consult.core.submission import is_language_tag
from consult.mail.receipt import receipt_text
from consult.operations.receipts import open_receipt
from consult.operations.submit import correct_language, secret_of
from consult.queries.receipts import receipt_seen
from consult.web import tickets
from consult.web.commenting.blueprint import blueprint
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.countries import country_name
from consult.wording.standards import version_title
from consult.wording.tongues import tongue_name, tongues


@blueprint.get("/receipt")
@needs("comment")
def receipt() -> Response:
    return _asked(reference=request.args.get("reference", ""))


@blueprint.post("/receipt")
@needs("comment")
def open_again() -> Response:
    """Reference and code travel in the body; what opens the page is a ticket, so that the code never stands in an address."""
    written, now = request.form.get("reference", ""), request_time()
    if signed("receipt") is None:
        return _asked(reference=written, trouble="not_ours", status=400)
    reference = reference_as_typed(written)
    try:
        open_receipt(reference=reference, code=request.form.get("code", ""), now=now)
    except Refused as refused:
        code = refused.problems[0].code
        response = _asked(reference=written, trouble=code, status=429 if code == "too_many_tries" else 422)
        if code == "too_many_tries":
            response.headers["Retry-After"] = str(int(refused.problems[0].params["minutes"]) * 60)
        return response
    return redirect(tickets.receipt_address(reference, now), 303)


@blueprint.get("/receipt/<reference>")
@needs("comment")
def handed_in(reference: str) -> Response:
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return _asked(reference=reference, trouble="ticket_over")
    return _shown(reference)


@blueprint.post("/receipt/<reference>/file")
@needs("comment")
def save(reference: str) -> Response:
    """The receipt as a text file."""
    if not _holds_it(reference):
        return _asked(reference=reference, trouble="ticket_over", status=400)
    seen = _seen(reference)
    response = make_response(receipt_text(seen, secret=_secret(seen), language=page_language(), address=_open_address(seen)))
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f"attachment; filename=receipt_{seen.reference}.txt"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/receipt/<reference>/language")
@needs("comment")
def correct(reference: str) -> Response:
    """Sets the language of one comment, until closing."""
    now = request_time()
    if not _holds_it(reference):
        return _asked(reference=reference, trouble="ticket_over", status=400)
    tag = request.form.get("language", "")
    if not is_language_tag(tag):
        return _shown(reference, trouble="not_in_list", status=422)
    try:
        correct_language(submission=reference, comment=request.form.get("comment", ""), language=tag, now=now)
    except Refused as refused:
        return _shown(reference, trouble=refused.problems[0].code, status=409)
    return redirect(tickets.receipt_address(reference, now), 303)


def _holds_it(reference: str) -> bool:
    field = signed("receipt.held")
    return field is not None and tickets.admits(str(field.get("ticket")), reference, request_time())


def _seen(reference: str) -> ReceiptSeen:
    return receipt_seen(language=page_language(), reference=reference) or abort(404)


def _secret(seen: ReceiptSeen) -> str | None:
    """The secret code, made again; None where the installation's key has changed since and another one would come out."""
    code = secret_of(seen.key, seen.reference)
    return code if code_sha256(code) == seen.secret_sha256 else None


def _open_address(seen: ReceiptSeen) -> str:
    return url_for("commenting.receipt", reference=seen.reference, _external=True)


def _asked(*, reference: str, trouble: str | None = None, status: int = 200) -> Response:
    """The form for reference and secret code. The code is never written back."""
    return private_page("commenting/receipt_form.html", status, reference=reference, trouble=trouble, signed=sign("receipt"))


def _shown(reference: str, *, trouble: str | None = None, status: int = 200) -> Response:
    seen, now, language = _seen(reference), request_time(), page_language()
    return private_page(
        "commenting/receipt.html", status,
        receipt=seen, secret=_secret(seen), trouble=trouble, signed=sign("receipt.held", ticket=tickets.ticket(reference, now)),
        open=seen.window.phase(now) != "closed", country=country_name(seen.country, language), tongues=tongues(language),
        tongue_name=lambda tag: tongue_name(tag, language), version_title=lambda name: version_title(name, gettext),
        clause_html=lambda text: Markup(render(text)),  # noqa: S704  (made safe by core.render)
    )  # fmt: skip
