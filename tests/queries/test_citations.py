"""What clauses refer to and what refers to them, what of it changed, at a fixed number of statements."""

from pathlib import Path

import pytest

from consult.queries.citations import citations, cited_by, cited_clauses, editions, reworded, term_changes, terms
from consult.queries.standards import VersionSeen, clauses, version
from tests.support.cited import library
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")


def found(standard: str, name: str, language: str = "en") -> VersionSeen:
    seen = version(standard, name, language)
    assert seen is not None
    return seen


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_clause_tells_what_it_cites_in_the_language_shown(tmp_path: Path, language: str) -> None:
    library(tmp_path)
    seen = found("alpha", "v2", language)
    by_number = {clause.number: clause for clause in clauses(seen)}
    cited = citations(seen)
    assert [(each.kind, each.number, each.position) for each in cited[by_number["1.1"].id]] == [
        ("clause", "1.2", -1), ("term", "annex-a", 0), ("term", "annex-a", 2),
    ]  # fmt: skip
    assert citations(seen, by_number["1.2"].id).keys() == {by_number["1.2"].id}
    for clause in by_number.values():
        for each in cited.get(clause.id, ()):
            assert all(clause.text[start:end].strip() for start, end in each.spans)


def test_terms_are_told_in_the_language_or_in_the_prevailing_one(tmp_path: Path) -> None:
    library(tmp_path)
    assert [term.name for term in terms([("alpha", "v1")], "fr").values()] == ["Entité", "Installation", "Travailleur"]
    assert [term.name for term in terms([("alpha", "v1")], "de").values()] == ["Entity", "Facility", "Worker"]
    assert [term.anchor for term in terms([("alpha", "v1")], "zh").values()] == ["term-annex-a-1", "term-annex-a-2", "term-annex-a-3"]


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_same_term_changed_in_every_language(tmp_path: Path, language: str) -> None:
    library(tmp_path)
    changes = term_changes(found("alpha", "v2", language), "v1")
    assert changes.kinds == {("alpha", "v2", "annex-a", 0): "changed"}
    assert changes.before["alpha", "v2", "annex-a", 0] == ("alpha", "v1", "annex-a", 0)
    assert changes.gone == ()
    assert term_changes(found("alpha", "v1", language), None).kinds == {}


def test_only_clauses_with_other_words_count_as_changed(tmp_path: Path) -> None:
    library(tmp_path)
    seen = found("alpha", "v2")
    assert set(reworded([(seen.id, "v1")])[seen.id]) == {"1.2", "annex-a"}
    assert reworded([]) == {}


def test_a_clause_is_cited_by_its_own_version_and_by_the_others_that_mean_it(tmp_path: Path) -> None:
    library(tmp_path)

    def citing(name: str, number: str, beside: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
        rows = cited_by(found("alpha", name), number, editions(), beside or {})
        return [(each.standard, each.version, each.number) for each in rows]

    assert citing("v1", "1.2") == [("alpha", "v1", "1.1"), ("beta", "v1", "5.1")]
    assert citing("v2", "1.2") == [("alpha", "v2", "1.1")]
    assert citing("v2", "1.1") == [("guide", "v1", "g1")]
    assert citing("v2", "1.2", {"alpha": "v2", "beta": "v1"}) == [("alpha", "v2", "1.1"), ("beta", "v1", "5.1")]


def test_clauses_are_named_where_they_exist(tmp_path: Path) -> None:
    library(tmp_path)
    seen = found("alpha", "v2", "fr")
    named = cited_clauses({(seen.id, "1.2"), (seen.id, "9.9")}, "fr")
    assert [(each.number, each.title, each.document) for each in named.values()] == [("1.2", "Chiffres", "Norme alpha")]
    assert cited_clauses(set(), "fr") == {}


def test_each_takes_one_statement(tmp_path: Path) -> None:
    library(tmp_path)
    seen, every = found("alpha", "v2"), editions()
    asked = (
        editions, lambda: citations(seen), lambda: terms([("alpha", "v1"), ("alpha", "v2")], "zh"), lambda: reworded([(seen.id, "v1")]),
        lambda: term_changes(seen, "v1"), lambda: cited_by(seen, "1.2", every, {}), lambda: cited_clauses({(seen.id, "1.2")}, "en"),
    )  # fmt: skip
    for each in asked:
        with counted_statements() as told:
            each()
        assert len(told) == 1
