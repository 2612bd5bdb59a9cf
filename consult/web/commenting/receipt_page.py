"""The receipt's page and the right to it, for all that starts from there. Whoever has the ticket has shown reference and secret code, or has
just handed in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.receipt import CommentOnReceipt, ReceiptSeen
from consult.core.reference import code_sha256
from consult.core.render import render
from consult.mail.receipt import Page
from consult.operations.submit import secret_of
from consult.queries.receipts import receipt_seen
from consult.queries.received_files import copies_of
from consult.web import tickets
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import request_time
from consult.web.rendering import private_page
from consult.web.revised import Drawn, drawn_changes
from consult.wording.countries import country_name
from consult.wording.dates import both_zones
from consult.wording.standards import version_title
from consult.wording.tongues import tongue_name, tongues


def held(view: Callable[..., Response]) -> Callable[..., Response]:
    """A view that acts on a receipt: only for a form that comes from the receipt's page, else reference and secret code are asked for."""

    @wraps(view)
    def checked(reference: str, **place: str) -> Response:
        field = signed("receipt.held")
        if field is None or not tickets.admits(str(field.get("ticket")), reference, request_time()):
            return asked(reference=reference, trouble="ticket_over", status=400)
        return view(reference, **place)

    return checked


def seen(reference: str) -> ReceiptSeen:
    return receipt_seen(language=page_language(), reference=reference) or abort(404)


def secret(receipt: ReceiptSeen) -> str | None:
    """The secret code, made again; None where the installation's key has changed since and another one would come out."""
    code = secret_of(receipt.key, receipt.reference, receipt.turn)
    return code if code_sha256(code) == receipt.secret_sha256 else None


def comment_of(receipt: ReceiptSeen, reference: str) -> CommentOnReceipt:
    return next((each for each in receipt.comments if each.reference == reference), None) or abort(404)


def is_open(receipt: ReceiptSeen) -> bool:
    """Whether its sender may still revise, withdraw and add."""
    return not receipt.cancelled and not receipt.disowned and receipt.window.phase(request_time()) == "open"


def asked(*, reference: str, trouble: str | None = None, status: int = 200) -> Response:
    """The form for reference and secret code. The code is never written back."""
    return private_page("commenting/receipt_form.html", status, reference=reference, trouble=trouble, signed=sign("receipt"))


def shown(reference: str, *, trouble: str | None = None, error: str = "", done: str = "", mail: str = "", status: int = 200) -> Response:
    """The page. `trouble` is a refusal's code, `error` its sentence beside the field `trouble` belongs to; `mail` what was typed there."""
    receipt = seen(reference)
    return private_page(
        "commenting/receipt.html", status,
        **about(receipt), copies=copies_of(submission=reference, language=page_language()), trouble=trouble, error=error, done=done, mail=mail, secret=secret(receipt), open=is_open(receipt),
    )  # fmt: skip


def about(receipt: ReceiptSeen) -> dict[str, Any]:
    """What the pages of a receipt are drawn with."""
    language, ticket = page_language(), tickets.ticket(receipt.reference, request_time())
    return {
        "receipt": receipt,
        "ticket": ticket,
        "signed": sign("receipt.held", ticket=ticket),
        "country": country_name(receipt.country, language),
        "tongues": tongues(language),
        "tongue_name": lambda tag: tongue_name(tag, language),
        "version_title": lambda name: version_title(name, gettext),
        "changed_in": _changed_in,
        "clause_html": lambda text: Markup(render(text)),  # noqa: S704  (made safe by core.render)
        "zones": lambda at: _stamped(both_zones(at, receipt.window.zone, language)),
    }


def _stamped(moment: str) -> Markup:
    """Both zones of an instant; the one in UTC stays on one line, since browsers break after the hyphens of a date."""
    local, _, utc = moment.rpartition(" · ")
    return Markup('{} · <span class="stamp">{}</span>').format(local, utc)


def _changed_in(comment: CommentOnReceipt, number: int) -> Drawn | None:
    """What a revision changed of the one before; None for the first, and where the words were erased."""
    before, after = comment.revisions[max(number - 2, 0)], comment.revisions[number - 1]
    erased = after.text is None and after.proposed is None
    return drawn_changes(before, after, comment.language) if number > 1 and not erased else None


def back(reference: str, done: str = "") -> str:
    """The address of the page, opened for another hour. `done`: what was done, to be said there."""
    more: dict[str, Any] = {"done": done} if done else {}
    now = request_time()
    return url_for("commenting.handed_in", reference=reference, ticket=tickets.ticket(reference, now), **more)


def page_of(receipt: ReceiptSeen) -> Page:
    """Where the receipt is opened again, for files."""
    address = url_for("commenting.receipt", reference=receipt.reference, _external=True)
    return Page(url_for("commenting.receipt"), address)
