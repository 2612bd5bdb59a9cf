"""The correspondence table of two published versions as a file: which number became which, for everyone."""

from typing import Any

from flask import current_app, make_response, request
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.correspondence import CorrespondenceRow
from consult.exchange.correspondence_table import MEDIA, correspondence_csv, correspondence_xlsx
from consult.queries.changes import ChangeMap, change_maps, made_at
from consult.web.locale import page_language
from consult.web.permissions import needs
from consult.web.reading.found import found_version, missing_baseline
from consult.web.reading.room import blueprint
from consult.web.rendering import public
from consult.wording.correspondence import correspondence_words

HERE = "/standards/<standard>/<version>/correspondence"


@blueprint.get(f"{HERE}.csv")
@needs("read")
def correspondence_as_csv(standard: str, version: str) -> Response:
    return _file(standard, version, "csv")


@blueprint.get(f"{HERE}.xlsx")
@needs("read")
def correspondence_as_xlsx(standard: str, version: str) -> Response:
    return _file(standard, version, "xlsx")


def _file(standard: str, version: str, ending: str) -> Response:
    """`from` in the address: the baseline; the main one unless told. The same bytes for everyone, with an ETag."""
    found = found_version(standard, version)
    maps = change_maps(found)
    since = request.args.get("from", "").lower() or next(iter(maps), "")
    if since not in maps:
        missing_baseline(found, since)
    body: Body = current_app.config["BODY"]
    rows = _rows(maps[since])
    if ending == "csv":
        data = correspondence_csv(rows)
    else:
        data = correspondence_xlsx(rows, correspondence_words(found.title, since, version, body), dated=made_at(found, since))
    response = make_response(data)
    response.headers["Content-Type"] = MEDIA[ending]
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{standard}_{since}_to_{version}_correspondence_{page_language()}.{ending}"'
    )
    return public(response)


def _rows(map: ChangeMap) -> list[CorrespondenceRow]:
    nothing: tuple[Any, ...] = (None,)
    return [
        CorrespondenceRow(
            old.label if old else "", old.title if old else "", new.label if new else "", new.title if new else "", link.kinds, link.score,
            link.reason, link.by_person or link.reason == "hand",
        )
        for link in map.links
        for old in link.old or nothing
        for new in link.new or nothing
    ]  # fmt: skip
