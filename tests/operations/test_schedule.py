"""Scheduling: windows from wall times, texts as rows, refusals that store nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from consult.core.plan import ConsultationPlan, ItemPlan, ResourcePlan, RoundPlan
from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Consultation, Event, Round, StaffText
from consult.operations.record import OPERATOR
from consult.operations.schedule import schedule_consultation
from consult.queries.consultations import consultation
from consult.queries.resources import resource, resources
from consult.queries.texts import Wording
from tests import factories

NOW = factories.NOW
ROUND = RoundPlan(
    number=1,
    opens=datetime(2026, 3, 1),
    closes=datetime(2026, 4, 30, 23, 59),
    zone="Australia/Melbourne",
    documents=((factories.STANDARD, factories.DRAFT, None),),
    texts={"title": {"en": "First round", "fr": "Première phase"}},
)
PLAN = ConsultationPlan("revision", "REV", 1, {"title": {"en": "Revision"}}, (ItemPlan("step", {"title": {"en": "Sorted"}}),), (ROUND,))


@pytest.mark.usefixtures("in_app")
def test_a_window_keeps_wall_time_zone_and_instant() -> None:
    factories.version()
    assert schedule_consultation(plan=PLAN, by=OPERATOR, now=NOW) == "revision"
    row = db.session.scalars(select(Round)).one()
    assert (row.opens_local, row.closes_local, row.zone) == ("2026-03-01T00:00:00", "2026-04-30T23:59:00", "Australia/Melbourne")
    assert (row.opens_at, row.closes_at) == (datetime(2026, 2, 28, 13, tzinfo=UTC), datetime(2026, 4, 30, 13, 59, tzinfo=UTC))
    assert row.window.days == 60
    owners = db.session.execute(select(StaffText.owner_kind, StaffText.language).order_by(StaffText.id)).all()
    assert owners == [("consultation", "en"), ("consultation_item", "en"), ("round", "en"), ("round", "fr")]
    assert db.session.execute(select(Event.scope, Event.seq, Event.kind)).all() == [("revision", 1, "consultation_scheduled")]


@pytest.mark.usefixtures("in_app")
def test_papers_keep_their_order_and_a_webinar_its_instant() -> None:
    factories.version()
    texts = {"title": {"en": "Webinar", "fr": "Webinaire"}, "lead": {"en": "In short"}, "body": {"en": "At length"}}
    papers = (
        ResourcePlan("webinar", "webinar", texts, datetime(2026, 3, 7, 10, 30), "Europe/Paris", 90),
        ResourcePlan("highlights", "paper", {"title": {"en": "Highlights"}, "lead": {"en": "In short"}, "body": {"en": ""}}),
    )
    schedule_consultation(plan=replace(PLAN, resources=papers), by=OPERATOR, now=NOW)
    project = consultation("revision", "fr")
    assert project is not None
    webinar, highlights = resources(project.id, "fr")
    assert (webinar.name, webinar.kind, webinar.at, webinar.zone, webinar.minutes) == (
        "webinar", "webinar", datetime(2026, 3, 7, 9, 30, tzinfo=UTC), "Europe/Paris", 90,
    )  # fmt: skip
    assert {field: (text.text, text.language) for field, text in webinar.texts.items() if text} == {
        "title": ("Webinaire", "fr"), "lead": ("In short", "en"),
    }  # fmt: skip
    assert (highlights.name, highlights.kind, highlights.at, highlights.zone, highlights.minutes) == (
        "highlights",
        "paper",
        None,
        None,
        None,
    )
    whole = resource(project.id, "webinar", "zh")
    assert whole is not None
    assert whole.texts["body"] == Wording("At length", "en")
    assert resource(project.id, "none", "zh") is None


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(PLAN, rounds=(replace(ROUND, closes=ROUND.opens),)), "window_reversed"),
        (replace(PLAN, rounds=(ROUND, replace(ROUND, number=2))), "round_overlaps"),
        (replace(PLAN, rounds=(replace(ROUND, documents=((factories.STANDARD, "v9", None),)),)), "version_unknown"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_and_stores_nothing(plan: ConsultationPlan, code: str) -> None:
    factories.version()
    with pytest.raises(Refused) as refused:
        schedule_consultation(plan=plan, by=OPERATOR, now=NOW)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert db.session.scalars(select(Consultation)).all() == []
    assert db.session.scalars(select(StaffText)).all() == []


@pytest.mark.usefixtures("in_app")
def test_a_slug_is_given_once() -> None:
    factories.version()
    schedule_consultation(plan=PLAN, by=OPERATOR, now=NOW)
    with pytest.raises(Refused) as refused:
        schedule_consultation(plan=PLAN, by=OPERATOR, now=NOW)
    assert [problem.code for problem in refused.value.problems] == ["consultation_exists"]
