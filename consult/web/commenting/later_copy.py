"""From the receipt: a later copy of the form is sent, read beside what was handed in, and applied with one button."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.core.received_file import LARGEST
from consult.jobs.read_files import read_at_once
from consult.operations.later_copy import Applied, apply_later_copy, receive_later_copy
from consult.queries.commenting import round_for_comments
from consult.queries.received_files import FileSeen, found_file
from consult.web import baskets, tickets
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.commenting.copy_page import compared_page
from consult.web.file_rows import said, said_of
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.too_late import too_late_page

COPY = "/receipt/<reference>/copy"
STATUS = {"file_too_large": 413, "too_many_attempts": 429, "confirmation_disowned": 409, "added_elsewhere": 409}
REFUSED = {
    "copy_changed": 409, "confirm_over": 403, "round_cancelled": 403, "window_closed": 403, "confirmation_disowned": 409,
    "stale_revision": 409, "too_many_attempts": 429, "file_unknown": 404,
}  # fmt: skip


@blueprint.get(COPY)
@needs("comment")
def later_copy(reference: str) -> Response:
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    return _form(reference)


@blueprint.post(COPY)
@needs("comment")
def send_copy(reference: str) -> Response:
    """The signed field says that the form was opened by the right person; it does not end with the ticket's hour."""
    field = signed("receipt.copy")
    if field is None or field.get("reference") != reference:
        return receipt_page.asked(reference=reference, trouble="ticket_over", status=400)
    sent = request.files.get("file")
    data, name = (sent.read(LARGEST + 1), sent.filename or "") if sent else (b"", "")
    try:
        received = receive_later_copy(
            submission=reference, token=baskets.token(), language=page_language(), key=field["key"], data=data, name=name,
            opened_at=datetime.fromisoformat(field["opened"]), address=request.remote_addr, now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _not_received(reference, data, name, refused.problems)
    if not received.again:
        read_at_once(received.reference, len(data))
    answer = redirect(_address(reference, received.reference, again=1 if received.again else None), 303)
    return baskets.give(answer, received.token) if received.token and received.started else answer


@blueprint.get(f"{COPY}/<copy>")
@needs("comment")
def compared(reference: str, copy: str) -> Response:
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    file = _file(reference, copy)
    return compared_page(file, receipt_page.seen(reference)) if file else redirect(receipt_page.back(reference), 303)


@blueprint.post(f"{COPY}/<copy>")
@needs("comment")
def apply_copy(reference: str, copy: str) -> Response:
    """All that was confirmed, or nothing of it; or, of a file that still waits, that it be read now."""
    field = signed("receipt.compared")
    file = _file(reference, copy)
    if field is None or file is None or (field.get("reference"), field.get("file")) != (reference, copy):
        return receipt_page.asked(reference=reference, trouble="ticket_over", status=400)
    if request.form.get("act") == "read":
        read_at_once(copy, 0)
        return redirect(_address(reference, copy), 303)
    try:
        done = apply_later_copy(
            submission=reference, file=copy, shown=field["shown"], said=said_of(request.form), move_on=_keys("move"),
            gone=request.form.getlist("gone"), key=field["key"], address=request.remote_addr, now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _not_applied(file, reference, refused.problems)
    return redirect(_address(reference, copy, **_told(done)), 303)


def _form(reference: str, problems: Sequence[Problem] = (), status: int = 200) -> Response:
    receipt = receipt_page.seen(reference)
    errors = [(str(each.where.get("field", "")), said(each)) for each in problems]
    about = receipt_page.about(receipt) | {"signed": sign("receipt.copy", reference=reference, opened=request_time().isoformat())}
    return private_page(
        "commenting/later_copy.html", status,
        **about, open=receipt_page.is_open(receipt), problems=errors, errors=dict(errors), limit=LARGEST,
    )  # fmt: skip


def _not_received(reference: str, data: bytes, name: str, problems: Sequence[Problem]) -> Response:
    """After closing all that can be read of the file is given back; else the form says what is wrong with it."""
    code = problems[0].code
    receipt = receipt_page.seen(reference)
    round_ = round_for_comments(consultation=receipt.consultation, number=receipt.round, language=page_language())
    if code in baskets.OF_THE_WINDOW and round_ is not None:
        return too_late_page(round_, data, name, code)
    return _form(reference, problems, STATUS.get(code, 422))


def _not_applied(file: FileSeen, reference: str, problems: Sequence[Problem]) -> Response:
    rows = {int(each.where["row"]): said(each) for each in problems if "row" in each.where}
    of_all = next((each for each in problems if "row" not in each.where), None)
    status = 422 if of_all is None else REFUSED.get(of_all.code, 422)
    return compared_page(file, receipt_page.seen(reference), status=status, problems=rows, refusal=of_all)


def _file(reference: str, copy: str) -> FileSeen | None:
    """Only at the receipt it was sent from."""
    file = found_file(copy, page_language())
    return file if file and file.submission == reference else None


def _address(reference: str, copy: str, **more: Any) -> str:
    now = request_time()
    return url_for("commenting.compared", reference=reference, copy=copy, ticket=tickets.ticket(reference, now), **more)


def _told(done: Applied) -> Mapping[str, Any]:
    """What was done, to be said on the page."""
    return {
        "done": 1, "added": done.added.reference if done.added else None, "revised": len(done.revised) or None,
        "withdrawn": len(done.withdrawn) or None,
    }  # fmt: skip


def _keys(name: str) -> list[int]:
    return [int(each) for each in request.form.getlist(name) if each.isascii() and each.isdigit() and len(each) < 10]
