"""Consultations as readers see them: the round to speak of, texts in the nearest language, counts that add up, a fixed number of statements."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.extensions import db, writing
from consult.models import Comment, ConsultationItem, StaffText
from consult.queries.consultations import HandedIn, consultation, consultations, handed_in, items, received, rounds_of
from consult.queries.standards import version
from tests import factories
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
NOW = factories.NOW


def item(kind: str, position: int, on: date | None = None, **texts: str) -> None:
    """`texts`: title_en="…" and the like."""
    with writing() as session:
        row = ConsultationItem(consultation_id=1, kind=kind, position=position, on=on)
        session.add(row)
        session.flush()
        for name, text in texts.items():
            field, _, language = name.partition("_")
            session.add(StaffText(owner_kind="consultation_item", owner_id=row.id, field=field, language=language, text=text))


def test_the_open_round_is_spoken_of_then_the_next_then_the_last() -> None:
    factories.round_of(number=1, opens=timedelta(days=-300), closes=timedelta(days=-240))
    factories.round_of(number=2, draft="v3-draft-2", opens=timedelta(days=-1), closes=timedelta(days=29))
    factories.round_of(number=3, draft="v3-draft-3", opens=timedelta(days=90), closes=timedelta(days=120))
    found = consultation(factories.CONSULTATION, "en")
    assert found is not None
    spoken = {days: found.current(NOW + timedelta(days=days)) for days in (0, 29, 200)}
    assert {days: each and each.number for days, each in spoken.items()} == {0: 2, 29: 3, 200: 3}
    assert found.round(7) is None


def test_a_cancelled_round_is_not_spoken_of() -> None:
    factories.round_of(state="cancelled")
    found = consultation(factories.CONSULTATION, "en")
    assert found is not None
    assert found.current(NOW) is None


def test_documents_carry_their_version_in_the_readers_language_and_their_baseline() -> None:
    factories.round_of()
    found = consultation(factories.CONSULTATION, "zh")
    assert found is not None
    document = found.rounds[0].document(factories.STANDARD)
    assert document is not None
    assert (document.version.title, document.version.name, document.baseline) == ("绩效标准", "v3-draft-1", "v2")
    assert found.rounds[0].document("glossary") is None


def test_texts_fall_back_to_english_and_say_so() -> None:
    factories.consultation(titles={"en": "Revision", "fr": "Révision"})
    found = {language: consultation(factories.CONSULTATION, language) for language in ("en", "fr", "zh")}
    assert {language: each and (each.title.text, each.title.language) for language, each in found.items()} == {
        "en": ("Revision", "en"),
        "fr": ("Révision", "fr"),
        "zh": ("Revision", "en"),
    }
    assert found["en"] is not None
    assert found["en"].texts["why"] is None


def test_a_consultation_without_a_title_goes_by_its_slug() -> None:
    factories.consultation(titles={"de": ""})
    with writing() as session:
        for row in session.scalars(select(StaffText)):
            session.delete(row)
    found = consultation(factories.CONSULTATION, "en")
    assert found is not None
    assert (found.title.text, found.title.language) == (factories.CONSULTATION, "und")


def test_an_unknown_consultation_is_none() -> None:
    assert consultation("nothing", "en") is None
    assert consultations("en") == ()


def test_items_come_by_kind_and_in_their_order() -> None:
    factories.consultation()
    item("question", 1, title_en="Who?", body_en="Anyone.")
    item("milestone", 2, on=date(2026, 4, 1), title_en="Closes", title_fr="Clôture")
    item("milestone", 1, on=date(2026, 3, 2), title_en="Opens")
    found = consultation(factories.CONSULTATION, "fr")
    assert found is not None
    entries = items(found, "fr")
    told = {kind: [(e.on, e.texts["title"] and e.texts["title"].text, e.texts["body"]) for e in group] for kind, group in entries.items()}
    assert told["milestone"] == [(date(2026, 3, 2), "Opens", None), (date(2026, 4, 1), "Clôture", None)]
    assert told["step"] == told["highlight"] == []
    assert [title for _, title, _ in told["question"]] == ["Who?"]


def test_received_is_the_sum_of_the_six_states() -> None:
    one = factories.round_of()
    for _ in range(6):
        factories.comment("5.2")
    with writing() as session:
        states = ("pending", "cleared", "held", "withheld", "withdrawn", "erased")
        for row, state in zip(session.scalars(select(Comment)), states, strict=True):
            row.state = state
    assert (received([one])[one].received, sorted(received([one])[one].states.values())) == (6, [1] * 6)
    assert received([99])[99].received == 0
    assert handed_in([one, 99]) == {one: HandedIn(6), 99: HandedIn()}


def test_rounds_of_a_version_leave_out_those_that_do_not_count() -> None:
    factories.round_of(number=1, state="cancelled", opens=timedelta(days=-90), closes=timedelta(days=-60))
    factories.round_of(number=2)
    found = version(factories.STANDARD, factories.DRAFT, "en")
    assert found is not None
    assert [(each.consultation, each.round) for each in rounds_of(found)] == [(factories.CONSULTATION, 2)]


def test_statements_do_not_grow_with_rounds_and_consultations() -> None:
    factories.round_of()
    with counted_statements() as few:
        consultations("en")
    factories.round_of(number=2, draft="v3-draft-2", opens=timedelta(days=30), closes=timedelta(days=60))
    factories.round_of(consultation_slug=other(), standard_slug="chain-of-custody", draft="v2-draft-1", baseline="v1")
    with counted_statements() as many:
        assert len(consultations("en")) == 2
    assert len(few) == len(many) == 7
    db.session.rollback()


def other() -> str:
    factories.consultation("chain-of-custody-v2", prefix="COC2")
    return "chain-of-custody-v2"
