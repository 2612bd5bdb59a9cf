"""Papers, webinars, help and the privacy notice: what they say, where they are found, and what stands in when a language is missing."""

import pytest
from sqlalchemy import delete

from consult.core.page import Page as Prose
from tests.support.demo import CONSULTATION, OTHER, ROUND_2
from tests.support.html import Page

PAPERS = f"/consultations/{CONSULTATION}/resources"
HELP, PRIVACY = "/help/useful-comments", "/privacy"


def links(page):
    return [element.attributes.get("href", "") for element in page.root.find("a")]


def noticed(page):
    return any("notice" in each.attributes.get("class", "") for each in page.root.find("div"))


@pytest.fixture
def read(demo_reader, as_who):
    visitor = as_who(demo_reader, checked=False)  # pages are checked by test_every_page

    def page(address, language="en"):
        answer = visitor.get(f"/{language}{address}")
        assert answer.status_code == 200
        return Page(answer.text)

    return page


def test_the_overview_lists_papers_questions_and_help(read):
    page = read(f"/consultations/{CONSULTATION}/", "fr")
    assert [link for link in links(page) if link.startswith((f"/fr{PAPERS}", f"/fr{HELP}", "#questions"))][:4] == [
        f"/fr{PAPERS}/highlights", f"/fr{PAPERS}/webinar", "#questions", f"/fr{HELP}",
    ]  # fmt: skip


def test_a_consultation_without_papers_offers_help_all_the_same(read):
    page = read(f"/consultations/{OTHER}/")
    assert not [link for link in links(page) if "/resources/" in link]
    assert f"/en{HELP}" in links(page)


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
@pytest.mark.parametrize(
    ("address", "anchors"),
    [
        (f"{PAPERS}/highlights", ["climate", "people", "nature", "throughout", "since-draft-1", "needed"]),
        (f"{PAPERS}/webinar", ["welcome", "reading", "climate", "people", "questions", "next"]),
        (HELP, ["questions", "examples", "support", "translation", "group", "leave-out", "next", "other-ways"]),
        (PRIVACY, ["short", "individual", "organisation", "facilitator", "staff", "retention", "erasure", "others"]),
    ],
)
def test_every_part_has_a_heading_and_the_contents_lead_to_it(read, address, anchors, language):
    page = read(address, language)
    assert [each.attributes["id"] for each in page.root.find("h2") if each.attributes["id"] != "contents"] == anchors
    assert [link[1:] for link in links(page) if link.startswith("#")][-len(anchors) :] == anchors


def test_a_webinar_says_when_it_was_in_its_zone(read):
    assert "9 March 2026, 10:00 (Paris time, UTC+1)" in read(f"{PAPERS}/webinar").root.text.replace("\u00a0", " ")
    assert "9 mars 2026 à 10 h 00 (heure de Paris, UTC+1)" in read(f"{PAPERS}/webinar", "fr").root.text.replace("\u00a0", " ")
    assert "2026年3月9日10:00（巴黎时间，UTC+1）" in read(f"{PAPERS}/webinar", "zh").root.text


def test_clauses_named_in_the_paper_are_there_in_each_language(demo_reader, as_who, read):
    visitor = as_who(demo_reader, checked=False)
    for language in ("en", "fr", "zh"):
        named = {link for link in links(read(f"{PAPERS}/highlights", language)) if "/clauses/" in link}
        assert len(named) >= 15
        assert {link: visitor.get(link).status_code for link in named} == dict.fromkeys(named, 200)


def test_the_notice_names_the_body_and_its_contact(demo_reader, read):
    body = demo_reader.config["BODY"]
    page = read(PRIVACY)
    assert body.name in page.root.text
    assert f"mailto:{body.contact}" in links(page)
    assert "{" not in page.root.text


def test_the_form_leads_to_help_and_to_the_notice_of_each_way_of_speaking(read):
    found = links(read(f"/{ROUND_2}/clauses/performance-standard/5.2/comment"))
    assert {f"/en{HELP}", f"/en{PRIVACY}#individual", f"/en{PRIVACY}#organisation", f"/en{PRIVACY}"} <= set(found)


def test_a_missing_language_falls_back_with_a_notice(demo_app, as_who):
    from consult.extensions import writing
    from consult.models import StaffText

    with demo_app.app_context(), writing() as session:
        session.execute(delete(StaffText).where(StaffText.owner_kind == "resource", StaffText.language == "zh"))
    demo_app.config["PAGES"] = {"privacy": {"en": Prose("Notice", "In English only.", "## Part {#part}\n\nText.")}}
    visitor = as_who(demo_app, checked=False)
    for address in (f"{PAPERS}/webinar", PRIVACY):
        page = Page(visitor.get(f"/zh{address}").text)
        (heading,) = page.root.find("h1")
        assert "en" in {each.attributes.get("lang") for each in heading.walk()}
        assert noticed(page)
        assert not noticed(Page(visitor.get(f"/en{address}").text))


@pytest.mark.parametrize("address", [f"{PAPERS}/none", "/help/none", "/consultations/none/resources/highlights"])
def test_what_is_not_there_is_said(demo_reader, as_who, address):
    assert as_who(demo_reader).get(f"/en{address}").status_code == 404


def test_addresses_have_one_form(demo_reader, as_who):
    answer = as_who(demo_reader).get("/en/help/Useful-Comments")
    assert (answer.status_code, answer.location) == (301, f"/en{HELP}")
