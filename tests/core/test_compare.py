"""Drafts compared whole: kinds, order, completeness, and the words along the links."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.align import align, candidates
from consult.core.change import Change
from consult.core.clause import Clause, Draft
from consult.core.compare import changes_for, compare
from tests.support.examples import examples

Rows = list[tuple[str, str, str]]

BASE: Rows = [
    ("1", "Business integrity", ""),
    ("1.1", "Legal compliance", "The Entity shall know the laws that apply and keep a system for following them."),
    ("1.2", "Anti-corruption", "The Entity shall work against bribery and corruption in every form."),
    ("2", "Emissions", ""),
    ("2.1", "Disclosure", "The Entity shall publish its energy use and greenhouse gas emissions every year."),
    (
        "2.2",
        "Emissions reductions",
        "The Entity shall publish time-bound reduction targets for direct and indirect emissions and carry out a plan.",
    ),
    ("2.3", "Aluminium smelting", "Smelters shall keep emissions below 8 t CO2e per tonne of aluminium by 2030."),
]


def draft(rows: Rows, language: str = "en") -> Draft:
    numbers = {number for number, _, _ in rows}
    clauses = []
    for at, (number, title, text) in enumerate(rows):
        parent = number.rpartition(".")[0]
        parent = parent if parent in numbers else ""
        path = next((f"{n} {t}" for n, t, _ in rows if n == parent), None)
        clauses.append(Clause(number, number, title, text, 1 + number.count("."), at, at + 1, (path,) if path else (), parent or None))
    return Draft("standard", "v", language, "Standard", tuple(clauses))


def row(changes: tuple[Change, ...], new: str) -> Change:
    return next(change for change in changes if new in change.link.new)


def test_an_unchanged_draft_has_only_unchanged_links() -> None:
    changes = compare(draft(BASE), draft(BASE))
    assert [(change.link.kinds, change.link.old, change.link.new) for change in changes] == [
        (("unchanged",), (n,), (n,)) for n, _, _ in BASE
    ]


def test_criteria_that_swap_numbers_are_renumbered_and_modified() -> None:
    new = [
        *BASE[:5],
        ("2.2", "Smelter emissions intensity", "Smelters shall keep emissions below 11 t CO2e per tonne of aluminium, at once or by 2030."),
        (
            "2.3",
            "Emissions reduction plans",
            "The Entity shall publish a plan with time-bound reduction targets for all direct and indirect emissions.",
        ),
    ]
    changes = compare(draft(BASE), draft(new))
    assert [(c.link.kinds, c.link.old, c.link.new) for c in changes[-2:]] == [
        (("renumbered", "modified"), ("2.3",), ("2.2",)),
        (("renumbered", "modified"), ("2.2",), ("2.3",)),
    ]


def test_a_changed_title_alone_is_a_modification() -> None:
    new = [*BASE[:1], ("1.1", "Compliance with law", BASE[1][2]), *BASE[2:]]
    change = row(compare(draft(BASE), draft(new)), "1.1")
    assert change.link.kinds == ("modified",)
    assert change.text == (("=", BASE[1][2]),)
    assert [mark for mark, _ in change.title] != ["="]


def test_clauses_after_an_insertion_are_renumbered_not_moved() -> None:
    fresh = ("2.1", "Suspended operations", "When a site is put on hold, the Entity shall look after workers, dams and neighbours.")
    new = [*BASE[:4], fresh, *((f"2.{n}", t, x) for n, (_, t, x) in enumerate(BASE[4:], 2))]
    assert [(c.link.kinds, c.link.old) for c in compare(draft(BASE), draft(new))[4:]] == [
        (("added",), ()),
        (("renumbered",), ("2.1",)),
        (("renumbered",), ("2.2",)),
        (("renumbered",), ("2.3",)),
    ]


def test_a_clause_in_another_section_is_moved() -> None:
    new = [*BASE[:2], *BASE[3:], ("2.4", *BASE[2][1:])]
    assert row(compare(draft(BASE), draft(new)), "2.4").link.kinds == ("renumbered", "moved")


def test_a_removed_clause_follows_its_old_neighbour() -> None:
    changes = compare(draft(BASE), draft([*BASE[:2], *BASE[3:]]))
    assert [(c.link.kinds, c.link.old) for c in changes[1:3]] == [(("unchanged",), ("1.1",)), (("removed",), ("1.2",))]
    assert changes[2].text == (("-", BASE[2][2]),)


def test_a_recorded_correspondence_wins_over_content() -> None:
    changes = compare(draft(BASE), draft(BASE), correspondence={"2.2": ("2.1", "2.3"), "1.2": ()})
    assert row(changes, "2.2").link.old == ("2.1", "2.3")
    assert row(changes, "2.2").link.reason == "recorded"
    assert row(changes, "1.2").link.kinds == ("added",)


def test_another_edition_takes_the_links_as_they_are() -> None:
    links = align(draft(BASE), draft([*BASE[:6], ("2.4", *BASE[6][1:])]))
    old = draft([("2.3", "Électrolyse", "Les alumineries restent sous 8 t."), ("2.1", "Publication", "Chaque année.")], "fr")
    new = draft([("2.4", "Électrolyse", "Les alumineries restent sous 11 t.")], "fr")
    changes = changes_for(links, old, new)
    assert [change.link for change in changes] == list(links)
    assert row(changes, "2.4").text == (("=", "Les alumineries restent sous "), ("-", "8 t"), ("+", "11 t"), ("=", "."))


def test_empty_drafts_compare() -> None:
    assert compare(draft([]), draft([])) == ()
    assert [c.link.kinds for c in compare(draft([]), draft(BASE))] == [("added",)] * len(BASE)
    assert [c.link.kinds for c in compare(draft(BASE), draft([]))] == [("removed",)] * len(BASE)


def test_groups_are_not_listed() -> None:
    grouped = draft(BASE)
    grouped = replace(grouped, clauses=(Clause("", "", "Social", "Text of a group.", 1, 0, 1, kind="group"), *grouped.clauses))
    assert [c.link.new for c in compare(grouped, grouped)] == [(n,) for n, _, _ in BASE]


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_equal_clauses_by_the_thousand_are_paired_in_order(count: int) -> None:
    rows = [(str(n), "Reserved", "This clause is intentionally left without any requirement.") for n in range(1, count + 1)]
    assert all(link.old == link.new for link in align(draft(rows), draft(rows)))


def test_the_shortlist_holds_the_kept_link() -> None:
    new = [
        *BASE[:5],
        ("2.2", *BASE[6][1:]),
        ("2.3", "Emissions reduction plans", "The Entity shall publish reduction targets for indirect emissions."),
    ]
    lists = candidates(draft(BASE), draft(new))
    assert lists.new["2.3"][0].number == "2.2"
    assert all(len(found) <= 5 for found in lists.old.values())


WORDS = st.sampled_from(["shall", "publish", "water", "targets", "every", "year", "应", "不应", "排放", "rejets", "d’eau", "8 t"])
TEXT = st.lists(WORDS, max_size=12).map(" ".join)
ROWS = st.lists(
    st.tuples(st.sampled_from(["1", "2", "1.1", "1.2", "2.1", "3", "4.2", "annex-a"]), TEXT, TEXT), max_size=8, unique_by=lambda r: r[0]
)


@given(ROWS, ROWS, st.sampled_from(["en", "fr", "zh"]))
@examples(150)
def test_every_number_occurs_and_results_repeat(old: Rows, new: Rows, language: str) -> None:
    before, after = draft(old, language), draft(new, language)
    changes = compare(before, after)
    assert {n for c in changes for n in c.link.old} == {n for n, _, _ in old}
    assert {n for c in changes for n in c.link.new} == {n for n, _, _ in new}
    assert changes == compare(before, after)
    assert all(0 <= c.link.score <= 1 and (c.link.old or c.link.new) for c in changes)


@given(ROWS)
@examples(50)
def test_a_draft_against_itself_is_unchanged(rows: Rows) -> None:
    assert all(c.link.kinds == ("unchanged",) for c in compare(draft(rows), draft(rows)))
