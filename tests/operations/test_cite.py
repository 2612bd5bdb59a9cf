"""Citations and terms are found at publication and kept; what was published before is searched later, and nothing twice."""

from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from consult.exchange.draft_folder import read_versions
from consult.extensions import db, writing
from consult.models import CitationIndex, CitationRow, ClauseRow, ClauseText, Event, TermRow, Version
from consult.operations.cite import index_citations
from consult.operations.published import correct_translation
from consult.operations.record import OPERATOR
from tests.support.cited import ALPHA_1, ANNEX, BETA_1, GUIDE_1, NOW, lay, library, publish

pytestmark = pytest.mark.usefixtures("in_app")


def stored(standard: str, version: str, language: str) -> list[tuple[str, str, str, str, list[str]]]:
    """(citing number, kind, target, version of the target, what stands at its places)."""
    from consult.models import Standard

    rows = db.session.execute(
        select(ClauseRow.number, ClauseText.text, CitationRow)
        .join(ClauseText, ClauseText.id == CitationRow.clause_text_id)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .join(Version, Version.id == ClauseRow.version_id)
        .join(Standard, Standard.id == Version.standard_id)
        .where(Standard.slug == standard, Version.name == version, ClauseText.language == language)
        .order_by(ClauseRow.position, CitationRow.id)
    )
    return [
        (number or "", row.kind, f"{row.standard} {row.number}" + (f" {row.position}" if row.kind == "term" else ""), row.version,
         [text[start:end] for start, end in row.spans])
        for number, text, row in rows
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "cited", "entity", "worker", "facility"),
    [
        ("en", "criterion 1.2", "Entity", "Workers", "Facility"),
        ("fr", "critère 1.2", "Entité", "Travailleurs", "Installation"),
        ("zh", "准则1.2", "实体", "工人", "设施"),
    ],
)
def test_publishing_finds_clauses_and_terms_in_every_language(
    tmp_path: Path, language: str, cited: str, entity: str, worker: str, facility: str
) -> None:
    library(tmp_path)
    assert stored("alpha", "v1", language) == [
        ("1.1", "clause", "alpha 1.2", "", [cited]),
        ("1.1", "term", "alpha annex-a 0", "", [entity]),
        ("1.1", "term", "alpha annex-a 2", "", [worker]),
        ("1.2", "term", "alpha annex-a 1", "", [facility]),
        ("annex-a", "term", "alpha annex-a 0", "", [entity]),
    ]


def test_another_standard_is_cited_by_its_title_and_a_guide_borrows_terms(tmp_path: Path) -> None:
    library(tmp_path)
    assert stored("beta", "v1", "zh") == [("5.1", "clause", "alpha 1.2", "", ["准则1.2"]), ("5.1", "clause", "beta 5", "", ["第5章"])]
    assert stored("guide", "v1", "en") == [
        ("g1", "clause", "alpha 1.1", "", ["criterion 1.1"]),
        ("g1", "term", "alpha annex-a 0", "v2", ["Entity"]),
    ]


def test_a_standard_published_later_is_found_in_the_texts_that_named_it_before(tmp_path: Path) -> None:
    publish(lay(tmp_path, "beta", "v1", BETA_1))
    assert stored("beta", "v1", "fr") == [("5.1", "clause", "beta 5", "", ["section 5"])]
    publish(lay(tmp_path, "alpha", "v1", ALPHA_1, kinds=ANNEX))
    assert stored("beta", "v1", "fr") == [
        ("5.1", "clause", "alpha 1.2", "", ["critère 1.2"]), ("5.1", "clause", "beta 5", "", ["section 5"]),
    ]  # fmt: skip


def test_a_corrected_translation_is_searched_again(tmp_path: Path) -> None:
    place = lay(tmp_path, "alpha", "v1", ALPHA_1, kinds=ANNEX)
    publish(place)
    lay(tmp_path, "alpha", "v1", ALPHA_1 | {"fr": ALPHA_1["fr"].replace("le critère 1.2", "la section 1")}, kinds=ANNEX)
    (source,), _ = read_versions([place])
    correct_translation(source=source, language="fr", reason="A wrong number", by=OPERATOR, now=NOW)
    assert [row for row in stored("alpha", "v1", "fr") if row[1] == "clause"] == [("1.1", "clause", "alpha 1", "", ["section 1"])]
    assert [row for row in stored("alpha", "v1", "en") if row[1] == "clause"] == [("1.1", "clause", "alpha 1.2", "", ["criterion 1.2"])]


def test_versions_published_before_are_searched_once(tmp_path: Path) -> None:
    library(tmp_path)
    before = stored("alpha", "v2", "en"), stored("guide", "v1", "zh")
    with writing() as session:
        for table in (CitationRow, TermRow, CitationIndex):
            session.execute(delete(table))
    assert index_citations(by=OPERATOR, now=NOW) == 4
    assert (stored("alpha", "v2", "en"), stored("guide", "v1", "zh")) == before
    assert index_citations(by=OPERATOR, now=NOW) == 0
    events = db.session.scalars(select(Event).where(Event.kind == "citations_indexed")).all()
    assert [event.codes["versions"] for event in events] == [4]


def test_older_rules_are_applied_anew(tmp_path: Path) -> None:
    publish(lay(tmp_path, "guide", "v1", GUIDE_1))
    with writing() as session:
        session.scalars(select(CitationIndex)).one().engine = 0
    assert index_citations(by=OPERATOR, now=NOW) == 1
    assert db.session.scalar(select(func.count()).select_from(CitationIndex)) == 1
