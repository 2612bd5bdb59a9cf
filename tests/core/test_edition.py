"""Which changes concern somebody, and the order in which a redline is printed."""

from dataclasses import replace

from consult.core.change import Change, Link
from consult.core.clause import Clause
from consult.core.edition import Edition, EditionChanges, Noted, in_document_order, only_binding
from tests.editions import edition_of, hostile


def clause(number: str, order: int, level: int = 2, title: str = "") -> Clause:
    return Clause(number, number, title or f"Title {number}", "Text.", level, order, 1, kind="requirement" if number else "group")


def edition(*clauses: Clause, applies: dict[str, tuple[str, ...]] | None = None) -> Edition:
    return replace(edition_of(replace(hostile().draft, clauses=clauses)), applies=applies or {})


def noted(old: tuple[str, ...], new: tuple[str, ...], *kinds: str) -> Noted:
    return Noted(Change(Link(kinds, old, new, 1.0, "content"), (), ()))  # type: ignore[arg-type]


def changes() -> EditionChanges:
    """A group each for 1 and for 2; 1 is removed, 2 became 1, 3 is new for smelters."""
    old = edition(clause("", 0, 1, "First"), clause("1", 1), clause("", 2, 1, "Second"), clause("2", 3), applies={"2": ("mine",)})
    new = edition(clause("", 0, 1, "First"), clause("", 1, 1, "Second"), clause("1", 2), clause("3", 3), applies={"3": ("smelter",)})
    told = (noted(("1",), (), "removed"), noted(("2",), ("1",), "renumbered"), noted((), ("3",), "added"))
    return EditionChanges(old, new, told, total=3)


def test_a_redline_goes_by_the_new_document_with_what_is_gone_in_its_old_place() -> None:
    placed = [(each.number or each.title, of and of.change.link.kinds[0]) for each, of in in_document_order(changes())]
    assert placed == [("1", "removed"), ("First", None), ("Second", None), ("1", "renumbered"), ("3", "added")]


def test_only_what_binds_an_activity_before_or_after_stays() -> None:
    given = changes()
    mine, smelter = only_binding(given, ("mine",)), only_binding(given, ("smelter",))
    assert [each.shown for each in mine.noted] == [("1",), ("1",)]
    assert [each.number for each in mine.new.draft.clauses] == ["", "1"]
    assert [each.shown for each in smelter.noted] == [("1",), ("1",), ("3",)]
    assert (smelter.activities, smelter.total) == (("smelter",), 3)
    assert only_binding(given, ()) is given


def test_a_group_without_a_clause_left_goes_along() -> None:
    left = only_binding(changes(), ("mine",)).new.draft.clauses
    assert [each.title for each in left] == ["Second", "Title 1"]


def test_other_activities_are_a_change_where_words_are_equal() -> None:
    same = noted(("1",), ("1",), "unchanged")
    assert (same.is_change, replace(same, came=("mine",)).is_change, replace(same, went=("mine",)).is_change) == (False, True, True)
