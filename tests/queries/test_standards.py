"""Versions and clauses as readers see them: the language shown, the tree, corrections, at a fixed number of statements."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.extensions import writing
from consult.models import ClauseRow, ClauseText, Correction
from consult.queries.standards import clauses, corrections, version, versions
from tests import factories
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")


def in_english(words: factories.Words) -> factories.Words:
    return {number: ({"en": heads["en"]}, {"en": texts["en"]}) for number, (heads, texts) in words.items()}


def correct(language: str, number: str, text: str) -> None:
    """A second revision of a translation, as `correct_translation` stores it."""
    with writing() as session:
        row = session.scalars(select(ClauseRow).where(ClauseRow.number == number)).one()
        old = session.scalars(select(ClauseText).where(ClauseText.clause_id == row.id, ClauseText.language == language)).one()
        made = Correction(version_id=row.version_id, language=language, reason="A figure was wrong.", at=factories.NOW)
        session.add(made)
        session.flush()
        session.add(
            ClauseText(
                clause_id=row.id, language=language, revision=2, label=old.label, title=old.title, text=text, plain=text, sha256="1" * 64,
                correction_id=made.id,
            )
        )  # fmt: skip


def test_versions_stand_newest_first_with_their_baselines() -> None:
    factories.version("v2", status="adopted")
    factories.version("v3-draft-1")
    factories.change(kinds=["unchanged"], old=["5"], new=["5"])
    assert [(each.name, each.status, each.title, each.baselines) for each in versions("fr")] == [
        ("v3-draft-1", "draft", "Norme de performance", ("v2",)),
        ("v2", "adopted", "Norme de performance", ()),
    ]


def test_a_version_without_the_readers_language_is_shown_in_the_prevailing_one() -> None:
    factories.version("v2", words=in_english(factories.WORDS), titles={"en": "Performance Standard"})
    found = version(factories.STANDARD, "v2", "zh")
    assert found is not None
    assert (found.language, found.languages, found.title) == ("en", ("en",), "Performance Standard")
    assert {clause.language for clause in clauses(found)} == {"en"}


def test_an_unknown_standard_or_version_is_none() -> None:
    factories.version("v2")
    assert version(factories.STANDARD, "v9", "en") is None
    assert version("nothing", "v2", "en") is None


def test_clauses_know_their_parent_their_principle_and_whether_they_are_leaves() -> None:
    factories.version("v2")
    found = version(factories.STANDARD, "v2", "zh")
    assert found is not None
    assert [(each.number, each.title, each.parent, each.top, each.leaf) for each in clauses(found)] == [
        ("5", "温室气体排放", None, "5", False),
        ("5.1", "披露", "5", "5", True),
        ("5.2", "减排计划", "5", "5", True),
        ("5.3", "铝冶炼厂", "5", "5", True),
    ]


def test_the_newest_revision_is_shown_and_the_correction_told() -> None:
    factories.version("v2")
    correct("fr", "5.3", "Les alumineries doivent rester sous 8 t.")
    found = version(factories.STANDARD, "v2", "fr")
    assert found is not None
    shown = {each.number: (each.text, each.revision) for each in clauses(found)}
    assert shown["5.3"] == ("Les alumineries doivent rester sous 8 t.", 2)
    assert shown["5.1"] == ("L’Entité doit publier ses émissions chaque année.", 1)
    assert [(each.language, each.reason, each.at, each.labels) for each in corrections(found)] == [
        ("fr", "A figure was wrong.", factories.NOW, ("5.3",))
    ]


def test_statements_do_not_grow_with_the_number_of_clauses_and_versions() -> None:
    factories.version("v2")
    with counted_statements() as few:
        found = version(factories.STANDARD, "v2", "en")
        assert found is not None
        clauses(found)
    many = {f"{n}.{m}": factories.WORDS["5.1"] for n in range(1, 6) for m in range(1, 6)}
    factories.version("v3-draft-1", words=many)
    factories.version("v3-draft-2", words=many)
    with counted_statements() as more:
        found = version(factories.STANDARD, "v3-draft-2", "en")
        assert found is not None
        assert len(clauses(found)) == 25
    assert (len(few), len(more)) == (4, 4)


def test_rounds_do_not_show_versions_of_other_standards() -> None:
    factories.version("v1", standard_slug="chain-of-custody")
    factories.round_of(opens=timedelta(days=-1))
    assert {each.standard for each in versions("en", standard=factories.STANDARD)} == {factories.STANDARD}
