"""Kinds and order of links, from pairs given by hand."""

from consult.core.align.links import Hopes, Scored, links
from consult.core.change import Link
from consult.core.clause import Clause, Draft


def draft(*numbers: str, same: bool = True) -> Draft:
    clauses = []
    for at, number in enumerate(numbers):
        parent = number.rpartition(".")[0] or None
        clauses.append(
            Clause(
                number,
                number,
                "Title",
                "Text." if same else f"Text {number}.",
                2,
                at,
                at + 1,
                (parent or "",),
                parent if parent in numbers else None,
            )
        )
    return Draft("s", "v", "en", "S", tuple(clauses))


def linked(old: Draft, new: Draft, *pairs: tuple[str, str], hopes: Hopes | None = None) -> list[tuple[str, str, str]]:
    places = [{clause.number: at for at, clause in enumerate(side.numbered)} for side in (old, new)]
    scored = [Scored(places[0][a], places[1][b], 0.9, "content") for a, b in pairs]
    return [shown(link) for link in links(scored, old, new, hopes or Hopes({}, {}))]


def shown(link: Link) -> tuple[str, str, str]:
    return " ".join(link.kinds), " ".join(link.old), " ".join(link.new)


def test_one_old_and_two_new_clauses_are_a_split() -> None:
    assert linked(draft("1"), draft("1", "2"), ("1", "1"), ("1", "2")) == [("split modified", "1", "1 2")]


def test_three_old_clauses_in_one_are_merged() -> None:
    found = linked(draft("1.1", "1.2", "1.4"), draft("1.1"), ("1.1", "1.1"), ("1.2", "1.1"), ("1.4", "1.1"))
    assert found == [("merged modified", "1.1 1.2 1.4", "1.1")]


def test_a_clause_may_stand_in_a_split_and_in_a_merger() -> None:
    found = linked(draft("1", "2"), draft("1", "2"), ("1", "1"), ("1", "2"), ("2", "2"))
    assert found == [("split modified", "1", "1 2"), ("unchanged", "2", "2")]


def test_swapped_numbers_are_renumbered_and_not_moved() -> None:
    found = linked(draft("5.1", "5.2", "5.3"), draft("5.1", "5.2", "5.3"), ("5.1", "5.1"), ("5.2", "5.3"), ("5.3", "5.2"))
    assert found == [("unchanged", "5.1", "5.1"), ("renumbered", "5.3", "5.2"), ("renumbered", "5.2", "5.3")]


def test_a_clause_that_left_the_order_of_its_neighbours_moved() -> None:
    old, new = draft("1", "2", "3", "4"), draft("1", "2", "3", "4")
    found = linked(old, new, ("1", "4"), ("2", "1"), ("3", "2"), ("4", "3"))
    assert [kinds for kinds, _, _ in found] == ["renumbered", "renumbered", "renumbered", "renumbered moved"]


def test_a_clause_under_another_parent_moved() -> None:
    old = draft("1", "1.1", "1.2", "2", "2.1")
    new = draft("1", "1.1", "2", "2.1", "2.2")
    found = linked(old, new, ("1", "1"), ("1.1", "1.1"), ("2", "2"), ("2.1", "2.1"), ("1.2", "2.2"))
    assert found[-1] == ("renumbered moved", "1.2", "2.2")


def test_a_renumbered_section_takes_its_clauses_along() -> None:
    old, new = draft("1", "1.1", "1.2"), draft("3", "3.1", "3.2")
    assert [kinds for kinds, _, _ in linked(old, new, ("1", "3"), ("1.1", "3.1"), ("1.2", "3.2"))] == ["renumbered"] * 3


def test_removed_clauses_follow_their_neighbours_partner() -> None:
    old, new = draft("1", "2", "3"), draft("1", "3", "4")
    assert linked(old, new, ("1", "1"), ("3", "4")) == [
        ("unchanged", "1", "1"),
        ("removed", "2", ""),
        ("added", "", "3"),
        ("renumbered", "3", "4"),
    ]


def test_a_removed_clause_with_a_likely_successor_is_unsure() -> None:
    (link,) = links([], draft("1"), draft(), Hopes({0: 0.4}, {}))
    assert (link.kinds, link.score, link.unsure) == (("removed",), 0.6, True)
