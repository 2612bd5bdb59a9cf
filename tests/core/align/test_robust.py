"""Our own content renumbered, shuffled, without titles, cut up or tiny: the same clauses find each other, in every language."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from consult.core.align import align
from consult.core.clause import Clause, Draft
from consult.core.draft import read_draft
from consult.resources import resource

LANGUAGES = ("en", "fr", "zh")
PAIRS = set[tuple[str, str]]


def content(version: str, language: str) -> Draft:
    found, _ = read_draft((resource("content") / "performance-standard" / version / f"{language}.md").read_bytes())
    assert found
    return found


def pairs(old: Draft, new: Draft) -> PAIRS:
    return {(a, b) for link in align(old, new) for a in link.old for b in link.new}


def f1(found: PAIRS, known: PAIRS) -> float:
    return 2 * len(found & known) / (len(found) + len(known))


def each(draft: Draft, change: Callable[[int, Clause], Clause]) -> Draft:
    return replace(draft, clauses=tuple(change(at, clause) for at, clause in enumerate(draft.numbered)))


@pytest.fixture(scope="module")
def known() -> PAIRS:
    return pairs(content("v2", "en"), content("v3-draft-2", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_that_say_nothing_leave_the_map_as_it_is(language: str, known: PAIRS) -> None:
    old, new = content("v2", language), content("v3-draft-2", language)
    back = {f"{side}{at}": clause.number for side, draft in (("o", old), ("n", new)) for at, clause in enumerate(draft.numbered)}
    blind = [each(d, lambda at, c, s=s: replace(c, number=f"{s}{at}", parent=None)) for s, d in (("o", old), ("n", new))]  # type: ignore[misc]
    found = {(back[a], back[b]) for a, b in pairs(blind[0], blind[1])}
    assert f1(found, known) > 0.97


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_that_lie_do_not_mislead(language: str, known: PAIRS) -> None:
    """Every clause takes the number of the one seven before it, as in a renumbering throughout."""
    old, new = content("v2", language), content("v3-draft-2", language)
    numbers = [clause.number for clause in new.numbered]
    given = {number: numbers[at - 7] for at, number in enumerate(numbers)}
    turned = each(new, lambda _, clause: replace(clause, number=given[clause.number], parent=None))
    assert f1(pairs(old, turned), {(a, given[b]) for a, b in known}) > 0.97


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_titles_or_headings_and_in_any_order_most_is_found(language: str, known: PAIRS) -> None:
    old, new = content("v2", language), content("v3-draft-2", language)
    bare = each(new, lambda _, clause: replace(clause, title="", path=(), parent=None))
    assert f1(pairs(old, bare), known) > 0.9
    order = list(new.numbered)
    random.Random(3).shuffle(order)
    assert f1(pairs(old, replace(new, clauses=tuple(order))), known) > 0.93


def test_titles_alone_are_enough_where_there_is_no_text(known: PAIRS) -> None:
    old, new = (each(content(version, "en"), lambda _, clause: replace(clause, text="")) for version in ("v2", "v3-draft-2"))
    assert f1(pairs(old, new), known) > 0.75


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clause_cut_into_its_paragraphs_is_found_as_a_split(language: str) -> None:
    old = content("v2", language)
    clauses, halves, enough = [], set(), 20 if language == "zh" else 60
    for at, clause in enumerate(old.numbered):
        first, _, rest = clause.text.partition("\n\n")
        if at % 9 == 4 and min(len(first), len(rest)) > enough:
            clauses += [replace(clause, text=first), replace(clause, number=f"{clause.number}.9", title="", text=rest)]
            halves |= {(clause.number, clause.number), (clause.number, f"{clause.number}.9")}
        else:
            clauses.append(clause)
    found = pairs(old, replace(old, clauses=tuple(clauses)))
    assert len(halves) >= 6
    assert len(found & halves) >= 0.75 * len(halves)


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("language", LANGUAGES)
def test_tiny_drafts_are_linked_like_large_ones(language: str, count: int) -> None:
    old = content("v2", language)
    few = replace(old, clauses=tuple(clause for clause in old.numbered if clause.text)[10 : 10 + count])
    renumbered = each(
        few, lambda at, clause: replace(clause, number=f"x{at}", text=clause.text + ("\n\n新增一句。" if language == "zh" else "\n\nMore."))
    )
    assert pairs(few, renumbered) == {(clause.number, f"x{at}") for at, clause in enumerate(few.clauses)}


def test_a_number_and_a_place_alone_link_nothing() -> None:
    old = content("v2", "en")
    taken = each(old, lambda at, clause: replace(clause, title="Bees", text="Hives are painted in spring.") if at == 30 else clause)
    assert (old.numbered[30].number,) * 2 not in pairs(old, taken)
