"""Views of the changes of a version and of one clause: five ways to show them, two layers, quiet, from change to change, what binds."""

import re

import pytest
from flask import Flask

from tests.support.html import Element, Page

STANDARD = "/en/standards/performance-standard"
CHANGES = f"{STANDARD}/v3-draft-2/changes"
CLAUSE = "/en/consultations/performance-standard-v3/rounds/2/clauses/performance-standard"
VIEWS = ("inline", "side", "new", "old", "list")


def page(app: Flask, address: str) -> Element:
    response = app.test_client().get(address)
    assert response.status_code == 200, address
    return Page(response.text).root


def marked(root: Element, tag: str) -> list[Element]:
    """Marks in the texts of the changes, without those of the key and of the signs of a meaning."""
    return [
        each
        for each in root.find(tag)
        if any("clause" in above.attributes.get("class", "").split() for above in each.ancestors() if above.tag == "div")
    ]


def anchors(root: Element) -> list[str]:
    return [each.attributes["id"] for each in root.walk() if "data-key-item" in each.attributes]


def by_class(root: Element, name: str) -> list[Element]:
    return [each for each in root.walk() if name in each.attributes.get("class", "").split()]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_a_version_tells_the_same_changes(demo_reader: Flask, view: str) -> None:
    inline = anchors(page(demo_reader, f"{CHANGES}?from=v2&principle=5"))
    assert anchors(page(demo_reader, f"{CHANGES}?from=v2&principle=5&view={view}")) == inline
    assert len(inline) == 5


def test_clean_views_have_no_marks_and_say_where_a_clause_is_not(demo_reader: Flask) -> None:
    for view in ("new", "old"):
        root = page(demo_reader, f"{CHANGES}?from=v2&principle=5&view={view}")
        assert not marked(root, "ins")
        assert not marked(root, "del")
    assert "This clause is not in V2." in page(demo_reader, f"{CHANGES}?from=v2&kind=added&view=old").text
    assert "This clause is not in V2." in page(demo_reader, f"{CLAUSE}/5.4?from=v2&view=old").text


def test_both_layers_tell_the_drafts_apart_on_the_whole_page_as_on_the_clause(demo_reader: Flask) -> None:
    for address in (f"{CHANGES}?from=both&principle=5", f"{CLAUSE}/5.3?from=both"):
        root = page(demo_reader, address)
        assert {"1", "2"} <= {each.attributes.get("data-since") for tag in ("ins", "del") for each in marked(root, tag)}
    assert "since V3 draft 1" in page(demo_reader, f"{CHANGES}?from=both&principle=5").text
    one = set(anchors(page(demo_reader, f"{CHANGES}?from=v2"))) | set(anchors(page(demo_reader, f"{CHANGES}?from=v3-draft-1")))
    assert set(anchors(page(demo_reader, f"{CHANGES}?from=both"))) == one


def test_the_list_says_in_words_what_became_of_each_clause(demo_reader: Flask) -> None:
    root = page(demo_reader, f"{CHANGES}?from=v2&principle=5&view=list")
    (listed,) = by_class(root, "change-list")
    assert listed.tag == "ol"
    assert "5.2 became 5.3: swapped, modified and binds others than before" in listed.text
    assert "after “every”: “two” became “five”" in listed.text
    assert "Now also binds: Industrial user" in listed.text
    assert not root.find("ins")
    one = page(demo_reader, f"{CLAUSE}/5.3?from=v2&view=list")
    assert "after “every”: “two” became “five”" in by_class(one, "change-words")[0].text


def test_each_change_leads_to_the_next_one_by_an_anchor(demo_reader: Flask) -> None:
    root = page(demo_reader, f"{CHANGES}?from=v2&principle=5")
    steps = [[link.attributes["href"] for link in each.find("a")] for each in by_class(root, "steps")]
    ids = anchors(root)
    assert steps == [[f"#{id}" for id in (*ids[max(0, at - 1) : at], *ids[at + 1 : at + 2])] for at in range(len(ids))]
    links = {each.attributes.get("data-key"): each.attributes["href"] for each in page(demo_reader, f"{CLAUSE}/5.3").find("a")}
    assert links["k"].startswith(f"{CLAUSE}/5.2?")
    assert links["j"].startswith(f"{CLAUSE}/5.4?")


def test_quiet_is_kept_by_the_links_of_views_and_says_what_is_hidden(demo_reader: Flask) -> None:
    root = page(demo_reader, f"{CHANGES}?from=v2&quiet=1&principle=5")
    hrefs = [each.attributes["href"] for each in root.find("a") if "view=side" in each.attributes.get("href", "")]
    assert hrefs
    assert all("quiet=1" in each for each in hrefs)
    assert "Show typographic changes" in root.text
    assert len(anchors(root)) == 5


def test_the_reader_keeps_only_what_binds_and_its_headings(demo_reader: Flask) -> None:
    shown = {each.attributes["id"] for each in page(demo_reader, f"{STANDARD}/v3-draft-2/?activities=user").find("article")}
    every = {each.attributes["id"] for each in page(demo_reader, f"{STANDARD}/v3-draft-2/").find("article")}
    assert {"5", "5.1", "5.3", "4.2"} <= shown
    assert {"5.2", "6.6", "8.7", "9.4", "annex-a"} <= every - shown


def test_what_binds_is_counted_before_and_after_with_what_begins(demo_reader: Flask) -> None:
    for address in (f"{CHANGES}?from=v2&activities=user", f"{STANDARD}/v3-draft-2/?activities=user", f"{OVERVIEW}?activities=user"):
        told, *_ = by_class(page(demo_reader, address), "binding")
        numbers = [each.text for each in by_class(told, "figure")]
        assert numbers == ["45", "53"], address
        newly = re.split("Newly binding|No longer binding", told.text)[1]
        assert all(number in newly for number in ("5.3", "5.4", "6.1"))
        assert "5.1" not in newly


OVERVIEW = "/en/consultations/performance-standard-v3/"


@pytest.mark.parametrize("address", [f"{CHANGES}?from=v2&activities=mine,smelter", f"{STANDARD}/v3-draft-2/?activities=mine,smelter",
                                     f"{CLAUSE}/5.3?activities=mine,smelter", f"{OVERVIEW}?activities=mine,smelter"])  # fmt: skip
def test_every_link_between_pages_that_heed_the_choice_carries_it(demo_reader: Flask, address: str) -> None:
    heeding = re.compile(r"/(standards/[^/]+/[^/.]+(/changes|/[\da-z.]+)?/?|clauses/[^/]+/[^/]+|removed/.+)(\?|#|$)")
    root = page(demo_reader, address)
    forgot = [
        each.attributes["href"]
        for each in root.find("a")
        if heeding.search(each.attributes.get("href", "")) and "activities=mine,smelter" not in each.attributes["href"]
        if not each.text.startswith(("Show everything", "Clear filters"))
    ]
    assert [
        each for each in forgot if not re.search(r"/(comment|new|terms|correspondence\.(csv|xlsx))\b|\.(pdf|docx|xlsx|md)\b", each)
    ] == []


def test_a_form_leads_to_one_address_for_all_boxes(demo_reader: Flask) -> None:
    answer = demo_reader.test_client().get(f"{CHANGES}?from=v2&activities=mine&activities=smelter")
    assert (answer.status_code, answer.location) == (301, f"{CHANGES}?from=v2&activities=mine,smelter")


def test_versions_say_from_when_they_may_and_must_be_used(demo_reader: Flask) -> None:
    said = "V3 draft 2 may be used from 1\u00a0June\u00a02027 and must be used after 31\u00a0May\u00a02028."
    for address in (f"{STANDARD}/v3-draft-2/", f"{CHANGES}?from=v2", f"{STANDARD}/v3-draft-2/5.3/history"):
        assert said.replace("\u00a0", " ") in page(demo_reader, address).text.replace("\u00a0", " "), address
    assert "Must be used after" in page(demo_reader, "/en/standards/").text


def test_the_history_of_a_clause_is_linked_and_tells_every_step(demo_reader: Flask) -> None:
    history = f"{STANDARD}/v3-draft-2/5.3/history"
    for address in (f"{CLAUSE}/5.3", f"{STANDARD}/v3-draft-2/5.3", CHANGES):
        assert history in [each.attributes.get("href") for each in page(demo_reader, address).find("a")], address
    root = page(demo_reader, history)
    steps = by_class(root, "history-step")
    assert [each.find("h2")[0].text for each in steps] == ["V2", "V3 draft 1", "V3 draft 2"]
    assert [each.find("h3")[0].text.split()[0] for each in steps] == ["5.2", "5.3", "5.3"]
    assert not marked(steps[0], "ins")
    assert "adopted" in steps[0].text
    assert "draft, not adopted" in steps[2].text


def test_a_clause_without_a_successor_is_not_called_removed(demo_reader: Flask) -> None:
    root = page(demo_reader, "/en/standards/chain-of-custody/v2-draft-1/changes?kind=removed")
    assert anchors(root)
    assert "No successor found" in root.text
    assert "Removed" not in by_class(root, "change-kinds")[0].text
