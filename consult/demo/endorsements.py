"""Endorsements of the demonstration: parties of several classes stand behind comments of others, through the real operations."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import yaml
from flask import current_app

from consult.core.endorsement import EndorsementForm
from consult.core.language_guess import guess_language
from consult.core.plan import ConsultationPlan
from consult.core.submission import Person
from consult.core.window import instant
from consult.operations.endorse import endorse
from consult.operations.endorsements import move_endorsements
from consult.operations.record import Actor
from consult.queries.comment_export import exported_round
from consult.queries.comments import published_comments
from consult.queries.endorsements import endorsement_queue
from consult.resources import resource


def seed_endorsements(*, plan: ConsultationPlan, staff: Actor, now: datetime) -> None:
    """What the content tells, those that would lie in the future left out."""
    entries = yaml.safe_load((resource("content") / "demo" / "endorsements.yaml").read_text(encoding="utf-8"))
    for data in entries:
        entry = plan.rounds[data["round"] - 1]
        at = instant(entry.opens.replace(hour=data["hour"], minute=12) + timedelta(days=data["day"] - 1), entry.zone)
        if at < now:
            _endorse(data, plan.slug, at, staff, now)


def _endorse(data: Mapping[str, Any], consultation: str, at: datetime, staff: Actor, now: datetime) -> None:
    party, nuance = data["party"], data.get("nuance")
    person = Person(
        capacity=data["capacity"], stakeholder_class=data["class"], country=data["country"], choice=data["choice"],
        consent_version=current_app.config["BODY"].consent_version, name=party.get("name"), mail=party.get("mail"),
        organisation=party.get("organisation"),
    )  # fmt: skip
    comment = _comment(consultation, data["round"], data["begins"], now)
    endorse(
        form=EndorsementForm(
            key=f"demo-endorsement-{secrets.token_urlsafe(9)}", consultation=consultation, round=data["round"], comment=comment,
            language=data["language"], person=person, nuance=nuance,
            nuance_language=guess_language(nuance, data["language"]).tag if nuance else None, opened_at=at - timedelta(minutes=4),
        ),
        now=at,
    )  # fmt: skip
    key = endorsement_queue(consultation=consultation, state="pending", comment=comment).rows[-1].key
    for step in data["moderation"]:
        when = at + timedelta(hours=step["after_hours"])
        if key is not None and when < now:
            move_endorsements(seen={key: "pending"}, to=step["to"], consultation=consultation, by=staff, now=when)


def _comment(consultation: str, number: int, begins: str, now: datetime) -> str:
    """The reference of the published comment that begins so."""
    found = exported_round(consultation=consultation, number=number)
    assert found is not None
    page = published_comments(round_id=found.id, limit=1000, now=now)
    return next(each.reference for each in page.rows if (each.text or "").startswith(begins))
