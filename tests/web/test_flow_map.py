"""The flow map says what the table behind it says: the same clauses, the same kinds, the same shares."""

import pytest
from flask import Flask

from tests.support.html import Element, Page

CHANGES = "standards/performance-standard/v3-draft-2/changes?from=v2"


def page(app: Flask, language: str) -> Element:
    return Page(app.test_client().get(f"/{language}/{CHANGES}").text).root


def classed(root: Element, tag: str, name: str) -> list[Element]:
    return [each for each in root.find(tag) if name in each.attributes.get("class", "").split()]


def table(root: Element) -> list[tuple[list[str], list[str], set[str], str]]:
    """(old numbers, new numbers, kinds, share) of every row of the table behind."""
    (numbers,) = classed(root, "details", "numbers")
    rows = [row.find("td") for row in numbers.find("tr") if row.find("td")]
    return [
        (
            [each.text for each in classed(old, "span", "n")],
            [each.text for each in classed(new, "span", "n")],
            {each.attributes["data-kind"] for each in kinds.find("span") if "data-kind" in each.attributes},
            share.text,
        )
        for old, new, kinds, share in rows
    ]


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_rows_of_the_map_carry_the_figures_of_the_table(demo_reader: Flask, language: str) -> None:
    root = page(demo_reader, language)
    drawn = {}
    for column in classed(root, "ol", "flow-right"):
        for row in column.find("li"):
            (number,) = list(classed(row, "span", "num"))
            drawn[number.text] = classed(row, "span", "amount-figure")[0].text
    heads = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}
    told = {number: share for _, new, _, share in table(root) for number in new if number not in heads}
    assert len(drawn) == 63
    assert drawn == told


def test_folded_and_open_groups_are_those_that_kept_and_shifted(demo_reader: Flask) -> None:
    groups = classed(page(demo_reader, "en"), "details", "flow-group")
    opened = [classed(each, "span", "flow-head")[0].text.split()[0] for each in groups if "open" in each.attributes]
    assert opened == ["2", "5", "7", "8", "11"]


def test_lines_are_as_many_as_the_table_has_pairs_of_clauses(demo_reader: Flask) -> None:
    root = page(demo_reader, "en")
    paths = [each for svg in classed(root, "svg", "flow-map") for each in svg.find("path")]
    lines = [each for each in paths if each.attributes["class"] == "link" and each.attributes["data-kind"] != "elsewhere"]
    ribbons = [each for each in paths if each.attributes["class"] == "ribbon"]
    pairs = [
        (kinds, len(old) * len(new))
        for old, new, kinds, _ in table(root)
        if (len(old) * len(new) and "." in (old + new)[0]) or kinds & {"merged", "split"}
    ]
    joined = sum(count for kinds, count in pairs if kinds & {"merged", "split"})
    assert len(ribbons) == joined
    assert len(lines) == sum(count for _, count in pairs) - joined + 1  # annex A, the only clause of its group
