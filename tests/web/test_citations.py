"""Terms and citations on the pages: links where the text allows them, lists at the foot and beside it, what changed nearby."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from consult.operations.submit import submit
from tests import factories
from tests.support.cited import CONSULTATION, NOW, lay_open, library
from tests.support.database import on_sqlite
from tests.support.html import Element, Page
from tests.support.pages import CheckedClient

pytestmark = on_sqlite
ROUND = f"consultations/{CONSULTATION}/rounds/1"


@pytest.fixture
def shelf(app: Flask, at: Callable[[datetime], None], tmp_path: Path) -> None:
    at(NOW)
    with app.app_context():
        library(tmp_path)
        lay_open()


def page(client: CheckedClient, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response.text).root


def links(within: Element, kind: str) -> list[tuple[str, str]]:
    return [(each.text, each.attributes["href"]) for each in within.find("a") if each.attributes.get("class") == kind]


@pytest.mark.parametrize(
    ("language", "terms", "cited", "names"),
    [
        ("en", ["Entity", "Workers"], "criterion 1.2", ["Entity", "Worker"]),
        ("fr", ["Entité", "Travailleurs"], "critère 1.2", ["Entité", "Travailleur"]),
        ("zh", ["实体", "工人"], "准则1.2", ["实体", "工人"]),
    ],
)
@pytest.mark.usefixtures("shelf")
def test_a_clause_links_its_terms_to_the_list_at_its_foot_and_what_it_cites(
    client: CheckedClient, language: str, terms: list[str], cited: str, names: list[str]
) -> None:
    root = page(client, f"/{language}/standards/alpha/v2/1.1")
    assert [text for text, _ in links(root, "term")] == terms
    ids = {each.attributes["id"] for each in root.find("dfn")}
    assert all(href.removeprefix("#") in ids for _, href in links(root, "term"))
    assert sorted(each.text for each in root.find("dfn")) == sorted(names)
    assert links(root, "see") == [(cited, f"/{language}/standards/alpha/v2/1.2")]


@pytest.mark.usefixtures("shelf")
def test_in_a_round_links_stay_in_the_round_and_what_changed_nearby_is_told(client: CheckedClient) -> None:
    root = page(client, f"/en/{ROUND}/clauses/alpha/1.1")
    assert links(root, "see") == [("criterion 1.2", f"/en/{ROUND}/clauses/alpha/1.2")]
    assert "A term used here changed: Entity" in root.text
    assert "A clause cited here changed: 1.2" in root.text
    assert "Guide to the Alpha Standard" in root.text  # cited by the guide, which lies open beside it
    assert f"/en/{ROUND}/clauses/guide/g1" in {each.attributes.get("href") for each in root.find("a")}


@pytest.mark.usefixtures("shelf")
def test_a_guide_cites_the_standard_beside_it_and_uses_its_terms(client: CheckedClient) -> None:
    root = page(client, f"/en/{ROUND}/clauses/guide/g1")
    assert links(root, "see") == [("criterion 1.1", f"/en/{ROUND}/clauses/alpha/1.1")]
    assert links(root, "term") == [("Entity", "#term-annex-a-1")]
    assert "organisation that applies this" in root.text


@pytest.mark.usefixtures("shelf")
def test_another_standard_is_linked_in_the_version_of_its_time(client: CheckedClient) -> None:
    root = page(client, "/en/standards/beta/v1/5.1")
    assert links(root, "see") == [
        ("criterion 1.2", "/en/standards/alpha/v1/1.2"), ("section 5", "/en/standards/beta/v1/5"),
    ]  # fmt: skip
    assert "/en/standards/beta/v1/5.1" in {each.attributes.get("href") for each in page(client, "/en/standards/alpha/v1/1.2").find("a")}


@pytest.mark.usefixtures("shelf")
def test_changed_words_are_never_links_and_the_redline_stays_as_it_was(client: CheckedClient) -> None:
    for address in (f"/en/{ROUND}/clauses/alpha/annex-a", f"/en/{ROUND}/clauses/alpha/1.2", "/en/standards/alpha/v2/changes"):
        root = page(client, address)
        for tag in ("ins", "del"):
            assert [each for mark in root.find(tag) for each in mark.find("a")] == []
    old = page(client, f"/en/{ROUND}/clauses/alpha/1.1?view=old")
    assert links(old, "term") == []


@pytest.mark.usefixtures("shelf")
def test_on_the_page_of_the_whole_text_terms_lead_to_their_definitions(client: CheckedClient) -> None:
    root = page(client, "/zh/standards/alpha/v2/")
    assert ("实体", "#term-annex-a-1") in links(root, "term")
    assert links(root, "see") == [("准则1.2", "#1.2")]
    assert [each.attributes["id"] for each in root.find("dfn")] == ["term-annex-a-1", "term-annex-a-2", "term-annex-a-3"]


@pytest.mark.usefixtures("shelf")
def test_a_page_of_several_clauses_lists_terms_that_are_defined_elsewhere(client: CheckedClient) -> None:
    root = page(client, "/en/standards/guide/v1/")
    assert [each.attributes["id"] for each in root.find("dfn")] == ["term-annex-a-1"]


@pytest.mark.usefixtures("shelf")
def test_all_terms_of_a_version_with_where_they_are_used(client: CheckedClient) -> None:
    root = page(client, "/fr/standards/alpha/v2/terms")
    assert [each.text for each in root.find("dfn")] == ["Entité", "Installation", "Travailleur"]
    hrefs = [each.attributes["href"] for each in root.find("a") if "href" in each.attributes]
    assert hrefs.count("/fr/standards/alpha/v2/1.1") == 2
    assert [each.text for each in page(client, "/fr/standards/alpha/v2/terms?show=changed").find("dfn")] == ["Entité"]
    assert "organisation" in "".join(each.text for each in root.find("ins"))


@pytest.mark.usefixtures("shelf")
def test_lists_of_terms_without_entries_say_so(client: CheckedClient) -> None:
    assert "This version defines no terms of its own." in page(client, "/en/standards/beta/v1/terms").text
    assert "No term is in this list." in page(client, "/en/standards/alpha/v2/terms?show=gone").text
    assert len(page(client, "/en/standards/alpha/v2/terms?show=unheard-of").find("dfn")) == 3


@pytest.mark.usefixtures("shelf")
def test_changes_mark_what_rests_on_a_change_also_in_words(client: CheckedClient) -> None:
    for view in ("inline", "list"):
        root = page(client, f"/en/standards/alpha/v2/changes?view={view}&kind=all")
        assert "A term used here changed: Entity" in root.text
        assert "A clause cited here changed: 1.2" in root.text


@pytest.mark.usefixtures("shelf")
def test_documents_of_a_round_stand_apart_and_add_up(app: Flask, client: CheckedClient) -> None:
    new = factories.new_comment
    said = [
        new("1.1", standard_slug="alpha"),
        new("g1", standard_slug="guide"),
        new("g1", standard_slug="guide"),
        new(None, kind="process"),
    ]
    with app.app_context():
        submit(form=factories.form(*said, consultation_slug=CONSULTATION), now=NOW)
    table = next(
        each for each in page(client, f"/en/consultations/{CONSULTATION}/").find("table") if "documents" in each.attributes.get("class", "")
    )
    rows = [[" ".join(cell.text.split()) for cell in (*row.find("th"), *row.find("td"))] for row in table.find("tr")]
    assert [(row[0], row[-1]) for row in rows[1:]] == [
        ("Normative", "Normative"),
        ("Alpha Standard, V2", "1"),
        ("For information, not normative", "For information, not normative"),
        ("Guide to the Alpha Standard, V1", "2"),
        ("The consultation itself", "1"),
        ("All comments of this round", "4"),
    ]
    assert rows[2][2] == "since V1 2 of 4"


@pytest.mark.usefixtures("shelf")
def test_comments_are_filtered_by_document_on_the_page_and_in_files(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        said = [factories.new_comment("1.1", standard_slug="alpha"), factories.new_comment("g1", standard_slug="guide")]
        submit(form=factories.form(*said, consultation_slug=CONSULTATION), now=NOW)
    shown = [each.attributes["id"] for each in page(client, f"/en/{ROUND}/comments?document=guide").find("article")]
    assert shown == ["AL2-1-0002"]
    assert len(page(client, f"/en/{ROUND}/comments?document=nothing").find("article")) == 2
    exported = client.get(f"/en/{ROUND}/comments.json?document=guide")
    assert exported.json is not None
    assert exported.json["summary"]["filters"] == {"document": "guide"}
    assert [row["reference"] for row in exported.json["comments"]] == ["AL2-1-0002"]
    assert client.get(f"/en/{ROUND}/comments.csv?document=nothing").status_code == 404
    assert "document-guide" in client.get(f"/en/{ROUND}/comments.xlsx?document=guide").headers["Content-Disposition"]
