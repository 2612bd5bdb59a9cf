"""“What binds me”: the activities a reader chose stand in the address and go along with every link between the pages that heed them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, has_request_context, request

from consult.core.binding import Balance, Bound, asked, balance, binds
from consult.core.body import Body
from consult.queries.changes import LinkSeen
from consult.queries.standards import ClauseName, ClauseSeen
from consult.web.reading.room import blueprint

HEEDING = frozenset(
    {
        "reading.standard", "reading.changes", "reading.consultation", "reading.clause", "reading.removed", "reading.clause_of_version",
        "reading.clause_history",
    }
)  # fmt: skip
"""Endpoints whose addresses carry the choice on."""


@dataclass(frozen=True, slots=True)
class WhatBinds:
    """What changes for those who chose activities: their criteria before and now, those that begin and those that cease to bind them."""

    before: int
    after: int
    newly: tuple[ClauseName, ...]
    no_longer: tuple[ClauseName, ...]


@blueprint.app_template_global()
def chosen_activities() -> tuple[str, ...]:
    """Codes of the activities that the address names; read once a request."""
    if "activities" not in g:
        body: Body = current_app.config["BODY"]
        g.activities = asked(request.args.getlist("activities"), [each.code for each in body.activities])
    found: tuple[str, ...] = g.activities
    return found


@blueprint.app_url_defaults
def carry(endpoint: str, values: dict[str, Any]) -> None:
    """Keeps the choice in links; `activities=None` in a link drops it."""
    if endpoint in HEEDING and "activities" not in values and has_request_context() and (chosen := chosen_activities()):
        values["activities"] = ",".join(chosen)


@blueprint.app_template_filter("binds_chosen")
def binds_chosen(clause: Bound) -> bool:
    """Whether a clause binds one of the chosen activities; with none chosen every requirement does."""
    return binds(clause.applies, chosen_activities(), clause.kind)


def binding_only(listed: Sequence[ClauseSeen], chosen: tuple[str, ...]) -> tuple[ClauseSeen, ...]:
    """Of a version's clauses those that bind the chosen activities, below the headings they stand under; all where nothing is chosen."""
    if not chosen:
        return tuple(listed)
    kept: list[ClauseSeen] = []
    levels: list[int] = []
    for clause in reversed(listed):
        heads = not clause.leaf and any(level > clause.level for level in levels)
        if heads or (clause.leaf and binds_chosen(clause)):
            kept.append(clause)
            levels = [level for level in levels if level <= clause.level] + [clause.level]
    return tuple(reversed(kept))


def what_binds(links: Iterable[LinkSeen], chosen: tuple[str, ...]) -> WhatBinds | None:
    """None where nothing is chosen."""
    if not chosen:
        return None
    listed = tuple(links)
    told: Balance = balance([(link.old, link.new) for link in listed], chosen)
    new = {name.number: name for link in listed for name in link.new}
    old = {name.number: name for link in listed for name in link.old}
    newly, no_longer = tuple(new[number] for number in told.newly), tuple(old[number] for number in told.no_longer)
    return WhatBinds(len(told.before), len(told.after), newly, no_longer)
