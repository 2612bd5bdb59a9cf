"""The queue and the comment page: what they show, to whom, and at what cost; placing a comment."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from consult.models import Placement
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR, Actor
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.staff import Staff, form_of, page_of, signed_in
from tests.support.database import on_sqlite
from tests.support.statements import counted_statements

pytestmark = on_sqlite
QUEUE = f"/en/moderation/{CONSULTATION}/"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", NOW.isoformat())


@pytest.fixture
def references(app: Flask) -> list[str]:
    """On 5.2 in English and French (with wording), on 5.3 in Chinese; received three days, two hours and five minutes ago."""
    with app.app_context():
        factories.round_of()
        return [
            factories.comment("5.2", text="Four years is too short.", position="oppose", now=NOW - timedelta(days=3)).comments[0],
            factories.comment(
                "5.2", text="Une clé trop courte.", language="fr", proposed="L’Entité doit :\n\na) fixer un objectif ; et\nb) le revoir tous les deux ans.",
                person=factories.person(stakeholder_class="civil_society", choice="confidential"), now=NOW - timedelta(hours=2),
            ).comments[0],
            factories.comment("5.3", text="同意。", language="zh", now=NOW - timedelta(minutes=5)).comments[0],
        ]  # fmt: skip


@pytest.fixture
def staff(app: Flask, references: list[str]) -> Staff:
    return signed_in(app, name="Li Na")


def at(reference: str) -> str:
    return f"{QUEUE}{reference}"


def listed(response) -> list[str]:
    return [
        each.attributes["href"].split("/")[-1].split("?")[0] for each in page_of(response).find("a") if each.attributes.get("class") == "t"
    ]


def test_queue_lists_what_waits_oldest_first_in_its_own_language(staff: Staff, references: list[str]) -> None:
    response = staff.client.get(QUEUE)
    assert listed(response) == references
    links = [each for each in page_of(response).find("a") if each.attributes.get("class") == "t"]
    assert [each.attributes["lang"] for each in links] == ["en", "fr", "zh-Hans"]
    assert [each.text for each in links] == ["Four years is too short.", "Une clé trop courte.", "同意。"]
    rows = page_of(response).find("ol")[-1].find("li")
    assert ["3 days" in rows[0].text, "2 hours" in rows[1].text, "5 minutes" in rows[2].text] == [True] * 3
    assert "confidential" in rows[1].text
    assert "Reduction plan" in rows[0].text


def test_clause_title_of_the_queue_is_in_the_language_of_the_page(staff: Staff) -> None:
    assert "Plan de réduction" in page_of(staff.client.get(f"/fr/moderation/{CONSULTATION}/")).text
    assert "减排计划" in page_of(staff.client.get(f"/zh/moderation/{CONSULTATION}/")).text


FILTERS = [
    ("?written=fr", [1]),
    ("?class=civil_society", [1]),
    ("?class=production", [0, 2]),
    ("?q=trop+courte", [1]),
    ("?q=%E5%90%8C%E6%84%8F", [2]),
    ("?q=Lake+Foundries", [0, 1, 2]),
    ("?q=100%25", []),
    ("?q=_", []),
    ("?q=ps3-1-0002&state=cleared", [1]),
    ("?state=cleared", []),
    ("?state=all", [0, 1, 2]),
    ("?state=nonsense", [0, 1, 2]),
    ("?clause=nonsense", [0, 1, 2]),
    ("?clause=99999999999999999999", [0, 1, 2]),
    ("?after=PS3-1-0001", [1, 2]),
    ("?after=PS3-1-0001&written=zh", [2]),
]


def test_filters_are_addresses(staff: Staff, references: list[str]) -> None:
    found = {asked: listed(staff.client.get(QUEUE + asked)) for asked, _ in FILTERS}
    assert found == {asked: [references[place] for place in wanted] for asked, wanted in FILTERS}


def test_every_filter_on_the_page_leads_somewhere(staff: Staff) -> None:
    links = {each.attributes["href"] for each in page_of(staff.client.get(QUEUE)).find("main")[0].find("a")}
    assert len(links) > 15
    assert [href for href in links if staff.client.get(href).status_code != 200] == []
    assert {f"{QUEUE}?written=fr", f"{QUEUE}?class=civil_society", f"{QUEUE}?state=held"} <= links


def test_auditor_reads_everything_and_has_no_button(app: Flask, references: list[str]) -> None:
    auditor = signed_in(app, "process_auditor")
    for address in (QUEUE, at(references[1])):
        page = page_of(auditor.client.get(address)).find("main")[0]
        assert "Une clé trop courte." in page.text
        assert [each for each in page.find("button") if each.attributes.get("name") == "to"] == []
        assert [each for each in page.find("input") if each.attributes.get("type") == "checkbox"] == []


def test_comment_page_shows_proposal_against_the_text_its_author_saw(staff: Staff, references: list[str]) -> None:
    page = page_of(staff.client.get(at(references[1]))).find("article")[0]
    redline = next(each for each in page.find("div") if "clause" in each.attributes.get("class", "").split() and each.find("ins"))
    assert redline.attributes["lang"] == "fr"
    assert [each.text for each in redline.find("del")] == ["removed: chaque année end of removal"]
    assert "tous les deux ans" in redline.find("ins")[0].text
    assert "confidential" in page.text
    assert "anna@example.org" in page.text


def test_text_is_shown_as_sent_and_never_as_markup(app: Flask, staff: Staff) -> None:
    hostile = '<script>alert(1)</script> <img src=x onerror="alert(2)"> **bold** {{ 7*7 }}\n  two  spaces'
    with app.app_context():
        reference = factories.comment("5.2", text=hostile, rationale=hostile, proposed=hostile).comments[0]
    response = staff.client.get(at(reference))
    said = [each for each in page_of(response).find("div") if "as-sent" in each.attributes.get("class", "")]
    assert len(said) == 3
    assert all("".join(child for child in each.children if isinstance(child, str)) == hostile for each in said)
    assert listed(staff.client.get(QUEUE))[-1] == reference


def test_placing_moves_the_comment_and_keeps_the_authors_place_on_the_log(app: Flask, staff: Staff, references: list[str]) -> None:
    page = staff.client.get(at(references[0]))
    options = {
        each.text.split()[0]: each.attributes["value"] for each in page_of(page).find("option") if each.attributes["value"] != "none"
    }
    response = staff.post(f"{at(references[0])}/placement", form_of(page, "clause"), data={"clause": options["5.3"]})
    assert response.status_code == 303
    after = page_of(staff.client.get(response.location))
    assert next(each for each in after.find("option") if "selected" in each.attributes).attributes["value"] == options["5.3"]
    assert listed(staff.client.get(f"{QUEUE}?clause={options['5.3']}")) == [references[0], references[2]]
    stale = staff.post(f"{at(references[0])}/placement", form_of(page, "clause"), data={"clause": "none"})
    assert stale.status_code == 409
    with app.app_context():
        assert len(db.session.scalars(select(Placement)).all()) == 4


def test_placing_nowhere_is_refused(staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(at(references[0])), "clause")
    for clause in ("", "nonsense", "999999", "-1", "١"):
        assert staff.post(f"{at(references[0])}/placement", form, data={"clause": clause}).status_code == 422


def test_erased_comment_shows_nothing_but_its_place(app: Flask, staff: Staff, references: list[str]) -> None:
    from consult.operations.withdraw import erase_comment

    with app.app_context():
        erase_comment(reference=references[0], by=OPERATOR, now=NOW)
    for address in (at(references[0]), f"{QUEUE}?state=erased", f"{QUEUE}?state=all"):
        text = staff.client.get(address).text
        assert "Four years is too short" not in text
        assert references[0] in text
    page = page_of(staff.client.get(at(references[0])))
    assert [each for each in page.find("main")[0].find("button") if each.attributes.get("name") == "to"] == []


def test_statements_per_page_do_not_grow_with_the_queue(app: Flask, staff: Staff, references: list[str]) -> None:
    def count(address: str) -> int:
        with app.app_context(), counted_statements() as statements:
            assert staff.client.get(address).status_code == 200
        return len(statements)

    before = [count(QUEUE), count(at(references[0]))]
    with app.app_context():
        for number in range(30):
            reference = factories.comment(
                ["5.1", "5.2", "5.3"][number % 3], text=f"number {number}", language=["en", "fr", "zh"][number % 3]
            ).comments[0]
            if number % 3 == 0:
                move_comment(reference=reference, seen_state="pending", to="held", by=Actor("account", staff.account), now=NOW)
    assert [count(QUEUE), count(at(references[0]))] == before
    assert max(before) < 35
    pages = [listed(staff.client.get(QUEUE))]
    assert len(pages[0]) == 23
    everything_listed = listed(staff.client.get(f"{QUEUE}?state=all"))
    assert len(everything_listed) == 25
    rest = listed(staff.client.get(f"{QUEUE}?state=all&after={everything_listed[-1]}"))
    assert len(set(everything_listed) | set(rest)) == 33
