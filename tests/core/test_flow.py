"""The picture of a change map: each clause in one place, folded groups, what came from elsewhere; the same counts as the links."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from consult.core.flow import FlowLink, Line, Side, Spot, flow, share_changed


def side(*numbers: str) -> Side:
    """Clauses "1.2" stand in group "1", whose head is the clause "1" where it is named, else an unnumbered heading."""
    keys = dict.fromkeys(number.split(".")[0] for number in numbers)
    spots = tuple(Spot(number, number, f"Title {number}", number.split(".")[0]) for number in numbers)
    return Side(spots, {key: Spot(key if key in numbers else "", key, f"Group {key}", key) for key in keys})


def link(kinds: str, old: str, new: str, share: float = 0.0, swapped: bool = False) -> FlowLink:
    return FlowLink(tuple(kinds.split()), tuple(old.split()), tuple(new.split()), share, swapped)


def test_swapped_clauses_cross_and_an_added_one_comes_from_nowhere():
    (group,) = flow(
        side("5", "5.1", "5.2", "5.3"),
        side("5", "5.1", "5.2", "5.3", "5.4"),
        [
            link("unchanged", "5", "5"),
            link("modified", "5.1", "5.1", 0.4),
            link("renumbered modified", "5.3", "5.2", 0.5, True),
            link("renumbered modified", "5.2", "5.3", 0.3, True),
            link("added", "", "5.4", 1.0),
        ],
    )
    assert group.head.number == "5"
    assert group.lines == (Line("kept", 0, 0, True), Line("swapped", 2, 1, True), Line("swapped", 1, 2, True))
    assert [(each.spot.number, each.came, each.share) for each in group.right] == [
        ("5.1", False, 0.4),
        ("5.2", False, 0.5),
        ("5.3", False, 0.3),
        ("5.4", True, 1.0),
    ]
    assert group.counts == Counter(modified=3, added=1, renumbered=2, swapped=2)
    assert not group.folds


def test_group_that_only_reworded_and_added_folds():
    (group,) = flow(
        side("1.1", "1.2"),
        side("1.1", "1.2", "1.3"),
        [link("unchanged", "1.1", "1.1"), link("modified", "1.2", "1.2"), link("added", "", "1.3")],
    )
    assert group.folds
    assert group.counts == Counter(unchanged=1, modified=1, added=1)


def test_clause_that_moved_to_another_group_is_told_in_both():
    one, two = flow(
        side("1.1", "1.2", "2.1"),
        side("1.1", "2.1", "2.2"),
        [link("unchanged", "1.1", "1.1"), link("unchanged", "2.1", "2.1"), link("renumbered moved", "1.2", "2.2")],
    )
    assert [(each.spot.number, [spot.number for spot in each.to]) for each in one.left] == [("1.1", []), ("1.2", ["2.2"])]
    assert [(each.spot.number, [spot.number for spot in each.since]) for each in two.right] == [("2.1", []), ("2.2", ["1.2"])]
    assert not one.folds
    assert not two.folds


def test_group_that_moved_as_a_whole_is_drawn_where_it_went():
    first, second = flow(
        side("3", "3.1", "3.2"),
        side("1", "4", "4.1", "4.2"),
        [link("renumbered", "3", "4"), link("renumbered", "3.1", "4.1"), link("renumbered", "3.2", "4.2"), link("added", "", "1")],
    )
    assert (first.head.number, [each.spot.number for each in first.right], first.left) == ("1", ["1"], ())
    assert (second.head.number, [each.spot.number for each in second.left]) == ("4", ["3.1", "3.2"])


def test_group_that_only_the_old_version_had_keeps_a_place_of_its_own():
    kept, gone = flow(side("1.1", "2.1"), side("1.1"), [link("unchanged", "1.1", "1.1"), link("removed", "2.1", "")])
    assert [(each.spot.number, each.gone) for each in gone.left] == [("2.1", True)]
    assert (kept.counts["removed"], gone.counts["removed"]) == (0, 1)


def test_share_is_told_of_letters_on_both_sides():
    assert share_changed((("=", "ab "), ("-", "cd"), ("+", "ef"))) == 0.5
    assert share_changed((), (("=", "same"),)) == 0.0
    assert share_changed((("=", " "),)) == 0.0


numbers = st.lists(st.builds(lambda a, b: f"{a}.{b}", st.integers(1, 4), st.integers(1, 5)), unique=True, max_size=12)


@given(numbers, numbers, st.data())
def test_every_clause_is_in_one_row_and_the_counts_are_those_of_the_links(old, new, data):
    links = []
    for number in new:
        ancestors = data.draw(st.lists(st.sampled_from(old), unique=True, max_size=2)) if old else []
        links.append(link("modified" if ancestors else "added", " ".join(ancestors), number))
    used = {number for each in links for number in each.old}
    links += [link("removed", number, "") for number in old if number not in used]
    groups = flow(side(*old), side(*new), links)
    assert sorted(each.spot.number for group in groups for each in group.left) == sorted(old)
    assert sorted(each.spot.number for group in groups for each in group.right) == sorted(new)
    total = sum((group.counts for group in groups), Counter())
    assert total["modified"] + total["added"] == len(new)
    assert total["removed"] == len(old) - len(used)
    drawn = sum(len(group.lines) for group in groups) + sum(len(each.since) for group in groups for each in group.right)
    assert drawn == sum(len(each.old) * len(each.new) for each in links)
