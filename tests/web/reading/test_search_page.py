"""The page of a search: what was typed, what is shown of it, what an address too far shows."""

import re

from flask import Flask

from tests.support.html import Page


def test_the_number_asked_for_is_marked_in_the_heading(demo_reader: Flask) -> None:
    found = Page(demo_reader.test_client().get("/en/search?q=5.2").text).root
    heads = [[mark.text for mark in head.find("mark")] for head in found.find("h3")]
    assert ["5.2"] in heads
    assert not {"5", "2"} & {mark for head in heads for mark in head}


def test_a_page_beyond_the_last_shows_the_last(demo_reader: Flask) -> None:
    reader = demo_reader.test_client()
    last, beyond = (reader.get(f"/en/search?q=emissions&in=clauses&page={page}").text for page in (2, 400))
    assert _results(last) == _results(beyond) != []
    assert "No clause holds all these words" not in beyond
    assert "page=399" not in beyond


def test_a_query_too_long_ends_with_a_whole_word(demo_reader: Flask) -> None:
    found = demo_reader.test_client().get(f"/en/search?q={'water+' * 50}").text
    assert _results(found) == _results(demo_reader.test_client().get("/en/search?q=water").text) != []


def _results(page: str) -> list[str]:
    return re.findall(r'<h3[^>]*><a href="([^"]+)"', page)
