"""Links set by hand on links that the program made: nothing is lost, whatever people say."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.change import Link
from consult.core.clause import Clause, Draft
from consult.core.relink import Hopes, Named, Pairing, relinked, resolve
from tests.support.examples import examples

NUMBERS = ("1", "2", "3", "4")
NOBODY = Hopes({}, {})


def draft(*numbers: str, texts: dict[str, str] | None = None) -> Draft:
    clauses = tuple(Clause(n, n, f"Title {n}", (texts or {}).get(n, f"Text {n}"), 2, at, at) for at, n in enumerate(numbers))
    return Draft("demo", "v", "en", "Demo", clauses)


OLD, NEW = draft(*NUMBERS), draft(*NUMBERS)
BASE = tuple(Link(("unchanged",), (n,), (n,), 0.9, "content") for n in NUMBERS)


def shape(links: tuple[Link, ...]) -> list[tuple[str, str, str]]:
    return [(",".join(link.old), ",".join(link.new), " ".join(link.kinds)) for link in links]


def test_links_that_nobody_touched_stay_as_they_are() -> None:
    assert relinked(BASE, [], OLD, NEW, NOBODY) == BASE
    assert [link for link in relinked(BASE, [Pairing(("1",), ("2",))], OLD, NEW, NOBODY) if link.old == ("3",)] == [BASE[2]]


def test_a_relinked_clause_leaves_its_old_partner_alone() -> None:
    assert shape(relinked(BASE, [Pairing(("1",), ("2",))], OLD, NEW, NOBODY)) == [
        ("", "1", "added"), ("1", "2", "renumbered modified"), ("2", "", "removed"), ("3", "3", "unchanged"), ("4", "4", "unchanged"),
    ]  # fmt: skip


def test_a_clause_that_lost_its_partner_is_unsure_where_a_candidate_is_left() -> None:
    links = relinked(BASE, [Pairing(("1",), ("2",))], OLD, NEW, Hopes({"2": 0.6}, {"1": 0.1}))
    alone = {link.old + link.new: (link.score, link.reason, link.unsure) for link in links if not (link.old and link.new)}
    assert alone == {("2",): (0.4, "none", True), ("1",): (0.9, "none", False)}


def test_a_split_may_share_a_clause_or_take_it() -> None:
    assert shape(relinked(BASE, [Pairing(("1",), ("1", "2"))], OLD, NEW, NOBODY))[:2] == [
        ("1", "1,2", "split modified"),
        ("2", "", "removed"),
    ]
    assert shape(relinked(BASE, [Pairing(("1",), ("1", "2"), also=True)], OLD, NEW, NOBODY))[:2] == [
        ("1", "1,2", "split modified"), ("2", "2", "unchanged"),
    ]  # fmt: skip


def test_a_star_that_loses_a_clause_keeps_the_rest() -> None:
    star = (Link(("split", "modified"), ("1",), ("1", "2", "3"), 0.6, "split", True),)
    old = draft("1", "4")
    links = relinked((*star, BASE[3]), [Pairing((), ("2",))], old, NEW, NOBODY)
    assert shape(links) == [("1", "1,3", "split modified"), ("", "2", "added"), ("4", "4", "unchanged")]
    assert (links[0].score, links[0].reason, links[0].unsure) == (0.6, "split", True)


def test_a_clause_moves_when_its_section_became_another_one() -> None:
    def tree(*pairs: tuple[str, str | None]) -> Draft:
        return Draft("demo", "v", "en", "", tuple(Clause(n, n, n, n, 2, at, at, parent=up) for at, (n, up) in enumerate(pairs)))

    old, new = tree(("1", None), ("1.1", "1"), ("2", None)), tree(("1", None), ("2", None), ("2.1", "2"))
    base = tuple(Link(("unchanged",), (n,), (n,), 1.0, "identical") for n in ("1", "2"))
    links = relinked(base, [Pairing(("1.1",), ("2.1",))], old, new, NOBODY)
    assert links[2].kinds == ("renumbered", "moved", "modified")


sides = st.lists(st.sampled_from(NUMBERS), unique=True, max_size=3).map(tuple)


@given(st.lists(st.builds(Pairing, sides, sides, st.booleans()), max_size=6))
@examples(300)
def test_every_number_of_both_versions_occurs_whatever_was_said(pairings: list[Pairing]) -> None:
    links = relinked(BASE, pairings, OLD, NEW, NOBODY)
    assert {n for link in links for n in link.old} == {n for link in links for n in link.new} == set(NUMBERS)
    assert all(link.kinds for link in links)
    assert len({(link.old, link.new) for link in links}) == len(links)
    if pairings and not pairings[-1].also and (pairings[-1].old and pairings[-1].new):
        named = [link for link in links if set(link.old) & set(pairings[-1].old) or set(link.new) & set(pairings[-1].new)]
        assert [(set(link.old), set(link.new)) for link in named] == [(set(pairings[-1].old), set(pairings[-1].new))]


def test_a_named_clause_is_followed_by_its_text_before_its_number() -> None:
    said = [Named("1", "aa"), Named("2", "bb")]
    assert resolve(said, {"1": "aa", "2": "bb"}) == (("1", "2"), "kept")
    assert resolve(said, {"1": "aa", "2": "xx", "7": "bb"}) == (("1", "7"), "followed")
    assert resolve(said, {"1": "aa", "2": "xx"}) == (("1", "2"), "edited")
    assert resolve(said, {"1": "aa"}) == (("1",), "vanished")
    assert resolve([Named("1", "aa")], {"1": "xx", "5": "aa", "6": "aa"}) == (("1",), "edited")  # two clauses read the same: no guess
    assert resolve([], {"1": "aa"}) == ((), "kept")
