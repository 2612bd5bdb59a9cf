"""A clause through all versions: renumbered, split, merged, ended; the same whichever version one asks from."""

from typing import Any

import pytest
from flask import Flask

from consult.queries.clause_history import Step, clause_history
from consult.queries.standards import clauses, versions
from tests import factories
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
SPANS = [["=", "The Entity "], ["-", "should"], ["+", "shall"]]


def history(version: str, number: str) -> tuple[Step, ...]:
    every = versions("en", standard=factories.STANDARD)
    own = next(each for each in every if each.name == version)
    return clause_history(next(each for each in clauses(own) if each.number == number), own, every, "en")


def told(steps: tuple[Step, ...]) -> list[tuple[str, list[str], list[tuple[str, ...]]]]:
    return [(step.version.name, [name.number for name in step.clauses], [link.kinds for link in step.links]) for step in steps]


@pytest.fixture
def three(in_app: Flask) -> None:
    """5.2 of V2 becomes 5.3 of draft 1, which splits into 5.2 and 5.3; 5.1 and 5.3 merge into 5.1; 5 ends in draft 2."""
    factories.version("v2", status="adopted")
    factories.version("v3-draft-1")
    factories.version("v3-draft-2")
    factories.change(kinds=["renumbered", "modified"], old=["5.2"], new=["5.3"], texts={"en": SPANS})
    factories.change(kinds=["merged"], old=["5.1", "5.3"], new=["5.1"])
    factories.change(kinds=["unchanged"], old=["5"], new=["5"])
    factories.change(kinds=["added"], new=["5.2"])
    later: dict[str, Any] = {"baseline": "v3-draft-1", "draft": "v3-draft-2"}
    factories.change(kinds=["split"], old=["5.3"], new=["5.2", "5.3"], **later)
    factories.change(kinds=["modified"], old=["5.1"], new=["5.1"], **later)
    factories.change(kinds=["removed"], old=["5"], **later)
    factories.change(kinds=["added"], new=["5"], **later)
    factories.change(kinds=["removed"], old=["5.2"], **later)
    # compared with V2 as well: the way goes through the nearest version, not past it
    factories.change(kinds=["modified"], old=["5.2"], new=["5.2"], baseline="v2", draft="v3-draft-2")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("version", "number"), [("v2", "5.2"), ("v3-draft-1", "5.3")])
def test_a_split_opens_two_branches_whichever_version_one_asks_from(version: str, number: str) -> None:
    assert told(history(version, number)) == [
        ("v2", ["5.2"], []),
        ("v3-draft-1", ["5.3"], [("renumbered", "modified")]),
        ("v3-draft-2", ["5.2", "5.3"], [("split",)]),
    ]


@pytest.mark.usefixtures("three")
def test_one_part_of_a_split_tells_its_own_way_alone() -> None:
    assert [step.clauses[0].number for step in history("v3-draft-2", "5.2")] == ["5.2", "5.3", "5.2"]
    assert [len(step.clauses) for step in history("v3-draft-2", "5.2")] == [1, 1, 1]


@pytest.mark.usefixtures("three")
def test_a_merger_leads_back_to_both_clauses() -> None:
    assert told(history("v3-draft-2", "5.1")) == [
        ("v2", ["5.1", "5.3"], []),
        ("v3-draft-1", ["5.1"], [("merged",)]),
        ("v3-draft-2", ["5.1"], [("modified",)]),
    ]


@pytest.mark.usefixtures("three")
def test_what_ends_says_so_and_what_begins_has_nothing_before() -> None:
    assert told(history("v2", "5")) == [("v2", ["5"], []), ("v3-draft-1", ["5"], [("unchanged",)]), ("v3-draft-2", [], [("removed",)])]
    assert told(history("v3-draft-1", "5.2")) == [("v3-draft-1", ["5.2"], [("added",)]), ("v3-draft-2", [], [("removed",)])]
    ended = history("v2", "5")[-1].links[0]
    assert (ended.old[0].number, ended.confirmed) == ("5", False)


@pytest.mark.usefixtures("three")
def test_each_step_carries_its_words() -> None:
    step = history("v2", "5.2")[1]
    assert step.words[step.links[0].id].text == (("=", "The Entity "), ("-", "should"), ("+", "shall"))


def test_a_clause_of_the_only_version_has_one_step() -> None:
    factories.version("v2", status="adopted")
    assert told(history("v2", "5.1")) == [("v2", ["5.1"], [])]


@pytest.mark.usefixtures("three")
def test_statements_do_not_grow_with_the_number_of_links() -> None:
    def cost() -> int:
        every = versions("en", standard=factories.STANDARD)
        own = next(each for each in every if each.name == "v3-draft-1")
        clause = next(each for each in clauses(own) if each.number == "5.3")
        with counted_statements() as found:
            clause_history(clause, own, every, "en")
        return len(found)

    few = cost()
    for _ in range(10):
        factories.change(kinds=["unchanged"], old=["5.1"], new=["5.1"])
    assert cost() == few <= 6
