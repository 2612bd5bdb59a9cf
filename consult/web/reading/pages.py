"""Pages of prose: papers and webinars of a consultation, help and the privacy notice of the installation."""

from collections.abc import Sequence

from flask import current_app, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.page import Section, sections
from consult.exchange.page_files import Pages
from consult.queries import resources as stored
from consult.queries.texts import Wording, nearest
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.found import found_consultation
from consult.web.reading.room import blueprint, missing
from consult.web.rendering import public_page

PRIVACY = "privacy"
LONG = 4
"""From so many headings on a page has a table of contents."""


@blueprint.get("/consultations/<consultation>/resources/<resource>")
@needs("read")
def resource(consultation: str, resource: str) -> Response:
    project = found_consultation(consultation)
    found = stored.resource(project.id, resource, page_language())
    if found is None:
        missing(
            gettext("This consultation has no paper “%(name)s”", name=resource),
            gettext("The page of the consultation lists its papers and webinars."),
            (project.title.text, url_for("reading.consultation", consultation=consultation)),
        )
    body = found.texts["body"]
    parts = sections(body.text) if body else ()
    return public_page(
        "reading/resource.html",
        consultation=project,
        resource=found,
        held=found.at is not None and found.at < request_time(),
        language=body.language if body else page_language(),
        parts=parts,
        contents=_contents(parts),
    )


@blueprint.get("/help/<page>")
@needs("read")
def help_page(page: str) -> Response:
    return _prose(page)


@blueprint.get("/privacy")
@needs("read")
def privacy() -> Response:
    return _prose(PRIVACY)


def _prose(name: str) -> Response:
    pages: Pages | None = current_app.config["PAGES"].get(name)
    if not pages:
        missing(
            gettext("There is no help page “%(name)s”", name=name),
            gettext("The address may have a typing error."),
            (gettext("All consultations"), url_for("reading.home")),
        )
    body: Body = current_app.config["BODY"]
    language = nearest(pages, page_language(), "en" if "en" in pages else min(pages))
    found, days = pages[language], str(current_app.config["SETTINGS"].draft_days)
    title, lead, text = (
        part.replace("{name}", body.name).replace("{contact}", body.contact).replace("{draft_days}", days)
        for part in (found.title, found.lead, found.body)
    )
    parts = sections(text)
    return public_page(
        "reading/prose.html", title=title, lead=Wording(lead, language), language=language, parts=parts, contents=_contents(parts)
    )


def _contents(parts: Sequence[Section]) -> list[Section]:
    named = [part for part in parts if part.heading]
    return named if len(named) >= LONG else []
