"""My data, from the receipt: downloaded, less of it published, erased."""

import json

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.problem import Refused
from consult.core.revision import narrower_than
from consult.core.vocabulary import CHOICES
from consult.mail.my_data import my_data_text
from consult.operations.my_data import erase_person, narrow_publication
from consult.queries.my_data import my_data as all_of_it
from consult.web import tickets
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.commenting.receipts import as_file
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence
from consult.wording.terms import term


@blueprint.get("/receipt/<reference>/data")
@needs("comment")
def my_data(reference: str) -> Response:
    if not tickets.admits(request.args.get("ticket", ""), reference, request_time()):
        return receipt_page.asked(reference=reference, trouble="ticket_over")
    return _page(reference)


@blueprint.post("/receipt/<reference>/data")
@needs("comment")
@receipt_page.held
def download_data(reference: str) -> Response:
    """All of it as JSON, or to be read."""
    receipt = receipt_page.seen(reference)
    data = all_of_it(receipt)
    if request.form.get("kind") == "json":
        content = json.dumps(data, ensure_ascii=False, indent=1).encode()
        return as_file(content, f"my-data_{reference}.json", "application/json")
    text = my_data_text(receipt, data, page=receipt_page.page_of(receipt), language=page_language())
    return as_file(text.encode(), f"my-data_{reference}.txt", "text/plain; charset=utf-8")


@blueprint.post("/receipt/<reference>/narrow")
@needs("comment")
@receipt_page.held
def narrow(reference: str) -> Response:
    try:
        narrow_publication(submission=reference, to=request.form.get("choice", ""), now=request_time())
    except Refused as refused:
        return _page(reference, "choice", refused)
    return redirect(receipt_page.back(reference, "narrowed"), 303)


@blueprint.post("/receipt/<reference>/erase")
@needs("comment")
@receipt_page.held
def erase(reference: str) -> Response:
    words = request.form.get("what") == "all"
    try:
        erase_person(submission=reference, typed=request.form.get("typed", ""), words=words, now=request_time())
    except Refused as refused:
        return _page(reference, "typed", refused)
    return redirect(receipt_page.back(reference, "erased"), 303)


def _page(reference: str, place: str = "", refused: Refused | None = None) -> Response:
    receipt = receipt_page.seen(reference)
    error = bare_sentence(refused.problems[0], gettext) if refused else ""
    return private_page(
        "commenting/my_data.html", 422 if refused else 200,
        **receipt_page.about(receipt), narrower=_narrower(receipt.choice), place=place, error=error,
        what=request.form.get("what", "person"), chosen=request.form.get("choice", ""),
    )  # fmt: skip


def _narrower(choice: str) -> list[tuple[str, str]]:
    """The choices that allow less, as they begin a line."""
    titles = [(code, term("choice", code, gettext)) for code in narrower_than(choice, CHOICES)]
    return [(code, title[:1].upper() + title[1:]) for code, title in titles]
