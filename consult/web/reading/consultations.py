"""The home page and the page of a consultation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.endorsement import Counts
from consult.core.question import FEW
from consult.core.regions import told_regions
from consult.core.tally import Tally
from consult.core.visibility import responded
from consult.queries import consultations as stored
from consult.queries.changes import LinkSeen, change_maps
from consult.queries.comments import is_displayed, round_tally
from consult.queries.consultations import ConsultationSeen, DocumentSeen, ItemSeen, RoundSeen
from consult.queries.counts import counts_of_round
from consult.queries.editions import files_of
from consult.queries.participation import countries_of
from consult.queries.questions import answered
from consult.queries.resources import resources
from consult.queries.round_documents import changed_counts, received_by_document
from consult.queries.standards import clauses
from consult.web.inflow import inflow_of
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.activities import WhatBinds, binding_only, chosen_activities, what_binds
from consult.web.reading.found import found_consultation
from consult.web.reading.room import blueprint
from consult.web.reading.standards import Branch, links_by_number, tree
from consult.web.reading.words import is_foreign
from consult.web.rendering import public_page
from consult.wording.countries import country_name
from consult.wording.dates import language_text


@dataclass(frozen=True, slots=True)
class Entry:
    """A consultation on the home page with the round to speak of."""

    consultation: ConsultationSeen
    round: RoundSeen | None
    received: int


@blueprint.get("/")
@needs("read")
def home() -> Response:
    now = request_time()
    found = stored.consultations(page_language())
    received = stored.received([each.id for one in found for each in one.rounds])
    groups: dict[str, list[Entry]] = {"open": [], "coming": [], "closed": [], "ended": []}
    for consultation in found:
        current = consultation.current(now)
        phase = "ended" if consultation.state != "active" or current is None else current.window.phase(now)
        groups[phase].append(Entry(consultation, current, received[current.id].received if current else 0))
    foreign = is_foreign(*chain.from_iterable(each.texts.values() for each in found))
    return public_page("reading/home.html", groups=groups, foreign=foreign, nothing=not found)


@dataclass(frozen=True, slots=True)
class Milestone:
    """An entry of the timeline; `state`: done, ahead, or now for the mark of today (without an item)."""

    state: str
    item: ItemSeen | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Laid:
    """A document of the current round: its clauses as a tree, those that bind the chosen activities; their main changes by number."""

    document: DocumentSeen
    tree: list[Branch]
    links: dict[str, LinkSeen]
    binds: WhatBinds | None


@blueprint.get("/consultations/<consultation>/")
@needs("read")
def consultation(consultation: str) -> Response:
    now, language = request_time(), page_language()
    found = found_consultation(consultation)
    entries = stored.items(found, language)
    current = found.current(now)
    body: Body = current_app.config["BODY"]
    today = now.astimezone(ZoneInfo(current.window.zone if current else body.zone)).date()
    tally = round_tally(round_id=current.id, viewer="public", now=now) if current else Tally()
    every = [found.texts, *(item.texts for group in entries.values() for item in group), *(each.texts for each in found.rounds)]
    return public_page(
        "reading/consultation.html",
        consultation=found,
        current=current,
        timeline=_timeline(entries["milestone"], today),
        items=entries,
        reported=[each for each in found.rounds if responded(now, each.report_at)],
        files=files_of([document.version for each in found.rounds for document in each.documents]),
        resources=resources(found.id, language),
        laid=[_laid(document) for document in normative_first(current.documents)] if current else [],
        normative_first=normative_first,
        received=stored.received([each.id for each in found.rounds]),
        by_document=received_by_document([each.id for each in found.rounds]),
        changed=changed_counts({(d.version.id, base) for each in found.rounds for d in each.documents for base in d.version.baselines}),
        handed_in=stored.handed_in([each.id for each in found.rounds]),
        tally=tally,
        counts=counts_of_round(round_id=current.id, viewer="public", now=now) if current else Counts(),
        answered=answered(round_id=current.id, viewer="public", language=language) if current else (),
        told=current is not None and is_displayed(current.id, now),
        few=FEW,
        taking_part=_taking_part(current, tally),
        inflow=inflow_of(found.rounds, current, now) if current else None,
        foreign=is_foreign(*chain.from_iterable(texts.values() for texts in every)),
    )


def normative_first(documents: tuple[DocumentSeen, ...]) -> list[DocumentSeen]:
    """What binds before what explains, each in the order of the round."""
    return sorted(documents, key=lambda each: not each.version.normative)


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Rows (name, comments), the largest first. `few`: the last region stands for several that are too small to be told apart."""

    classes: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    regions: list[tuple[str, int]]
    few: bool


def _taking_part(current: RoundSeen | None, tally: Tally) -> TakingPart:
    body: Body = current_app.config["BODY"]
    language = page_language()
    told, rest = told_regions(countries_of(current.id)) if current and tally.received else ({}, 0)
    return TakingPart(
        [(body.class_name(code, language), many) for code, many in _largest_first(tally.classes)],
        [(language_text(code, language), many) for code, many in _largest_first(tally.languages)],
        [*((country_name(code, language), many) for code, many in told.items()), *([(gettext("Other regions"), rest)] if rest else [])],
        bool(rest),
    )


def _largest_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _timeline(milestones: tuple[ItemSeen, ...], today: date) -> list[Milestone]:
    """Milestones in order of their days, with a mark for today between what is done and what is ahead."""
    dated = sorted(milestones, key=lambda item: item.on or date.max)
    done = [Milestone("done", item, item.on) for item in dated if item.on and item.on <= today]
    ahead = [Milestone("ahead", item, item.on) for item in dated if not item.on or item.on > today]
    return [*done, Milestone("now", None, today), *ahead] if dated else []


def _laid(document: DocumentSeen) -> Laid:
    maps = change_maps(document.version, [document.baseline] if document.baseline else [])
    main = maps.get(document.baseline or "")
    chosen = chosen_activities()
    listed = binding_only(clauses(document.version), chosen)
    return Laid(document, tree(listed), links_by_number(main), what_binds(main.links if main else (), chosen))
