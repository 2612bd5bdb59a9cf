"""Answers compressed on the way out: public pages, styles, scripts, pictures, records, and forms that hold nothing of anybody yet.

Private pages (receipts, staff rooms, a form of somebody who keeps comments here) stay as they are: they hold a secret beside what somebody
else may have put into the address, and the length of a compressed answer would tell the secret letter by letter (BREACH). Public pages
hold no secret and are the same for everyone. Nor does a form that is opened without a cookie and with nothing added to its address: anybody
gets the same, but for a signed field that is another one each time. A file that is made while it is sent (a stream) is left alone too.
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

KINDS = frozenset(
    {
        "text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json", "application/ld+json",
        "text/csv", "text/plain", "text/markdown", "text/calendar", "application/atom+xml",
    }
)  # fmt: skip
SMALLEST = 860
"""Bytes below which the answer fits into one packet anyway."""
LARGEST = 8 * 1024 * 1024
"""Bytes above which a file goes out as it lies: compressing it would hold it in memory."""
LEVEL = 6


def attach(app: Flask) -> None:
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if response.mimetype not in KINDS or not (response.cache_control.public or _nobodys(response)):
        return response
    # a cache keeps one answer per encoding; a weak ETag confirms them all (also in a 304, whose headers are those of the page here)
    response.vary.add("Accept-Encoding")
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    if response.status_code == 200 and request.accept_encodings.quality("gzip") and _may(response):
        response.direct_passthrough = False  # a static file: read here, sent compressed
        response.set_data(_gzip(response.get_data()) if response.cache_control.public else _packed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


def _nobodys(response: Response) -> bool:
    """Whether a page that is not public holds neither a secret nor anything chosen by whoever sent its reader there."""
    return request.method == "GET" and not (request.cookies or request.query_string or "Set-Cookie" in response.headers)


def _may(response: Response) -> bool:
    if "Content-Encoding" in response.headers or (response.is_streamed and not response.direct_passthrough):
        return False
    size = response.content_length if response.direct_passthrough else len(response.get_data())
    return size is not None and SMALLEST <= size <= LARGEST


@lru_cache(maxsize=64)
def _gzip(body: bytes) -> bytes:
    """The same bytes for the same page, whenever it is made; what many read is compressed once."""
    return _packed(body)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
