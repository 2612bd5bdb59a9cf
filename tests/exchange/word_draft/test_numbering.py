"""Automatic numbers stand in the draft exactly as Word shows them."""

import pytest
from lxml import etree

from consult.exchange.word_draft.formats import han_value, written
from consult.exchange.word_draft.numbering import Numbering
from consult.exchange.word_draft.styles import Styles
from tests.support.office_files import NAMESPACES
from tests.support.word import STYLES, clauses, h, level, lists, p, read, style, text

OUTLINE = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%3)")


def parsed(inner: str, name: str) -> etree._Element:
    return etree.fromstring(f"<w:{name} {NAMESPACES}>{inner}</w:{name}>")


def labels(definitions: dict[int, str], numbers: dict[int, int | str], *paragraphs: tuple[int, int], styles: str = "") -> list[str]:
    """The labels of a row of (list, level)."""
    numbering = Numbering(parsed(lists(definitions, numbers), "numbering"), Styles(parsed(STYLES + styles, "styles")))
    found = []
    for listed, at in paragraphs:
        properties = parsed(f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{listed}"/></w:numPr>', "pPr")
        number = numbering.next(properties, "")
        found.append(number.label if number else "-")
    return found


@pytest.mark.parametrize(
    ("form", "values", "expected"),
    [
        ("decimal", (1, 10), "1 10"),
        ("decimalZero", (3, 12), "03 12"),
        ("lowerLetter", (1, 26, 27, 53), "a z aa aaa"),
        ("upperLetter", (2, 28), "B BB"),
        ("lowerRoman", (4, 9, 14, 40), "iv ix xiv xl"),
        ("upperRoman", (1999,), "MCMXCIX"),
        ("chineseCounting", (1, 10, 11, 20, 21, 99), "一 十 十一 二十 二十一 九十九"),
        ("chineseCountingThousand", (10, 100, 103, 110, 1023), "十 一百 一百〇三 一百一十 一千〇二十三"),
        ("ideographDigital", (1, 10, 12), "一 一〇 一二"),
        ("ideographTraditional", (1, 10), "甲 癸"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("chineseLegalSimplified", (3, 12), "叁 壹拾贰"),
        ("decimalEnclosedCircle", (1, 20), "① ⑳"),
        ("decimalFullWidth", (15,), "１５"),
        ("ordinal", (1, 2, 3, 4, 11, 22), "1st 2nd 3rd 4th 11th 22nd"),
        ("numberInDash", (3,), "- 3 -"),
        ("none", (3,), ""),
    ],
)
def test_formats_are_written_as_word_writes_them(form: str, values: tuple[int, ...], expected: str) -> None:
    assert " ".join(str(written(value, form)) for value in values) == expected


def test_custom_formats_and_unknown_ones() -> None:
    assert written(7, "custom", "001, 002, 003, ...") == "007"
    assert written(7, "klingonCounting") is None


@pytest.mark.parametrize(
    ("numeral", "value"), [("五", 5), ("十二", 12), ("二十", 20), ("一百〇三", 103), ("二〇", 20), ("五吨", None), ("", None)]
)
def test_han_numerals_are_read(numeral: str, value: int | None) -> None:
    assert han_value(numeral) == value


def test_levels_count_under_their_parents() -> None:
    rows = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 1), (1, 0), (1, 1), (1, 2)]
    assert labels({0: OUTLINE}, {1: 0}, *rows) == ["1", "1.1", "1.2", "a)", "b)", "1.3", "2", "2.1", "a)"]


def test_a_level_before_its_parent_shows_the_parents_start() -> None:
    assert labels({0: OUTLINE}, {1: 0}, (1, 1), (1, 1), (1, 0), (1, 1)) == ["1.1", "1.2", "1", "1.1"]


def test_lists_of_one_definition_go_on_counting_unless_they_start_anew() -> None:
    restart = '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    assert labels({0: OUTLINE}, {1: 0, 2: 0, 3: restart}, (1, 0), (2, 0), (3, 0), (3, 0), (3, 1), (1, 0)) == [
        "1",
        "2",
        "5",
        "6",
        "6.1",
        "7",
    ]


def test_a_list_may_replace_a_level() -> None:
    other = f'<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "(%1)")}</w:lvlOverride>'
    assert labels({0: OUTLINE}, {1: 0, 2: other}, (1, 0), (2, 0)) == ["1", "(B)"]


def test_levels_restart_as_they_say() -> None:
    never = level(0, "decimal", "%1") + level(1, "decimal", "%2", more='<w:lvlRestart w:val="0"/>')
    assert labels({0: never}, {1: 0}, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1", "1", "2", "2"]
    after_first = level(0, "decimal", "%1") + level(1, "decimal", "%2") + level(2, "decimal", "%3", more='<w:lvlRestart w:val="1"/>')
    assert labels({0: after_first}, {1: 0}, (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)) == ["1", "1", "1", "2", "2", "2", "1"]


def test_legal_levels_show_figures_whatever_the_levels_above_are() -> None:
    legal = level(0, "upperRoman", "Article %1.") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    assert labels({0: legal}, {1: 0}, (1, 0), (1, 1), (1, 0), (1, 1)) == ["Article I.", "1.1", "Article II.", "2.1"]


def test_a_definition_may_be_that_of_a_numbering_style() -> None:
    linked = style("Legal", "Legal", kind="numbering", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
    definitions = {0: f'<w:styleLink w:val="Legal"/>{OUTLINE}', 1: '<w:numStyleLink w:val="Legal"/>'}
    assert labels(definitions, {1: 0, 2: 1}, (2, 0), (2, 1), (1, 0), styles=linked) == ["1", "1.1", "2"]


def test_rings_of_styles_and_lists_that_are_not_there_end() -> None:
    ring = style("Ring", "Ring", based="Ring2", kind="numbering", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
    ring += style("Ring2", "Ring2", based="Ring")
    assert labels({0: '<w:numStyleLink w:val="Ring"/>'}, {1: 0}, (1, 0), (9, 0), (0, 0), styles=ring) == ["-", "-", "-"]


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    assert labels({0: level(0, "bullet", "\uf0b7") + level(1, "bullet", "")}, {1: 0}, (1, 0), (1, 1)) == ["•", ""]


def test_headings_are_numbered_by_their_styles_and_those_they_are_based_on() -> None:
    linked = [f'<w:pStyle w:val="Heading{n + 1}"/>' for n in range(3)]
    shapes = ("%1", "%1.%2", "%1.%2.%3")
    outline = "".join(level(n, "decimal", shapes[n], more=linked[n]) for n in range(3))
    heading = '<w:outlineLvl w:val="{}"/><w:numPr>{}<w:numId w:val="1"/></w:numPr>'
    styles = style("Heading1", "heading 1", paragraph=heading.format(0, ""))
    styles += style("Heading2", "heading 2", based="Heading1", paragraph='<w:outlineLvl w:val="1"/>')
    styles += style("Heading3", "heading 3", paragraph=heading.format(2, '<w:ilvl w:val="2"/>'))
    found = read(
        h(1, "Aims") + h(2, "First") + p("It shall.") + h(2, "Second") + h(3, "Deep") + p("It may.") + h(1, "Other"),
        styles=styles, numbering=lists({0: outline}, {1: 0}),
    )  # fmt: skip
    assert clauses(found) == [
        ("1", "Aims", ""),
        ("1.1", "First", "It shall."),
        ("1.2", "Second", ""),
        ("1.2.1", "Deep", "It may."),
        ("2", "Other", ""),
    ]


def test_a_paragraph_may_put_its_number_away() -> None:
    numbered = style("Numbered", "Numbered", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = h(1, "1 A") + p("x", style="Numbered") + p("y", style="Numbered", num=(0, 0)) + p("z", style="Numbered")
    found = read(body, styles=numbered, numbering=lists({0: level(0, "lowerLetter", "%1)")}, {1: 0}))
    assert text(found) == "# 1 A\n\na) x\n\ny\n\nb) z\n"


def test_an_unknown_format_is_told_and_counted_in_figures() -> None:
    found = read(h(1, "1 A") + p("x", num=(1, 0)) + p("y", num=(1, 0)), numbering=lists({0: level(0, "klingonCounting", "%1)")}, {1: 0}))
    assert text(found) == "# 1 A\n\n1) x\n2) y\n"
    assert [(problem.code, problem.where, problem.params) for problem in found.problems] == [
        ("word_number_form", {"paragraph": 2}, {"form": "klingonCounting", "words": "1) x"})
    ]
