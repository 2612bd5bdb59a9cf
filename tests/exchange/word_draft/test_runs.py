"""What stands in a paragraph arrives as its reader sees it; what is hidden, struck, computed or unknown is told."""

import pytest

from consult.core.render import plain_text, render
from consult.exchange.word_draft import WordDraft, read_word_draft
from tests.support.office_files import word_parts, zipped
from tests.support.word import META, STYLES, clauses, codes, h, p, r, read, style, table, text

HEAD = h(1, "1 A")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
BREAK = "<w:r><w:br/></w:r>"


def body_of(found: WordDraft) -> str:
    return clauses(found)[0][2]


def told(found: WordDraft) -> list[tuple[str, dict[str, str | int]]]:
    return [(each.code, each.params) for each in found.problems if each.code.startswith("word_")]


def field(code: str, result: str | None) -> str:
    begin, between, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return (
        f'{begin}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>' + ("" if result is None else between + result) + end
    )


def test_raised_and_lowered_characters_hyphens_spaces_and_symbols() -> None:
    soft = "<w:r><w:t>meth</w:t><w:softHyphen/><w:t>ane\u00ad</w:t><w:noBreakHyphen/><w:t>free</w:t><w:tab/><w:t>10\u00a0km</w:t></w:r>"
    symbols = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> </w:t></w:r>'
    content = [
        r("CO"),
        r("2", vertAlign="subscript"),
        r(", m"),
        r("3", vertAlign="superscript"),
        r(", 1"),
        r("er", vertAlign="superscript"),
        r(" "),
    ]
    found = read(HEAD + p(*content, soft, r(" "), symbols))
    assert body_of(found) == "CO₂, m³, 1er methane\u2011free 10\u00a0km ≥✓"
    assert told(found) == []


def test_what_cannot_be_raised_and_unknown_symbols_are_told() -> None:
    odd = '<w:r><w:sym w:font="Webdings" w:char="F0A1"/></w:r>'
    private = "<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf061\uf0ff</w:t></w:r>"
    found = read(HEAD + p("k", r("max", vertAlign="subscript"), odd, private, "\u0096"))
    assert body_of(found) == "kmax\ufffdα\ufffd–"
    assert told(found) == [
        ("word_raised", {"words": "max"}), ("word_symbol", {"font": "Webdings", "character": "F0A1"}),
        ("word_symbol", {"font": "Symbol", "character": "F0FF"}),
    ]  # fmt: skip


def test_characters_that_are_marks_in_markdown_are_shown_as_typed() -> None:
    typed = "*a* _b_ `c` [d](e) <b>f</b> &amp; ~~g~~ \\* a_b # x | y"
    for words in (typed, "# not a heading", "> not a quotation", "--- ", "---", "=====", "```", "|a|", "![x](y)", "~~~ code"):
        found = read(HEAD + p(words) + p("after"))
        assert plain_text(body_of(found)) == f"{words.strip()}\nafter"
        assert "<em>" not in render(body_of(found))


def test_emphasis_is_kept_where_markdown_can_say_it() -> None:
    def one(*content: str) -> str:
        return body_of(read(HEAD + p(*content)))

    assert one("The ", r("Entity", "b"), " shall ", r("not ", "i"), r("do", "b", "i")) == "The **Entity** shall *not* ***do***"
    assert one(r("All bold.", "b")) == "All bold."
    assert one("应", r("“披露”", "b"), "排放") == "应“披露”排放"
    assert one("a", r("b", "b"), r("c", "i")) == "a**b**c"
    assert one(r("The ", "b"), r("Entity", "b"), " shall") == "**The Entity** shall"


def test_breaks_stay_breaks() -> None:
    assert render(body_of(read(HEAD + p("one", BREAK, "two", BREAK, "# three")))).count("<br>") == 2


def test_links_lead_outside_only() -> None:
    related = '<Relationship Id="a" Type="x/hyperlink" Target="https://example.org/a b(c)" TargetMode="External"/><Relationship Id="j" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    link = '<w:hyperlink r:id="{}">{}</w:hyperlink>'
    content = (
        link.format("a", r("here")),
        ", ",
        link.format("j", r("not")),
        ", ",
        '<w:hyperlink w:anchor="x">' + r("inside") + "</w:hyperlink>",
        ", ",
    )
    found = read(HEAD + p(*content, field('HYPERLINK "https://example.org/"', r("there"))), relationships=related)
    assert body_of(found) == "[here](https://example.org/a%20b%28c%29), not, inside, [there](https://example.org/)"


def test_fields_show_their_results_and_contents_are_left_out() -> None:
    caption = p("Table ", field("SEQ Table \\* ARABIC", r("3")), ": Limits", style="Caption")
    contents = p(field('TOC \\o "1-3"', r("1 A ..... 2")))
    nested = p(
        "See ",
        field("REF x \\h", r("clause ") + field("PAGEREF y", r("7"))),
        ".",
        '<w:fldSimple w:instr=" REF z ">' + r(" And z.") + "</w:fldSimple>",
    )
    found = read(contents + HEAD + caption + nested + p("x", field("LISTNUM", None), field("XE entry", None)))
    assert body_of(found) == "Table 3: Limits\n\nSee clause 7. And z.\n\nx"
    assert told(found) == [("word_contents", {"count": 1}), ("word_field", {"name": "LISTNUM"})]


def test_a_table_of_contents_may_run_over_many_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    found = read(p(begin, "1 A ..... 2") + p("2 B ..... 3") + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + HEAD + p("x"))
    assert text(found) == "# 1 A\n\nx\n"


def test_a_field_that_never_ends_swallows_nothing() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert body_of(read(HEAD + p("x", broken, "y") + p('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "z"))) == "xy\n\nz"


def test_hidden_and_struck_text_and_unfilled_fields_are_told_with_their_words() -> None:
    styles = style("Secret", "Secret", run="<w:vanish/>", kind="character")
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("Click here.") + "</w:sdtContent></w:sdt>"
    filled = "<w:sdt><w:sdtPr/><w:sdtContent>" + r("Filled.") + "</w:sdtContent></w:sdt>"
    found = read(
        HEAD + p("a", r("b", "vanish"), r("c", rStyle="Secret"), r("d", "strike"), prompt, filled) + p(r("all", "vanish")), styles=styles
    )
    assert body_of(found) == "adFilled."
    assert told(found) == [
        ("word_placeholder", {"words": "Click here."}), ("word_struck", {"words": "d"}), ("word_hidden", {"words": "bc"}),
        ("word_hidden", {"words": "all"}),
    ]  # fmt: skip


def test_notes_stand_at_the_end_of_their_clause_counted_anew_in_each() -> None:
    notes = "".join(f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>", r(f" Note {n}."))}</w:footnote>' for n in range(1, 4))
    end = f'<w:endnote w:id="1">{p("An endnote.")}{p("Its second paragraph.")}</w:endnote>'
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        HEAD + p("one", mark.format(1), " two m", r("2", vertAlign="superscript"), mark.format(2)) + p("last", '<w:r><w:endnoteReference w:id="1"/></w:r>')
        + h(1, "2 B") + table(("x", "y"), (p("in a cell", mark.format(3)), "z")) + p("gone", mark.format(9))
    )  # fmt: skip
    found = read(body, footnotes=notes, endnotes=end)
    assert [each[2] for each in clauses(found)] == [
        "one¹ two m²\u202f²\n\nlast³\n\n¹ Note 1.\n\n² Note 2.\n\n³ An endnote.\\\nIts second paragraph.",
        "| x | y |\n|---|---|\n| in a cell¹ | z |\n\ngone\n\n¹ Note 3.",
    ]
    assert codes(found) == ["word_note_gone"]


def test_wrappers_are_seen_through_and_comments_counted() -> None:
    inner = "".join(
        f"<w:{name}>{r(name[0])}</w:{name}>" for name in ("smartTag", "customXml", "dir", "bdo")
    ) + '<w:commentRangeStart w:id="0"/><w:r><w:ruby><w:rt>' + r("hàn") + "</w:rt><w:rubyBase>" + r("汉") + "</w:rubyBase></w:ruby></w:r>"  # fmt: skip
    block = "<w:sdt><w:sdtContent>" + p("In a control.") + "</w:sdtContent></w:sdt>"
    found = read(HEAD + p(inner) + block, comments='<w:comment w:id="0">' + p("Psst.") + "</w:comment>")
    assert body_of(found) == "scdb汉(hàn)\n\nIn a control."
    assert told(found) == [("word_comments", {"count": 1})]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    shape = "<w:txbxContent>" + p("In the box.") + "</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr/><wps:wsp><wps:txbx>" + shape
        + "</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>" + shape
        + "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip
    old = "<w:r><w:pict><v:shape><v:textbox>" + shape.replace("the", "an old") + "</v:textbox></v:shape></w:pict></w:r>"
    found = read(HEAD + p("Before.", both) + p(old))
    assert body_of(found) == "Before.\n\nIn the box.\n\nIn an old box."
    assert [code for code, _ in told(found)] == ["word_text_box", "word_text_box"]


def pictured(*drawings: str, related: str = "") -> WordDraft:
    relation = '<Relationship Id="p1" Type="x/image" Target="media/image1.png"/><Relationship Id="p2" Type="x/image" Target="/word/media/image2.emf"/>'
    relation += '<Relationship Id="p3" Type="x/image" Target="https://example.org/x.png" TargetMode="External"/>' + related
    parts = word_parts(HEAD + "".join(p(each) for each in drawings), styles=STYLES, relationships=relation)
    data = zipped({**parts, "word/media/image1.png": PNG, "word/media/image2.emf": b"\x01\0\0\0"})
    return read_word_draft(data, meta=META)


def drawing(relation: str, more: str = "", how: str = "embed") -> str:
    blip = f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:inline><wp:docPr {more}/>{blip}</wp:inline></w:drawing></w:r>"


def test_pictures_keep_their_bytes_and_alternative_text() -> None:
    found = pictured(drawing("p1", 'descr="A  smelter [left]"'), drawing("p1"))
    (path,) = found.assets or ()
    assert (found.assets or {})[path] == PNG
    assert body_of(found) == f"![A smelter [left]]({path})\n\n![]({path})"
    assert path.startswith("assets/")
    assert path.endswith(".png")
    assert told(found) == [("word_picture_silent", {})]
    assert plain_text(body_of(found)).strip() == "A smelter [left]"


def test_pictures_that_cannot_be_shown_or_are_not_there_are_told() -> None:
    old = '<w:r><w:pict><v:shape alt="Old"><v:imagedata r:id="p1"/></v:shape></w:pict></w:r>'
    found = pictured(drawing("p2", 'descr="Curve"'), drawing("p3", 'descr="Far"', "link"), drawing("p9", 'descr="Lost"'), old)
    assert [code for code, _ in told(found)] == ["word_picture_format", "word_picture_elsewhere", "word_picture_gone"]
    assert sorted(path.rpartition(".")[2] for path in found.assets or ()) == ["emf", "png"]
    assert body_of(found).split("\n\n")[1:3] == ["Far", "Lost"]
    assert body_of(found).split("\n\n")[3].startswith("![Old](assets/")


def test_charts_and_diagrams_are_told() -> None:
    chart = '<w:r><w:drawing><wp:inline><wp:docPr descr="Emissions by year"/><a:graphic><a:graphicData><c:chart xmlns:c="c"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    found = pictured(chart)
    assert body_of(found) == "Emissions by year"
    assert told(found) == [("word_object", {"words": "Emissions by year"})]


@pytest.mark.parametrize(
    ("inner", "expected", "is_told"),
    [
        ("<m:r><m:t>E=m</m:t></m:r><m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "E=mc²", False),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2", True),
        ("<m:rad><m:deg/><m:e><m:r><m:t>xy</m:t></m:r></m:e></m:rad>", "√xy", True),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>', "∑\\_(i=1)ⁿ x", True),
        ("<m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>", "(x)", True),
    ],
)  # fmt: skip
def test_equations_are_lines_of_text(inner: str, expected: str, is_told: bool) -> None:
    found = read(HEAD + p("With ", f"<m:oMath>{inner}</m:oMath>", "."))
    assert body_of(found).replace("_(", "\\_(").replace("\\\\", "\\") == f"With {expected}."
    assert codes(found) == (["word_equation"] if is_told else [])


def test_embedded_files_are_told() -> None:
    assert codes(read(HEAD + p("x") + '<w:altChunk r:id="x"/>')) == ["word_embedded"]
