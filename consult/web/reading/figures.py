"""Figures of a version: their bytes, and which of them stand in a clause."""

from dataclasses import dataclass

from flask import abort, current_app, send_file, url_for
from werkzeug.wrappers import Response

from consult.core.figure import figures
from consult.queries.figures import figures_of_version
from consult.queries.standards import VersionSeen
from consult.storage import Storage
from consult.web.permissions import needs
from consult.web.reading.found import found_version
from consult.web.reading.room import blueprint


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure below its clause: where its bytes are, and the words that stand for it."""

    address: str
    alt: str


@blueprint.get("/standards/<standard>/<version>/figures/<name>")
@needs("read")
def figure(standard: str, version: str, name: str) -> Response:
    found = figures_of_version(found_version(standard, version).id).get(f"assets/{name}")
    storage: Storage = current_app.config["STORAGE"]
    if found is None or storage.size(found.sha256) is None:
        abort(404)
    response = send_file(storage.open(found.sha256), mimetype=found.media_type, etag=found.sha256, conditional=True)
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"  # an SVG is a picture, never a page
    )
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.app_template_global()
def figures_in(text: str, version: VersionSeen) -> list[Shown]:
    """The figures of a clause's text that are kept; a statement only where it names one."""
    named = figures(text)
    kept = figures_of_version(version.id) if named else {}
    return [
        Shown(url_for("reading.figure", standard=version.standard, version=version.name, name=each.name), each.alt)
        for each in named
        if each.path in kept
    ]
