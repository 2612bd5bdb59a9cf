"""Whom clauses bind, before and after."""

from dataclasses import dataclass

from consult.core.binding import Balance, asked, balance, binds, concerns, shift

EVERY = ("mine", "refinery", "smelter", "user")


@dataclass(frozen=True)
class C:
    number: str
    applies: tuple[str, ...] = ()
    kind: str = "requirement"
    leaf: bool = True


def test_a_requirement_binds_whom_it_names_and_everybody_where_it_names_nobody():
    assert binds((), ("mine",))
    assert binds(("mine", "smelter"), ("user", "mine"))
    assert not binds(("mine",), ("user",))
    assert binds(("mine",), ())
    assert not binds((), ("mine",), "definition")


def test_an_address_names_activities_with_commas_or_repeated_and_unknown_ones_fall_away():
    assert asked(["smelter,mine", "mine", " user ,gold"], EVERY) == ("mine", "smelter", "user")
    assert asked([], EVERY) == ()


def test_activities_come_and_go_also_where_one_side_names_none():
    assert shift([C("6.8", ("smelter",))], [C("6.8", ("smelter", "user"))], EVERY) == (("user",), ())
    assert shift([C("2.5", ("mine", "refinery"))], [C("2.5"), C("2.6", ("mine",))], EVERY) == (("smelter", "user"), ())
    assert shift([C("1.1")], [C("1.1", ("mine", "user"))], EVERY) == ((), ("refinery", "smelter"))
    assert shift([C("1.1")], [C("1.1", EVERY)], EVERY) == ((), ())


def test_a_definition_that_becomes_a_requirement_binds_and_what_was_added_or_removed_is_no_shift():
    assert shift([C("1.1", kind="definition")], [C("1.1", ("mine",))], EVERY) == (("mine",), ())
    assert shift([], [C("5.4", ("mine",))], EVERY) == ((), ())
    assert shift([C("5.4", ("mine",))], [], EVERY) == ((), ())


def test_a_change_concerns_those_it_binds_or_bound():
    assert concerns([C("5.3", ("mine",))], [C("5.2", ("user",))], ("mine",))
    assert not concerns([C("5.3", ("mine",))], [C("5.2", ("user",))], ("smelter",))
    assert concerns([], [C("a", kind="note")], ())


def test_the_balance_counts_criteria_once_and_tells_what_begins_and_ends():
    links = [
        ((C("5", leaf=False),), (C("5", leaf=False),)),
        ((C("5.1"),), (C("5.1"),)),
        ((C("5.2", ("smelter",)),), (C("5.3", ("mine",)),)),
        ((), (C("5.4", ("mine",)),)),
        ((C("5.5", ("mine",)),), ()),
        ((C("5.6", ("mine",)),), (C("5.6", ("user",)),)),
        ((C("5.7"),), (C("5.7a"), C("5.7b"))),
        ((C("5.7"),), (C("5.7a"),)),
        ((C("a", kind="definition"),), (C("a", kind="definition"),)),
    ]
    assert balance(links, ("mine",)) == Balance(
        ("5.1", "5.5", "5.6", "5.7"), ("5.1", "5.3", "5.4", "5.7a", "5.7b"), ("5.3", "5.4"), ("5.5", "5.6")
    )
