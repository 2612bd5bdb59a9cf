"""For machines that follow us: a feed and a calendar of all consultations, and of each."""

from datetime import timedelta
from typing import Any

from flask import current_app, make_response, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.happening import Happening
from consult.exchange import atom, icalendar
from consult.queries.consultations import ConsultationSeen
from consult.queries.feed import PlannedSeen, happenings, planned
from consult.web.locale import html_language, languages, page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.found import found_consultation
from consult.web.reading.room import blueprint
from consult.web.rendering import public
from consult.wording.dates import moment_text
from consult.wording.happenings import CLOSES, MILESTONE, OPENS, happening_sentence, happening_title

REACH, MOST = timedelta(days=400), 100
"""How far back a feed goes, and how many entries it has at most."""
ALARM = timedelta(hours=48)


@blueprint.get("/feed.atom")
@needs("read")
def feed() -> Response:
    return _feed(None)


@blueprint.get("/consultations/<consultation>/feed.atom")
@needs("read")
def feed_of(consultation: str) -> Response:
    return _feed(found_consultation(consultation))


@blueprint.get("/calendar.ics")
@needs("read")
def calendar() -> Response:
    return _calendar(None)


@blueprint.get("/consultations/<consultation>/calendar.ics")
@needs("read")
def calendar_of(consultation: str) -> Response:
    return _calendar(found_consultation(consultation))


def _feed(of: ConsultationSeen | None) -> Response:
    now, language = request_time(), page_language()
    body: Body = current_app.config["BODY"]
    found = happenings(language, since=now - REACH, until=now, consultation=of.slug if of else None)
    told = [each for each in found if each.kind != "closing_soon"][:MOST]  # a reminder is for mails and calendars: feeds are read late
    endpoint, place = ("reading.feed_of", {"consultation": of.slug}) if of else ("reading.feed", {})
    made = atom.Feed(
        id=_tag(language, of.slug if of else "all"),
        title=gettext("%(title)s: news", title=of.title.text) if of else gettext("Consultations of %(body)s", body=body.name),
        author=body.name,
        language=html_language(language),
        updated=told[0].at if told else now.replace(hour=0, minute=0, second=0, microsecond=0),
        address=_address("reading.consultation" if of else "reading.home", **place),
        own=_address(endpoint, **place),
        others=[(html_language(each), _address(endpoint, **place, language=each)) for each in languages() if each != language],
        entries=[_entry(each) for each in told],
    )
    return _sent(atom.to_atom(made), "application/atom+xml; charset=utf-8")


def _entry(happening: Happening) -> atom.Entry:
    language = page_language()
    text = happening_sentence(happening, language, gettext)
    endpoint, place = happening.page
    return atom.Entry(_tag(language, happening.key), happening_title(happening, gettext), text, happening.at, _address(endpoint, **place))


def _calendar(of: ConsultationSeen | None) -> Response:
    body: Body = current_app.config["BODY"]
    name = of.title.text if of else gettext("Consultations of %(body)s", body=body.name)
    entries = [entry for each in planned(page_language(), consultation=of.slug if of else None) for entry in _planned(each)]
    content = icalendar.to_icalendar(icalendar.Calendar(name, html_language(page_language()), entries))
    return _sent(content, "text/calendar; charset=utf-8")


def _planned(each: PlannedSeen) -> list[icalendar.Entry]:
    language = page_language()
    address = _address("reading.consultation", consultation=each.consultation)
    if each.window is None:
        if each.on is None or each.milestone is None:
            return []
        summary = gettext(MILESTONE, title=each.title.text, milestone=each.milestone.text)
        uid = _uid(f"{each.consultation}.milestone.{each.position}")
        return [icalendar.Entry(uid, summary, address, address, each.on, each.at, each.revision, each.called_off)]
    made = []
    for word, sentence, at, alarm in (("opens", OPENS, each.window.opens, None), ("closes", CLOSES, each.window.closes, ALARM)):
        text = f"{moment_text(at, each.window.zone, language)}\n{address}"
        summary = gettext(sentence, title=each.title.text, n=each.round)
        uid = _uid(f"{each.consultation}.{each.round}.{word}")
        made.append(icalendar.Entry(uid, summary, text, address, at, each.at, each.revision, each.called_off, alarm))
    return made


def _tag(language: str, key: str) -> str:
    """A name for ever (RFC 4151), whatever address this installation moves to."""
    return f"tag:{current_app.config['BODY'].contact},2026:consult/{language}/{key}"


def _uid(key: str) -> str:
    """The same in every language: a calendar of two languages shows an event once."""
    return f"{key}@{current_app.config['BODY'].contact.rpartition('@')[2] or 'consult'}"


def _address(endpoint: str, **values: Any) -> str:
    """With the host: that which people use, as the installation was told, else as was asked."""
    public_address: str = current_app.config["SETTINGS"].public_address
    return f"{public_address.rstrip('/')}{url_for(endpoint, **values)}" if public_address else url_for(endpoint, **values, _external=True)


def _sent(content: bytes, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    return public(response)
