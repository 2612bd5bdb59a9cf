"""The pictures of participation say what the record holds: the table of the inflow adds up to all received, regions too."""

import pytest
from flask import Flask

from consult.extensions import db
from consult.queries.consultations import received
from consult.queries.participation import arrivals, countries_of
from tests.support.html import Element, Page
from tests.support.statements import counted_statements


def section(app: Flask, language: str) -> Element:
    root = Page(app.test_client().get(f"/{language}/consultations/performance-standard-v3/").text).root
    return next(each for each in root.find("section") if each.attributes.get("aria-labelledby") == "taking-part")


def tables(root: Element) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.find("th", "td")] for body in table.find("tbody") for row in body.find("tr")]
        for table in root.find("table")
    ]


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_figures_behind_the_pictures_add_up_to_all_received(demo_reader: Flask, language: str) -> None:
    with demo_reader.app_context():
        all_received = received([2])[2].received
    inflow, classes, languages, regions, *_ = tables(section(demo_reader, language))
    received_by_day = [int(row[1]) for row in inflow]
    assert int(inflow[-1][2]) == sum(received_by_day) == sum(int(row[1]) for row in regions) == all_received
    assert sum(int(row[1]) for row in classes) == sum(int(row[1]) for row in languages)


def test_arrivals_and_countries_hold_every_comment_in_one_statement_each(demo_reader: Flask) -> None:
    with demo_reader.app_context():
        rounds = [1, 2]
        with counted_statements() as told:
            came = arrivals(rounds)
        assert len(told) == 1
        states = received(rounds)
        for each in rounds:
            assert sum(many for _, many in came[each]) == sum(countries_of(each).values()) == states[each].received > 0
        db.session.remove()
