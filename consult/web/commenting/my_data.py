"""My data, from the receipt: downloaded, less of it published, erased."""

import json
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from flask import current_app, redirect, request, send_file
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.problem import Refused
from consult.core.receipt import ReceiptSeen
from consult.core.revision import narrower_than
from consult.core.vocabulary import CHOICES
from consult.exchange.my_data_zip import write_my_data_zip
from consult.mail.my_data import my_data_text
from consult.operations.my_data import erase_person, narrow_publication
from consult.queries.my_data import my_data as all_of_it
from consult.storage import Storage
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
    """All of it as JSON, to be read, or both with the files she sent."""
    receipt, kind = receipt_page.seen(reference), request.form.get("kind")
    data = all_of_it(receipt)
    record = json.dumps(data, ensure_ascii=False, indent=1).encode()
    if kind == "json":
        return as_file(record, f"my-data_{reference}.json", "application/json")
    text = my_data_text(receipt, data, page=receipt_page.page_of(receipt), language=page_language()).encode()
    if kind == "zip":
        file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  (the answer closes it)
        write_my_data_zip(file, [("my-data.json", record), ("my-data.txt", text)], _sent_files(receipt, data))
        size = file.tell()
        file.seek(0)
        response = send_file(
            file, "application/zip", as_attachment=True, download_name=f"my-data_{reference}.zip", conditional=False, etag=False
        )
        response.content_length = size
        response.headers["Cache-Control"] = "no-store"
        return response
    return as_file(text, f"my-data_{reference}.txt", "text/plain; charset=utf-8")


def _sent_files(receipt: ReceiptSeen, data: Mapping[str, Any]) -> Iterator[tuple[str, BinaryIO]]:
    """Every file beside a comment or a draft that is still kept: its name in the archive, and its bytes as sent."""
    storage = cast(Storage, current_app.config["STORAGE"])
    sent = [
        (f"files/{comment.reference}_{each.number}_{each.label}", each.sha256)
        for comment in receipt.comments
        for each in (*comment.files, *comment.gone_files)
        if each.scan != "refused"
    ]
    drafts = [each for basket in data["drafts_kept"] for draft in basket["drafts"] for each in draft["files"]]
    kept = [(f"files/draft_{number}_{each['name']}", each["sha256"]) for number, each in enumerate(drafts, 1)]
    for name, sha256 in (*sent, *kept):
        if sha256 is not None and storage.size(sha256) is not None:
            yield name, storage.open(sha256)


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
