"""Reading pages: what they show in every phase of a round, what they answer to addresses of nothing, and what they cost."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import writing
from consult.models import Comment
from tests import factories
from tests.support.database import on_sqlite
from tests.support.html import Page
from tests.support.pages import CheckedClient
from tests.support.statements import counted_statements

pytestmark = on_sqlite
NOW = factories.NOW
ROUND = f"/en/consultations/{factories.CONSULTATION}/rounds/1"
CLAUSE = f"{ROUND}/clauses/{factories.STANDARD}/5.2"
VERSION = f"/en/standards/{factories.STANDARD}/{factories.DRAFT}"


@contextmanager
def world(app: Flask, at: Callable[[datetime], None]):
    """The database to be filled, at NOW."""
    at(NOW)
    with app.app_context():
        yield


@pytest.fixture
def open_round(app: Flask, at: Callable[[datetime], None]) -> None:
    """Round 1 on its day 23 of 30; draft 1 against V2 with 5.1 reworded, 5.2 and 5.3 swapped."""
    with world(app, at):
        factories.round_of()
        spans = [["=", "The Entity "], ["-", "should"], ["+", "shall"], ["=", " publish its emissions every year."]]
        factories.change(kinds=["modified"], old=["5.1"], new=["5.1"], texts={"en": spans})
        factories.change(kinds=["renumbered", "modified"], old=["5.3"], new=["5.2"], texts={"en": [["+", "new"]]})
        factories.change(kinds=["renumbered"], old=["5.2"], new=["5.3"], texts={"en": [["=", "same"]]})
        factories.change(kinds=["unchanged"], old=["5"], new=["5"], texts={"en": [["=", "same"]]})


def text(client: CheckedClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return Page(response.text).root.text


def addresses(client: CheckedClient, address: str) -> set[str]:
    return {link.attributes["href"] for link in Page(client.get(address).text).root.find("a") if "href" in link.attributes}


def test_an_installation_without_consultations_says_so(client: CheckedClient) -> None:
    assert "No consultation is planned at the moment." in text(client, "/en/")
    assert "No standard has been published here yet." in text(client, "/en/standards/")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (timedelta(days=-30), "days until comments open"),
        (timedelta(), "8 days left to comment"),
        (timedelta(days=6, hours=5, minutes=18), "42 h 42 min left to comment"),
        (timedelta(days=7, hours=23, minutes=59), "0 h 1 min left to comment"),
        (timedelta(days=8), "Comments are closed"),
    ],
)
@pytest.mark.usefixtures("open_round")
def test_time_left_is_told_in_days_then_in_hours(
    client: CheckedClient, at: Callable[[datetime], None], moment: timedelta, said: str
) -> None:
    at(NOW + moment)
    assert said in text(client, CLAUSE)


@pytest.mark.usefixtures("open_round")
def test_home_sorts_consultations_by_what_can_be_done(client: CheckedClient, at: Callable[[datetime], None]) -> None:
    assert "Open now Performance Standard V3" in text(client, "/en/")
    at(NOW - timedelta(days=40))
    assert "Coming Performance Standard V3" in text(client, "/en/")
    at(NOW + timedelta(days=40))
    assert "Closed Consultation Closed Comments Performance Standard V3" in text(client, "/en/")


@pytest.mark.usefixtures("open_round")
def test_a_clause_can_be_commented_only_while_its_round_is_open(client: CheckedClient, at: Callable[[datetime], None]) -> None:
    form = f"{CLAUSE}/comment"
    assert form in addresses(client, CLAUSE)
    at(NOW + timedelta(days=8))
    assert form not in addresses(client, CLAUSE)
    assert "Comments closed on 1 April 2026, 15:31" in text(client, CLAUSE)
    at(NOW - timedelta(days=23))
    assert form not in addresses(client, CLAUSE)
    assert "Comments open on 2 March 2026, 14:31" in text(client, CLAUSE)


@pytest.mark.usefixtures("open_round")
def test_a_clause_page_tells_number_kinds_and_old_title(client: CheckedClient) -> None:
    said = text(client, CLAUSE)
    assert "5.2 Reduction plan" in said
    assert "Swapped with 5.3" in said
    assert "Title in V2: Smelters" in said
    assert "Nobody has commented on 5.2 yet." in said


@pytest.mark.usefixtures("open_round")
def test_views_are_addresses_and_unknown_ones_show_the_first(client: CheckedClient) -> None:
    address = f"{ROUND}/clauses/{factories.STANDARD}/5.1"
    inline, side, new, old, odd = (
        client.get(f"{address}?view={view}").text for view in ("inline", "side", "new", "old", "upside-down&from=v7")
    )
    assert ("<del>" in inline, "<ins>" in inline) == (True, True)
    assert main_of(odd) == main_of(inline)
    assert 'class="side-by-side"' in side
    assert "shall publish its emissions" in new
    assert "<ins>" not in new
    assert "should publish its emissions" in old
    assert "<del>" not in old


def main_of(source: str) -> str:
    return source[source.index("<main") : source.index("</main>")]


@pytest.mark.usefixtures("open_round")
def test_received_on_a_clause_is_the_sum_of_the_six_states(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        for number in range(6):
            factories.comment("5.2", text=f"Point {number}.")
        with writing() as session:
            states = ("pending", "cleared", "held", "withheld", "withdrawn", "erased")
            for row, state in zip(session.scalars(select(Comment)), states, strict=True):
                row.state = state
    assert "Received 6 cleared 1 in moderation 1 held 1 withheld 1 withdrawn by its author 1 erased 1" in text(client, CLAUSE)
    assert "Received 6" in text(client, f"/en/consultations/{factories.CONSULTATION}/")


@pytest.mark.usefixtures("open_round")
def test_a_comment_and_its_stub_have_an_address_for_ever(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        reference = factories.comment("5.2", text="Sixty days are too short.").comments[0]
    address = f"{ROUND}/comments/{reference}"
    assert "This comment is in moderation." in text(client, address)
    assert "Sixty days" not in text(client, address)
    assert address in addresses(client, CLAUSE)
    assert client.get(address.replace(reference, reference.lower())).headers["Location"] == address
    assert "There is no comment PS3-1-9999 in this round" in text(client, f"{ROUND}/comments/PS3-1-9999", 404)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/en/consultations/nothing/", "There is no consultation “nothing”"),
        (f"/en/consultations/{factories.CONSULTATION}/rounds/7/comments", "This consultation has no round 7"),
        (f"{ROUND}/clauses/glossary/5.2", "Round 1 has no document “glossary”"),
        (f"{ROUND}/clauses/{factories.STANDARD}/9.99", "Performance Standard, V3 draft 1 has no clause 9.99"),
        (f"{ROUND}/removed/{factories.STANDARD}/v9/5.2", "Performance Standard, V3 draft 1 was not compared with “V9”"),
        (f"{ROUND}/removed/{factories.STANDARD}/v2/9.99", "Performance Standard, V2 has no clause 9.99"),
        ("/en/standards/glossary/", "There is no standard “glossary”"),
        (f"/en/standards/{factories.STANDARD}/v9/", "Performance Standard has no version “v9”"),
        (f"{VERSION}/9.99", "Performance Standard, V3 draft 1 has no clause 9.99"),
        (f"{VERSION}/changes?from=v9", "Performance Standard, V3 draft 1 was not compared with “V9”"),
        (f"/en/standards/{factories.STANDARD}/v2/changes", "Performance Standard, V2 was not compared with"),
    ],
)
@pytest.mark.usefixtures("open_round")
def test_an_address_of_nothing_says_what_is_not_there(client: CheckedClient, address: str, named: str) -> None:
    assert named in text(client, address, 404)


@pytest.mark.usefixtures("open_round")
def test_numbers_and_slugs_have_one_form_in_addresses(client: CheckedClient) -> None:
    answer = client.get("/en/standards/Performance-Standard/V3-Draft-1/ANNEX-A?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{VERSION}/annex-a?x=1")
    assert client.get(VERSION).headers["Location"].endswith(f"{VERSION}/")
    assert client.get(f"/en/standards/{factories.STANDARD}/").headers["Location"] == f"{VERSION}/"


@pytest.mark.parametrize("address", ["/en/", CLAUSE, f"{VERSION}/", f"{VERSION}/changes", f"{ROUND}/comments"])
@pytest.mark.usefixtures("open_round")
def test_a_page_costs_the_same_however_many_comments_there_are(app: Flask, client: CheckedClient, address: str) -> None:
    with app.app_context():
        factories.comment("5.2", text="One.")
        clear(factories.comment("5.2", text="Two, with a page's queries for what is shown.").comments[0])
    client.get(address)
    with app.app_context(), counted_statements() as few:
        client.get(address)
    with app.app_context():
        for number in range(12):
            reference = factories.comment("5.2", text=f"Point {number}.").comments[0]
            if number % 2:
                clear(reference)
    with app.app_context(), counted_statements() as many:
        client.get(address)
    assert len(few) == len(many) <= 33


def clear(reference: str) -> None:
    with writing() as session:
        session.scalars(select(Comment).where(Comment.reference == reference)).one().state = "cleared"


@pytest.mark.usefixtures("open_round")
def test_filters_of_comments_are_addresses_and_unknown_ones_are_ignored(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        for number, language in (("5.1", "en"), ("5.2", "fr"), ("5.2", "zh")):
            clear(factories.comment(number, text="同意。" if language == "zh" else "D’accord.", language=language).comments[0])
    page = f"{ROUND}/comments"

    def listed(query: str) -> list[str]:
        return [each.attributes["id"] for each in Page(client.get(f"{page}?{query}").text).root.find("article")]

    assert listed("") == ["PS3-1-0001", "PS3-1-0002", "PS3-1-0003"]
    assert listed("written=zh") == ["PS3-1-0003"]
    assert listed(f"clause={factories.STANDARD}/5.2") == ["PS3-1-0002", "PS3-1-0003"]
    assert listed("position=support") == []
    assert listed("after=1") == ["PS3-1-0002", "PS3-1-0003"]
    assert listed("written=tlh&after=much&clause=x") == listed("")


@pytest.mark.usefixtures("open_round")
def test_a_text_of_staff_in_another_language_is_marked_and_told(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        factories.consultation("chain-of-custody-v2", prefix="COC2", titles={"en": "Chain of Custody"})
    page = Page(client.get("/fr/").text).root
    assert [each.text for each in page.find("span") if each.attributes.get("lang") == "en"] == ["Chain of Custody"]
    assert page.text.count("Chain of Custody") == 1
