"""Statements of a text far longer than any clause: each still finds its own, and the work stays bounded."""

from consult.core.meaning import statements
from consult.core.meaning.statements import COMPARED, paired, read_statements

COUNT = 520
WORD = "abcdefghij"


def text(verb: str) -> str:
    """Statements of which each has a name of its own, in letters."""
    names = ("".join(WORD[int(digit)] for digit in f"{at:04}") for at in range(COUNT))
    return " ".join(f"The operator of {name} {verb} the ledger of {name}." for name in names)


def test_a_text_of_many_reworded_statements_is_compared_around_each_place(monkeypatch):
    compared = 0

    def counting(one, other, likeness=statements.likeness):
        nonlocal compared
        compared += 1
        return likeness(one, other)

    monkeypatch.setattr(statements, "likeness", counting)
    old, new = (read_statements(text(verb), "en") for verb in ("shall keep", "should keep"))
    pairs, removed, added = paired(old, new)
    assert (pairs, removed, added) == (list(zip(old, new, strict=True)), [], [])
    assert compared <= COMPARED < COUNT * COUNT
