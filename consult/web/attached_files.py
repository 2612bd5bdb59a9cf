"""Files of others on their way to a reader: never shown within a page of ours, always as a download that can do nothing."""

from typing import cast

from flask import abort, current_app, request, send_file
from werkzeug.wrappers import Response

from consult.storage import Storage

POLICY = "default-src 'none'; sandbox"


def attached_file(sha256: str | None, *, label: str, media: str, public: bool = False) -> Response:
    """The bytes as a download under a label; 404 where there are none (any more). `public`: the same for everyone, asked again each time."""
    if sha256 is None:
        abort(404)
    storage = cast(Storage, current_app.config["STORAGE"])
    try:
        file = storage.open(sha256)
    except FileNotFoundError:
        abort(404)
    response = send_file(file, mimetype=media, as_attachment=True, download_name=label, conditional=False, etag=sha256 if public else False)
    response.content_length = storage.size(sha256) or 0
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "public, no-cache" if public else "no-store"
    return response.make_conditional(request) if public else response
