"""The changes of the demonstration's standard, as its pages show them: Principle 5 above all, the same in three languages."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.support.html import Element, Page

CHANGES = "standards/performance-standard/v3-draft-2/changes"
STANDARD = "standards/performance-standard"
ROUND = "consultations/performance-standard-v3/rounds/2"
LANGUAGES = ("en", "fr", "zh")


def page(app: Flask, address: str) -> Element:
    response = app.test_client().get(address)
    assert response.status_code == 200, address
    return Page(response.text).root


def entries(root: Element) -> list[tuple[str, list[str]]]:
    """(anchor, kinds) of every entry of a list of changes."""
    articles = [each for each in root.find("article") if "change" in each.attributes.get("class", "").split()]
    return [
        (each.attributes["id"].removeprefix("c-"), [k.attributes["data-kind"] for k in each.find("span") if "data-kind" in k.attributes])
        for each in articles
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_principle_5_shows_the_swap_and_the_new_criterion_in_every_language(demo_reader: Flask, language: str) -> None:
    found = dict(entries(page(demo_reader, f"/{language}/{CHANGES}?from=v2&principle=5")))
    assert found["5.2"] == ["swapped", "modified"]
    assert found["5.3"] == ["swapped", "modified", "binding"]
    assert found["5.4"] == ["added"]


@pytest.mark.parametrize(
    ("kind", "numbers"), [("split", ["2.5", "2.6"]), ("merged", ["7.1", "11.1"]), ("swapped", ["5.2", "5.3"]), ("removed", [])]
)
def test_a_kind_shows_only_what_changed_so(demo_reader: Flask, kind: str, numbers: list[str]) -> None:
    assert [number for number, _ in entries(page(demo_reader, f"/en/{CHANGES}?from=v2&kind={kind}"))] == numbers


def test_counts_filters_and_both_baselines_agree(demo_reader: Flask) -> None:
    for baseline in ("v2", "v3-draft-1"):
        shown = entries(page(demo_reader, f"/en/{CHANGES}?from={baseline}"))
        every = entries(page(demo_reader, f"/en/{CHANGES}?from={baseline}&kind=all"))
        same = entries(page(demo_reader, f"/en/{CHANGES}?from={baseline}&kind=unchanged"))
        assert {kinds[0] for _, kinds in same} == {"unchanged"}
        assert len(shown) + len(same) == len(every) == 74


def test_activities_leave_out_what_binds_others(demo_reader: Flask) -> None:
    smelter = {number for number, _ in entries(page(demo_reader, f"/en/{CHANGES}?from=v2&principle=5&activities=smelter"))}
    mine = {number for number, _ in entries(page(demo_reader, f"/en/{CHANGES}?from=v2&principle=5&activities=mine"))}
    assert smelter - mine == {"5.2"}


def test_counts_are_those_of_what_binds_on_page_reader_and_file(demo_reader: Flask) -> None:
    scope = "from=v2&activities=user"
    every = entries(page(demo_reader, f"/en/{CHANGES}?{scope}&kind=all"))
    changed = entries(page(demo_reader, f"/en/{CHANGES}?{scope}"))
    told = f"{len(changed)} of {len(every)} clauses differ"
    assert len(every) < 74
    root = page(demo_reader, f"/en/{CHANGES}?{scope}")
    assert f"{told}." in root.text
    amounts = {each.attributes["data-kind"]: each.find("span")[0].text for each in root.find("a") if "data-kind" in each.attributes}
    added = entries(page(demo_reader, f"/en/{CHANGES}?{scope}&kind=added"))
    assert amounts["added"] == str(len(added))
    assert amounts["unchanged"] == str(len(every) - len(changed))
    drawn = page(demo_reader, f"/en/{CHANGES}?{scope}&view=map")
    groups = [each for each in drawn.find("details") if "flow-group" in each.attributes["class"]]
    numbers = {label.text for group in groups for label in group.find("ol")[1].find("span") if label.attributes["class"] == "num"}
    criteria = {number for number, _ in every if "." in number}
    assert numbers == criteria
    assert "entries shown" not in drawn.text
    assert f"{told} from V2." in page(demo_reader, f"/en/{STANDARD}/v3-draft-2/?activities=user").text
    file = demo_reader.test_client().get(f"/en/{CHANGES}.xlsx?{scope}").data
    totals = load_workbook(BytesIO(file)).worksheets[0]
    assert f"{told}." in {row[0] for row in totals.iter_rows(values_only=True)}


def test_nothing_found_offers_to_clear_the_filters(demo_reader: Flask) -> None:
    root = page(demo_reader, f"/en/{CHANGES}?from=v2&principle=5&kind=merged")
    assert "No clause matches these filters." in root.text
    cleared = [each.attributes["href"] for each in root.find("a") if each.text == "Clear filters"]
    assert set(cleared) == {f"/en/{CHANGES}?from=v2"}


def test_each_clause_of_a_split_shows_its_own_part(demo_reader: Flask) -> None:
    """Without its deletions a redline reads as the new text of that clause alone."""
    for number in ("2.5", "2.6"):
        for address in (f"/en/{ROUND}/clauses/performance-standard/{number}?from=v2", f"/en/{CHANGES}?from=v2&kind=split"):
            root = page(demo_reader, address)
            scope = next((each for each in root.find("article") if each.attributes.get("id") == f"c-{number}"), root)
            redline = next(each for each in scope.find("div") if each.attributes.get("class", "") == "clause")
            clean = page(demo_reader, f"/en/standards/performance-standard/v3-draft-2/{number}")
            text = next(each for each in clean.find("div") if each.attributes.get("class", "") == "clause")
            assert without(redline, "del") == without(text, "del")


def without(element: Element, tag: str) -> str:
    def pieces(each: Element) -> str:
        unseen = "unseen" in each.attributes.get("class", "").split()
        if each.tag == tag or unseen:
            return ""
        return "".join(
            child if isinstance(child, str) else f" {pieces(child)}" if child.tag in BLOCKS else pieces(child) for child in each.children
        )

    return " ".join(pieces(element).split())


BLOCKS = ("p", "li", "ol", "ul", "tr", "td", "th", "table")


def test_a_clause_page_shows_both_layers_and_every_stop(demo_reader: Flask) -> None:
    root = page(demo_reader, f"/en/{ROUND}/clauses/performance-standard/5.3")
    assert {each.attributes.get("data-since") for each in root.find("ins")} >= {"1", "2"}
    rail = next(each for each in root.find("ol") if each.attributes.get("class") == "version-rail")
    assert [each.text for each in rail.find("li")] == ["V2 as 5.2", "V3 draft 1 as 5.3", "V3 draft 2 as 5.3"]


def test_a_clause_of_the_published_edition_leads_to_its_successors(demo_reader: Flask) -> None:
    root = page(demo_reader, "/en/standards/performance-standard/v2/2.5")
    there = {each.attributes["href"] for each in root.find("a")}
    assert {f"/en/standards/performance-standard/v3-draft-2/{number}" for number in ("2.5", "2.6")} <= there


def test_the_reader_shows_every_clause_once_and_the_tree_leads_to_it(demo_reader: Flask) -> None:
    for language in LANGUAGES:
        root = page(demo_reader, f"/{language}/standards/performance-standard/v3-draft-2/")
        clauses = [each.attributes["id"] for each in root.find("article")]
        tree = next(each for each in root.find("nav") if each.attributes.get("class") == "tree")
        links = [each.attributes["href"] for each in tree.find("a") if not each.attributes["href"].startswith("#part")]
        assert len(clauses) == len(set(clauses)) == 74
        assert links == [f"#{number}" for number in clauses]
