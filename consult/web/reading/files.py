"""Files of versions: the clean text and what changed, in every language and format; the same bytes for everyone."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, BinaryIO, NoReturn

from flask import current_app, make_response, render_template, request, send_file, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.version_file import FORMATS, MEDIA, Format, VersionFile
from consult.jobs.make_files import Busy, filtered_file, kept_file
from consult.queries.editions import FileSeen, Kept, file_of
from consult.queries.standards import VersionSeen
from consult.storage import Storage
from consult.web.locale import languages, own_name, page_language
from consult.web.permissions import needs
from consult.web.reading.activities import chosen_activities
from consult.web.reading.found import found_version, missing_baseline, title_of
from consult.web.reading.room import blueprint, missing
from consult.wording.version_file import FORMAT_NAMES

AGAIN = 10
"""Seconds after which a file that could not be made at once is worth another try."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A file as pages list it; `size` in bytes, None while it is still to be made."""

    language: str
    format: str
    address: str
    size: int | None


Offers = list[tuple[str, list[Offered]]]
"""Language -> its files, the page's language first."""


@blueprint.get(f"/standards/<standard>/<version>.<any({', '.join(FORMATS['text'])}):ending>")
@needs("read")
def version_file(standard: str, version: str, ending: Format) -> Response:
    found = found_version(standard, version)
    return _kept(found, VersionFile(standard, version, page_language(), ending))


@blueprint.get(f"/standards/<standard>/<version>/changes.<any({', '.join(FORMATS['changes'])}):ending>")
@needs("read")
def changes_file(standard: str, version: str, ending: Format) -> Response:
    """All that changed or, with activities in the address, what binds these."""
    found = found_version(standard, version)
    since = request.args.get("from", "").lower() or next(iter(found.baselines), "")
    if since not in found.baselines:
        missing_baseline(found, since)
    file = VersionFile(standard, version, page_language(), ending, since)
    return _filtered(found, file, chosen_activities()) if chosen_activities() else _kept(found, file)


def _kept(version: VersionSeen, file: VersionFile) -> Response:
    try:
        kept: Kept | None = kept_file(file)
    except Busy:
        return _later(version)
    if kept is None:
        _not_in_this_language(version)
    storage: Storage = current_app.config["STORAGE"]
    return _sent(storage.open(kept.sha256), kept.size, file.name(), file.format, kept.sha256)


def _filtered(version: VersionSeen, file: VersionFile, activities: tuple[str, ...]) -> Response:
    """Made for whoever asks; who has it already is told so without making it again."""
    seen = file_of(file)
    if seen is None:
        _not_in_this_language(version)
    etag = hashlib.sha256(f"{seen.basis} {file.name(activities)}".encode()).hexdigest()
    if request.if_none_match.contains(etag):
        return _public(make_response(b"", 304), etag)
    try:
        content = filtered_file(file, activities)
    except Busy:
        return _later(version)
    if content is None:
        _not_in_this_language(version)
    return _sent(io.BytesIO(content), len(content), file.name(activities), file.format, etag)


def _sent(file: BinaryIO, size: int, name: str, ending: Format, etag: str) -> Response:
    response = send_file(file, mimetype=MEDIA[ending], as_attachment=ending != "pdf", download_name=name, conditional=False, etag=False)
    response.content_length = size
    return _public(response, etag).make_conditional(request)


def _public(response: Any, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = "public, no-cache"
    made: Response = response
    return made


def _later(version: VersionSeen) -> Response:
    """503: too many files are being made; the page says when to try again."""
    ways = [(title_of(version), url_for("reading.standard", standard=version.standard, version=version.name))]
    remedy = gettext("Many files are being made at the moment. Load this address again in half a minute.")
    page = render_template(
        "reading/missing.html", staff=None, title=gettext("This file is still being made"), remedy=remedy, ways=ways
    )  # fmt: skip
    response = make_response(page, 503)
    response.headers["Retry-After"] = str(AGAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def _not_in_this_language(version: VersionSeen) -> NoReturn:
    arguments = request.args.to_dict(flat=False) | (request.view_args or {})
    missing(
        gettext("%(title)s has no such file in this language", title=title_of(version)),
        gettext("It is available in these languages."),
        *(
            (own_name(code), url_for(request.endpoint or "", **(arguments | {"language": code})))
            for code in version.languages
            if code in languages()
        ),
    )


@blueprint.app_template_global()
def offers(files: Iterable[FileSeen], since: str | None = None, activities: tuple[str, ...] = ()) -> Offers:
    """Files of the text or, with a baseline, of what changed since: a language after the other, that of the page first. A language that this
    installation does not speak (any more) has no addresses.
    """
    spoken = (each for each in files if each.file.baseline == since and each.file.language in languages())
    listed = sorted(spoken, key=lambda each: each.file.language != page_language())
    return [
        (language, [_offered(each, activities) for each in group])
        for language, group in groupby(listed, key=lambda each: each.file.language)
    ]


def _offered(seen: FileSeen, activities: tuple[str, ...]) -> Offered:
    file, size = seen.file, seen.kept.size if seen.kept else None
    where: dict[str, Any] = {"language": file.language, "standard": file.standard, "version": file.version, "ending": file.format}
    if file.baseline is None:
        return Offered(file.language, FORMAT_NAMES[file.format], url_for("reading.version_file", **where), size)
    where |= {"from": file.baseline} | ({"activities": ",".join(activities)} if activities else {})
    return Offered(file.language, FORMAT_NAMES[file.format], url_for("reading.changes_file", **where), None if activities else size)
