"""What is a clause number, and its form in addresses."""

import pytest

from consult.core.draft import address, annex_or_number


@pytest.mark.parametrize(
    ("heading", "label", "title", "number"),
    [
        ("5", "5", "", "5"),
        ("5 Greenhouse", "5", "Greenhouse", "5"),
        ("5. Greenhouse", "5", "Greenhouse", "5"),
        ("5.1 Disclosure of", "5.1", "Disclosure of", "5.1"),
        ("5.1.a x", "5.1.a", "x", "5.1.a"),
        ("5.1.ii x", "5.1.ii", "x", "5.1.ii"),
        ("5.1(a) x", "5.1(a)", "x", "5.1-a-"),
        ("AC-2.2 x", "AC-2.2", "x", "ac-2.2"),
        ("ID.AM-1 x", "ID.AM-1", "x", "id.am-1"),
        ("V1.2 x", "V1.2", "x", "v1.2"),
        ("o0001x x", "o0001x", "x", "o0001x"),
        ("ac-6.3", "ac-6.3", "", "ac-6.3"),
        ("A.5 x", "A.5", "x", "a.5"),
        ("Annex A", "Annex A", "", "annex-a"),
        ("Annexe B – Termes", "Annexe B", "Termes", "annex-b"),
        ("ANNEX C: Terms", "ANNEX C", "Terms", "annex-c"),
        ("５．１　总则", "５．１", "总则", "5.1"),
        ("Ａ．１（ａ） 总则", "Ａ．１（ａ）", "总则", "a.1-a-"),
        ("附录A 术语", "附录A", "术语", "annex-a"),
        ("附录 D（规范性）", "附录 D", "（规范性）", "annex-d"),
    ],
)
def test_headings_that_begin_with_a_number(heading, label, title, number):
    assert annex_or_number(heading) == (label, title)
    assert address(label) == number


@pytest.mark.parametrize(
    "heading",
    [
        "Environment",
        "",
        "COVID-19 measures",
        "CO2 emissions",
        "Annexes",
        "Annex",
        "Annex a list of",
        "10% rule",
        "5温室气体",
        "\\5 reasons",
        "ISO14001",
    ],
)
def test_headings_without_a_number_are_groups(heading):
    assert annex_or_number(heading) is None
