"""What views may hide: typography and numbers that moved on. A threshold, a word, an accent never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.change import Change, Link
from consult.core.diff import diff
from consult.core.diff.quiet import folded, only_renumbered, only_typographic, renumbered, renumberings, typographic
from tests.support.examples import examples

NUMBERS = {"5.2": frozenset({"5.3"}), "5.3": frozenset({"5.2"}), "annex-a": frozenset({"annex-b"})}


def change(old: str, new: str, language: str = "en") -> Change:
    return Change(Link(("modified",), ("1",), ("1",), 1.0, "content"), diff("", "", language)[0], diff(old, new, language)[0])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("8 t par an", "8\u00a0t par an"),
        ("1 234 tonnes", "1\u202f234 tonnes"),
        ("l'Entité publie :", "l’Entité publie\u00a0:"),
        ('the "Entity" shall', "the “Entity” shall"),
        ("dite « intensité »", "dite “intensité”"),
        ("Entite\u0301", "Entité"),
        ("铝业管理倡议(ASI)应公布,每年更新.", "铝业管理倡议（ASI）应公布，每年更新。"),
        ("该 ASI 标准", "该ASI标准"),
        ("实体应\u3000公布", "实体应公布"),
        ("plan  to act", "plan to act"),
        ("line end \nnext", "line end\nnext"),
        ("line\r\nnext", "line\nnext"),
        ("non‑binding", "non-binding"),
        ("and so on...", "and so on…"),
        ("effort\u00adless", "effortless"),
    ],
)
def test_typography_alone_is_quiet(old: str, new: str) -> None:
    assert typographic(diff(old, new, "fr")[0]) == (("=", new),)
    assert only_typographic(change(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a résumé", "a resume"),
        ("The entity", "The Entity"),
        ("10 m²", "10 m2"),
        ("no where", "nowhere"),
        ("甲、乙", "甲，乙"),
        ("8 t", "9 t"),
        ("one\ntwo", "one two"),
        ("one", ""),
        ("it shall", "it shall not"),
    ],
)
def test_wording_is_never_quiet(old: str, new: str) -> None:
    spans = diff(old, new, "en")[0]
    assert any(mark != "=" for mark, _ in typographic(spans))
    assert not only_typographic(change(old, new))


def test_what_is_typography_beside_a_change_of_wording_is_folded_alone() -> None:
    assert typographic((("=", "The "), ("-", "'plan' shall"), ("+", "‘plan’ must"), ("=", " exist."))) == (
        ("=", "The ‘plan’ "),
        ("-", "shall"),
        ("+", "must"),
        ("=", " exist."),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("as criterion 5.2 says", "as criterion 5.3 says"),
        ("Criteria 5.2 and 5.3 hold", "Criteria 5.3 and 5.2 hold"),
        ("criteria 4.1-5.2", "criteria 4.1-5.3"),
        ("le critère 5.2", "le critère 5.3"),
        ("符合准则5.2的要求", "符合准则5.3的要求"),
        ("reductions (5.2)", "reductions (5.3)"),
        ("see Annex A", "see Annex B"),
        ("List:\n\nc) be public", "List:\n\nd) be public"),
        ("(b) one", "(c) one"),
        ("2. one", "3. one"),
    ],
)
def test_references_and_labels_that_moved_on_are_quiet(old: str, new: str) -> None:
    assert renumbered(diff(old, new, "en")[0], NUMBERS) == (("=", new),)
    assert only_renumbered(change(old, new), NUMBERS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("less than 5.2 tonnes", "less than 5.3 tonnes"),
        ("less than 5.2 t", "less than 5.3 t"),
        ("criterion 5.2", "criterion 5.4"),
        ("criterion 1.1", "criterion 1.2"),
        ("criteria 4.1-5.2", "criteria 4.2-5.3"),
        ("A plan", "The plan"),
    ],
)
def test_a_figure_that_is_no_reference_is_never_quiet(old: str, new: str) -> None:
    spans = diff(old, new, "en")[0]
    assert renumbered(spans, NUMBERS) == spans
    assert not only_renumbered(change(old, new), NUMBERS)


def test_an_unchanged_clause_is_neither() -> None:
    assert not only_typographic(change("same", "same"))
    assert not only_renumbered(change("same", "same"), NUMBERS)


def test_renumberings_are_read_from_links() -> None:
    links = [
        Link(("renumbered",), ("5.2",), ("5.3",), 1.0, "content"),
        Link(("modified",), ("1",), ("1",), 1.0, "content"),
        Link(("split",), ("2",), ("2", "3"), 1.0, "split"),
        Link(("added",), (), ("4",), 1.0, "none"),
    ]
    assert renumberings(links) == {"5.2": frozenset({"5.3"}), "2": frozenset({"3"})}


PIECES = st.lists(
    st.sampled_from(["shall", " ", "\u00a0", "\u3000", "“", '"', "«", "»", "'", "’", "。", ".", "铝", "A", "5.2", "5.3", "criterion ", "\n", "a) ", "e\u0301", "é", ":"]),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES, PIECES, st.sampled_from(["en", "fr", "zh"]))
@examples(200)
def test_the_new_text_stays_and_the_old_one_but_for_typography(old: str, new: str, language: str) -> None:
    spans = typographic(diff(old, new, language)[0])
    assert "".join(text for mark, text in spans if mark != "-") == new
    assert "".join(folded("".join(text for mark, text in spans if mark != "+")).split()) == "".join(folded(old).split())
    moved = renumbered(diff(old, new, language)[0], NUMBERS)
    assert "".join(text for mark, text in moved if mark != "-") == new
