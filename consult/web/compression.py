"""Public answers compressed on the way out: pages, styles, scripts, pictures, records.

Private pages (forms, receipts, staff rooms: everything that is not `public`) stay as they are: they hold a secret, the signed field, beside
what somebody else may have put into the address, and the length of a compressed answer would tell the secret letter by letter (BREACH).
Public pages hold no secret and are the same for everyone. A file that is made while it is sent (a stream) is left alone too.
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
    if not response.cache_control.public or response.mimetype not in KINDS:
        return response
    # a cache keeps one answer per encoding; a weak ETag confirms them all (also in a 304, whose headers are those of the page here)
    response.vary.add("Accept-Encoding")
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)
    if response.status_code == 200 and request.accept_encodings.quality("gzip") and _may(response):
        response.direct_passthrough = False  # a static file: read here, sent compressed
        response.set_data(_gzip(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


def _may(response: Response) -> bool:
    if "Content-Encoding" in response.headers or (response.is_streamed and not response.direct_passthrough):
        return False
    size = response.content_length if response.direct_passthrough else len(response.get_data())
    return size is not None and SMALLEST <= size <= LARGEST


@lru_cache(maxsize=64)
def _gzip(body: bytes) -> bytes:
    """The same bytes for the same page, whenever it is made; what many read is compressed once."""
    return gzip.compress(body, LEVEL, mtime=0)
