"""No page can be forgotten: the gallery and axe look at every GET route, or a reason stands here."""

import pytest

from tests.support.demo_pages import STANDARD
from tests.support.html import Page
from tests.support.kinds import KINDS
from tests.web.test_routes import damaged_translation

ELSEWHERE = {
    "start": "leads on to a language",
    "reading.newest": "leads on to the newest version",
    "installation": "a file of the body",
    "static": "a file of ours",
    "healthz": "words for a machine",
    "reading.correspondence_as_csv": "a file",
    "reading.correspondence_as_xlsx": "a file",
    "reading.figure": "a picture of a standard",
    "reading.feed": "news for programs",
    "reading.feed_of": "news for programs",
    "reading.calendar": "dates for programs",
    "reading.calendar_of": "dates for programs",
    "mine.file": "a file",
    "commenting.own_file": "a file",
    "reading.version_file": "a file",
    "reading.changes_file": "a file",
    "office.correspondence_file": "a file",
    **dict.fromkeys(
        ("commenting.revise", "commenting.withdraw", "commenting.my_data", "commenting.later_copy", "commenting.compared"),
        "needs a receipt: the kinds receipt-… go there by its links",
    ),
    "mine.comment": "needs a basket with a comment in it: test_mine",
    "mine.review": "needs a basket with a comment in it: test_mine",
    **dict.fromkeys(
        ("room.room", "room.comment", "room.people", "room.forms", "room.review"),
        "needs a room: the kinds together-… go there by a link",
    ),
    "subscribing.manage": "needs a subscription: test_subscribing",
    **dict.fromkeys(
        ("reading.attachment", "committee.attachment", "moderating.attachment", "moderating.original", "mine.form_file"), "a file"
    ),
    **dict.fromkeys(
        ("moderating.file", "mine.received", "mine.late_places"),
        "what was sent or entered leads there: the kinds file-… and late-places",
    ),
}
"""Endpoints without a picture, and why. What `downloading` answers are files."""


def endpoints(app, addresses):
    adapter = app.url_map.bind("localhost")
    return {adapter.match(f"/en/{address.partition('?')[0]}")[0] for address in addresses}


@pytest.fixture
def told(demo_reader, seeded):
    return endpoints(demo_reader, [kind.address.format(**seeded.references) for kind in KINDS.values() if kind.address != "nowhere"])


def test_every_page_of_the_url_map_is_looked_at_or_has_a_reason(demo_reader, told):
    every = {rule.endpoint for rule in demo_reader.url_map.iter_rules() if "GET" in rule.methods}
    assert {each for each in every - told - ELSEWHERE.keys() if not each.startswith("downloading.")} == set()


def test_reasons_are_given_only_where_there_is_no_picture(demo_reader, told):
    every = {rule.endpoint for rule in demo_reader.url_map.iter_rules()}
    assert (ELSEWHERE.keys() & told, ELSEWHERE.keys() - every) == (set(), set())


def test_every_kind_that_is_only_opened_answers_as_it_says(demo_reader, as_who, seeded):
    found = {
        name: as_who(demo_reader, kind.who, checked=False).get(f"/en/{kind.address.format(**seeded.references)}").status_code
        for name, kind in KINDS.items()
        if not kind.act
    }
    assert found == {name: KINDS[name].status for name in found}


def test_a_corrected_translation_says_on_what_day_and_why_where_it_is_read(demo_app, as_who):
    with demo_app.app_context():
        damaged_translation()
    pages = {language: as_who(demo_app, checked=False).get(f"/{language}/{STANDARD}/v3-draft-2/").text for language in ("en", "fr")}
    articles = {
        language: next(each for each in Page(text).root.find("article") if each.attributes["id"] == "5.2")
        for language, text in pages.items()
    }
    told = {
        language: [
            link.text for link in article.find("a") if "A test." in link.text and link.attributes["href"].endswith("/v3-draft-2/5.2")
        ]
        for language, article in articles.items()
    }
    assert {language: len(texts) for language, texts in told.items()} == {"en": 0, "fr": 1}
