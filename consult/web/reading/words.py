"""Words and small pictures for the templates: names of versions, kinds of changes, time left, the ruler of a window."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup

from consult.core.meaning import weightiest
from consult.core.render import render
from consult.core.window import Window
from consult.queries.changes import LinkSeen
from consult.queries.texts import Wording
from consult.web.locale import page_language
from consult.web.permissions import request_time
from consult.web.reading.room import blueprint
from consult.wording.dates import country_text, language_text
from consult.wording.standards import change_labels, listed, version_title

SOON = timedelta(hours=48)
"""Below this hours and minutes are told, not days (design, section 8, Time)."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What is left until a window closes (or opens, while it is coming), or nothing once it is closed."""

    phase: str
    days: int
    hours: int
    minutes: int
    soon: bool
    day: int
    of: int


@blueprint.app_template_global()
def time_left(window: Window) -> TimeLeft:
    now = request_time()
    phase = window.phase(now)
    left = {"coming": window.opens - now, "open": window.left(now)}.get(phase, timedelta())
    hours, rest = divmod(left, timedelta(hours=1))
    return TimeLeft(phase, left.days, hours, rest // timedelta(minutes=1), left < SOON, window.day(now), window.days)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    height: int
    ahead: bool
    label: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """Geometry of a window's ruler: one tick a day, `here` where today is (None outside the window)."""

    ticks: tuple[Tick, ...]
    start: float
    end: float
    here: float | None
    here_anchor: str


@blueprint.app_template_global()
def ruler(window: Window, width: int) -> Ruler:
    now, days = request_time(), max(1, window.days)
    start, end = 4.0, width - 4.0
    step = (end - start) / days
    passed = (min(max(now, window.opens), window.closes) - window.opens) / (window.closes - window.opens)
    here = start + passed * (end - start)
    ten = 10 if days > 14 else 5
    ticks = tuple(
        Tick(
            round(start + day * step, 1), 16 if day % ten == 0 else 11 if day % 5 == 0 else 7, start + day * step > here,
            str(day) if day % ten == 0 and 0 < day < days - 2 and abs(start + day * step - end) > 90 else "",
        )
        for day in range(days + 1)
    )  # fmt: skip
    inside = window.phase(now) == "open"
    anchor = "start" if here < 40 else "end" if here > width - 40 else "middle"
    return Ruler(ticks, start, end, round(here, 1) if inside else start if now < window.opens else None, anchor)


@blueprint.app_template_global()
def change_kinds_of(link: LinkSeen) -> list[tuple[str, str]]:
    """(sign, sentence) for the kinds of a change, with no more labels than a line has room for."""
    old, new = ([clause.label for clause in side] for side in (link.old, link.new))
    return change_labels(
        link.kinds, old, new, link.swapped, page_language(), gettext, confirmed=link.confirmed, binds_others=link.binds_others,
        meaning=weightiest(link.meaning.labels) if link.meaning else (),
    )  # fmt: skip


@blueprint.app_template_filter("version")
def version_filter(name: str) -> str:
    return version_title(name, gettext)


@blueprint.app_template_filter("listed")
def listed_filter(texts: list[str]) -> str:
    return listed(texts, page_language())


@blueprint.app_template_filter("country")
def country_filter(code: str) -> str:
    return country_text(code, page_language())


@blueprint.app_template_filter("language_name")
def language_filter(code: str) -> str:
    return language_text(code, page_language())


@blueprint.app_template_filter("markdown")
def markdown_filter(text: str) -> Markup:
    """Safe HTML of a clause's, comment's or staff text."""
    return Markup(render(text))  # noqa: S704  (core.render passes everything through its allow-list)


@blueprint.app_template_filter("activity")
def activity_filter(code: str) -> str:
    name: str = current_app.config["BODY"].activity_name(code, page_language())
    return name


@blueprint.app_template_filter("local")
def local_filter(moment: datetime, zone: str) -> datetime:
    """An instant as wall time in a zone, for `date`."""
    return moment.astimezone(ZoneInfo(zone))


def is_foreign(*wordings: Wording | None) -> bool:
    """Whether any of the texts is not in the language of the page."""
    return any(wording is not None and wording.language != page_language() for wording in wordings)
