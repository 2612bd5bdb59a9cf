"""Words for the templates of this room: how long something waits, what was done, refusals."""

from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext, ngettext

from consult.core.problem import Problem
from consult.web.locale import page_language
from consult.web.moderating.room import blueprint
from consult.web.permissions import request_time
from consult.wording.problems import bare_sentence


@blueprint.app_template_filter("waited")
def waited(since: datetime) -> str:
    """How long ago, in the largest whole unit: 3 days, 4 hours, 12 minutes."""
    gone = max(timedelta(), request_time() - since)
    hours, minutes = gone.seconds // 3600, gone.seconds // 60
    if gone.days:
        return str(ngettext("%(num)s day", "%(num)s days", gone.days))
    if hours:
        return str(ngettext("%(num)s hour", "%(num)s hours", hours))
    return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))


@blueprint.app_template_filter("stakeholder_class")
def stakeholder_class(code: str) -> str:
    name: str = current_app.config["BODY"].class_name(code, page_language())
    return name


@blueprint.app_template_global()
def done_sentence(state: str, references: tuple[str, ...]) -> str:
    """Cleared PS3-2-0041. · Cleared 12 comments."""
    one = {
        "cleared": gettext("Cleared %(reference)s.", reference=references[0]),
        "held": gettext("Held %(reference)s.", reference=references[0]),
        "withheld": gettext("Withheld %(reference)s.", reference=references[0]),
        "pending": gettext("%(reference)s waits again.", reference=references[0]),
    }
    count = len(references)
    several = {
        "cleared": ngettext("Cleared %(num)s comment.", "Cleared %(num)s comments.", count),
        "held": ngettext("Held %(num)s comment.", "Held %(num)s comments.", count),
        "withheld": ngettext("Withheld %(num)s comment.", "Withheld %(num)s comments.", count),
        "pending": ngettext("%(num)s comment waits again.", "%(num)s comments wait again.", count),
    }
    return str(one[state] if count == 1 else several[state])


def refusal(problem: Problem) -> str:
    return bare_sentence(problem, gettext)
