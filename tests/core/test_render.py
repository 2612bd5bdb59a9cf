"""Markdown to safe HTML and to plain text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.render import plain_text, render
from tests.support.examples import examples

LABEL = '<span class="label">{}</span> '


def item(label: str, text: str) -> str:
    return f"<li>{LABEL.format(label)}{text}</li>"


def test_lettered_items_keep_their_printed_label():
    page = '<p>It shall:</p><ol class="items">' + item("a)", "one;") + item("b)", "two.") + "</ol>"
    assert render("It shall:\na) one;\nb) two.") == page
    assert render("It shall:\n\na) one;\n\nb) two.") == page


@pytest.mark.parametrize("label", ["a)", "(a)", "a.", "1)", "1.", "(1)", "（1）", "i)", "A)", "12."])
def test_kinds_of_labels(label):
    assert render(f"{label} one") == '<ol class="items">' + item(label, "one") + "</ol>"


def test_items_nest_by_indentation_and_come_back():
    page = render("a) one:\n   1) x;\n   2) y;\nb) two")
    inner = '<ol class="items">' + item("1)", "x;") + item("2)", "y;") + "</ol>"
    assert page == f'<ol class="items"><li>{LABEL.format("a)")}one:{inner}</li>' + item("b)", "two") + "</ol>"


def test_items_nest_by_style_without_indentation():
    assert render("a. one\n1. x\n2. y\nb. two") == render("a. one\n  1. x\n  2. y\nb. two")


def test_roman_and_letter_i_are_told_apart_by_their_row():
    letters = render("\n".join(f"{letter}) x" for letter in "abcdefghij"))
    assert letters.count("<ol") == 1
    assert render("a) x\ni) y\nii) z\nb) w").count("<ol") == 2


def test_a_line_in_prose_is_no_item_and_a_wrapped_line_belongs_to_its_item():
    assert render("as said on page\n12. Then more") == "<p>as said on page 12. Then more</p>"
    assert render("a) one\ngoes on\n\n   and on") == '<ol class="items"><li>' + LABEL.format("a)") + "one goes on<p>and on</p></li></ol>"


def test_bullets_notes_quotes_rules_and_flattened_headings():
    assert render("- one\n- two") == "<ul><li>one</li><li>two</li></ul>"
    assert render("> one\n> two") == "<blockquote><p>one two</p></blockquote>"
    assert render("# Big\nx\n***") == '<p class="heading"><strong>Big</strong></p><p>x</p><hr>'
    for note in ("Note: x", "Note : x", "Note 1: x", "注：文", "**Note:** x"):
        assert render(f"a) y\n{note}").count('<p class="note">') == 1


def test_tables_with_escaped_pipes_and_extra_cells():
    assert render("| a | b |\n|---|:-:|\n| 1 \\| 2 | |\n| x | y | z |\n\nend") == (
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>1 | 2</td><td></td></tr>'
        "<tr><td>x</td><td>y</td><td>z</td></tr></tbody></table><p>end</p>"
    )


def test_inline_marks_links_and_line_breaks():
    assert render("*a* **b** `c` \\*d\\* &amp; e  \nf") == "<p><em>a</em> <strong>b</strong> <code>c</code> *d* &amp; e<br>\nf</p>"
    assert 'href="https://a.example/x"' in render("[x](https://a.example/x)")
    assert 'href="https://a.example/x"' in render("see https://a.example/x.")
    assert render("实体\n应披露") == "<p>实体应披露</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://evil.example/pixel.png)",
        "![x](javascript:alert(1))",
        "<a href='javascript:x'>y</a>",
        "[x](//evil.example)",
        '[x](https://a.example/" onmouseover="x)',
        "<https://a.example/<script>>",
        "```\n<script>x</script>\n```",
        "| <script> |\n|---|\n| <iframe> |",
        "<svg/onload=alert(1)>",
        "`<b onclick=x>`",
        "<!-- x --><style>*{}</style>",
    ],
)
def test_nothing_hostile_becomes_markup(hostile):
    page = render(hostile)
    tags = re.findall(r"<[^>]*>", page)
    assert not [tag for tag in tags if re.match(r"</?(script|img|iframe|svg|style|b\b)", tag)]
    assert not [tag for tag in tags if re.search(r"\son\w+=|javascript:|data:|vbscript:", tag)]
    assert all(re.match(r"(https?://a\.example|$)", href) for href in re.findall(r'href="([^"]*)"', page))


@pytest.mark.parametrize(
    "deep", [">" * 5000 + " x", "\n".join(" " * n + "- x" for n in range(1000)), "*" * 5000 + "x", "[" * 5000, "a) " * 3000]
)
def test_depth_costs_no_text_and_no_time(deep):
    page = render(deep)
    assert "x" in page or "x" not in deep
    assert page.count("<blockquote>") <= 4


@given(st.text("ab1 \n\t)(.-*_`#>|[]!<&;:\\~注：", max_size=120))
@examples(300)
def test_every_letter_survives_and_plain_text_agrees(text):
    def letters(words: str) -> str:
        return re.sub(r"[^ab]", "", re.sub(r"\s", "", words))

    page = re.sub(r"<[^>]*>", "", render(text))
    assert letters(page.replace("&amp;", "")) == letters(plain_text(text))
    if "](" not in text and "`" not in text and "~" not in text and "&" not in text and "<" not in text:
        assert letters(plain_text(text)) == letters(text)


def test_plain_text_is_what_a_reader_sees():
    source = "It **shall**:\n\na) one;\n   1) two.\n\nNote: x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- dot"
    assert plain_text(source) == "It shall:\na) one;\n1) two.\nNote: x\na | b\n1 | 2\ndot"


def test_a_large_text_is_drawn_in_time():
    assert render("word **bold** and [x](https://a.example) \n" * 2000).count("<strong>") == 2000
