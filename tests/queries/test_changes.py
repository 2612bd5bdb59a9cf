"""Stored changes as readers see them: links with names, swaps, words in the nearest language, the same matter in other versions."""

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from consult.models import ClauseRow, Version
from consult.queries.changes import change_maps, change_words, kin
from consult.queries.standards import VersionSeen, version
from tests import factories
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
SPANS = [["=", "The Entity "], ["-", "should"], ["+", "shall"]]


def draft(language: str = "en") -> VersionSeen:
    found = version(factories.STANDARD, factories.DRAFT, language)
    assert found is not None
    return found


@pytest.fixture
def swapped(in_app: Flask) -> None:
    """5.2 and 5.3 change places, 5.1 is reworded, the rest is new or gone."""
    factories.version("v2", status="adopted")
    factories.version("v3-draft-1")
    factories.change(kinds=["modified"], old=["5.1"], new=["5.1"], texts={"en": SPANS, "fr": [["=", "L’Entité"]]})
    factories.change(kinds=["renumbered"], old=["5.3"], new=["5.2"])
    factories.change(kinds=["renumbered"], old=["5.2"], new=["5.3"])
    factories.change(kinds=["removed"], old=["5"])


def clause_id(name: str, number: str) -> int:
    return db.session.scalars(
        select(ClauseRow.id).join(Version, Version.id == ClauseRow.version_id).where(Version.name == name, ClauseRow.number == number)
    ).one()


@pytest.mark.usefixtures("swapped")
def test_two_clauses_that_changed_places_are_swapped() -> None:
    (found,) = change_maps(draft("fr")).values()
    assert [(link.kinds, [c.label for c in link.old], [c.title for c in link.new], link.swapped) for link in found.links] == [
        (("modified",), ["5.1"], ["Publication"], False),
        (("renumbered",), ["5.3"], ["Plan de réduction"], True),
        (("renumbered",), ["5.2"], ["Alumineries"], True),
        (("removed",), ["5"], [], False),
    ]
    assert [link.kinds for link in found.of("5.1")] == [("modified",)]
    assert [link.kinds for link in found.of_old("5")] == [("removed",)]


@pytest.mark.usefixtures("swapped")
def test_words_come_in_the_readers_language_else_in_the_prevailing_one() -> None:
    (link, *_) = change_maps(draft())["v2"].links
    assert change_words([link.id], draft("fr"))[link.id].text == (("=", "L’Entité"),)
    shown = change_words([link.id], draft("zh"))[link.id]
    assert (shown.language, shown.text) == ("en", (("=", "The Entity "), ("-", "should"), ("+", "shall")))
    assert change_words([], draft()) == {}


@pytest.mark.usefixtures("swapped")
def test_a_baseline_can_be_chosen_and_an_unknown_one_gives_none() -> None:
    assert list(change_maps(draft(), ["v2"])) == ["v2"]
    assert change_maps(draft(), ["v9"]) == {}


@pytest.mark.usefixtures("swapped")
def test_the_same_matter_is_found_in_the_earlier_and_in_the_later_version() -> None:
    later = kin(clause_id("v2", "5.3"), "en", "en")
    assert [(each.version, each.earlier, [c.number for c in each.clauses]) for each in later] == [("v3-draft-1", False, ["5.2"])]
    earlier = kin(clause_id("v3-draft-1", "5.2"), "en", "en")
    assert [(each.version, each.earlier, [c.number for c in each.clauses]) for each in earlier] == [("v2", True, ["5.3"])]
    gone = kin(clause_id("v2", "5"), "en", "en")
    assert [(each.version, each.clauses) for each in gone] == [("v3-draft-1", ())]


@pytest.mark.usefixtures("swapped")
def test_statements_do_not_grow_with_the_number_of_changes() -> None:
    with counted_statements() as few:
        found = change_maps(draft())["v2"]
        change_words([link.id for link in found.links], draft())
    for _ in range(20):
        factories.change(kinds=["unchanged"], old=["5.1"], new=["5.1"], texts={"en": SPANS})
    with counted_statements() as many:
        found = change_maps(draft())["v2"]
        change_words([link.id for link in found.links], draft())
    assert len(found.links) == 24
    assert len(few) == len(many) == 12


def test_a_change_of_activities_is_a_change_where_the_words_are_equal() -> None:
    factories.version("v2", status="adopted", applies={"5.1": ["smelter", "mine"]})
    factories.version("v3-draft-1", applies={"5.1": ["smelter", "user"]})
    factories.change(kinds=["unchanged"], old=["5.1"], new=["5.1"])
    factories.change(kinds=["unchanged"], old=["5.2"], new=["5.2"])
    changed, kept = change_maps(draft())["v2"].links
    assert (changed.kinds, changed.came, changed.went, changed.is_change) == (("unchanged",), ("user",), ("mine",), True)
    assert [(c.applies, c.kind) for c in changed.new] == [(("smelter", "user"), "requirement")]
    assert not kept.is_change


@pytest.mark.usefixtures("swapped")
def test_a_principle_is_no_leaf() -> None:
    factories.change(kinds=["unchanged"], old=["5"], new=["5"])
    links = change_maps(draft())["v2"].links
    assert [link.new[0].leaf for link in links if link.new] == [True, True, True, False]
