"""Changes as JSON, text and one page of HTML."""

import json

from consult.core.change import Change, Link
from consult.core.clause import Draft
from consult.core.draft import read_draft
from consult.exchange.change_list import as_html, as_json, as_text, record
from consult.wording.redline import redline_words
from tests.support.html import Page

FRONT = "---\nstandard: s\nversion: {}\nlanguage: zh\ntitle: 标准 <b>\n---\n"
SPLIT = Change(
    Link(("split", "renumbered"), ("1",), ("annex-a", "2"), 0.71236, "split", unsure=True),
    (("=", "A & "), ("-", "B"), ("+", "C")),
    (("=", "It "), ("-", "shall"), ("+", "should"), ("=", " report.\n\n- now")),
)
SAME = Change(Link(("unchanged",), ("3",), ("3",), 1.0, "identical"), (), (("=", "x"),))


def draft(version: str, body: str) -> Draft:
    found, _ = read_draft(FRONT.format(version) + body)
    assert found
    return found


OLD, NEW = draft("v1", "# 1 A & B\n\nx\n\n# 3\n\nx\n"), draft("v2", "# Annex A C\n\nx\n\n# 2\n\nx\n\n# 3\n\nx\n")


def test_a_record_holds_what_others_rely_on_and_no_more() -> None:
    assert record(SPLIT) == {
        "kinds": ["split", "renumbered"],
        "old": ["1"],
        "new": ["annex-a", "2"],
        "score": 0.7124,
        "unsure": True,
        "title": [["=", "A & "], ["-", "B"], ["+", "C"]],
        "text": [["=", "It "], ["-", "shall"], ["+", "should"], ["=", " report.\n\n- now"]],
    }
    bounded = Change(SPLIT.link, SPLIT.title, SPLIT.text, bounded=True)
    assert record(bounded) == {**record(SPLIT), "bounded": True}


def test_json_names_versions_and_engine_and_keeps_characters() -> None:
    written = as_json(OLD, NEW, [SPLIT, SAME], 7)
    assert json.loads(written) == {"old": "v1", "new": "v2", "engine": 7, "changes": [record(SPLIT), record(SAME)]}
    assert "\\u" not in as_json(OLD, NEW, [Change(SAME.link, (("=", "披露"),), ())], 7)


def test_text_prints_labels_and_marks_and_leaves_out_what_stayed() -> None:
    assert as_text(OLD, NEW, [SPLIT, SAME]) == (
        "s v1 -> v2 (zh)\n\n1 -> Annex A + 2  split, renumbered  (unsure)\n    A & [-B-]{+C+}\n    It [-shall-]{+should+} report.\n    \n    - now\n"
        "\n1 changed, 1 unchanged"
    )


def test_an_empty_side_is_a_dash() -> None:
    added = Change(Link(("added",), (), ("2",), 1.0, "none"), (("+", "T"),), (("+", "x"),))
    removed = Change(Link(("removed",), ("1",), (), 1.0, "none"), (("-", "T"),), (("-", "x"),))
    assert [line for line in as_text(OLD, NEW, [added, removed]).split("\n") if "->" in line][1:] == ["— -> 2  added", "1 -> —  removed"]


def test_html_is_a_whole_page_in_the_drafts_language() -> None:
    whole = Page(as_html(OLD, NEW, [SPLIT, SAME], redline_words(str)))
    page = whole.root
    assert whole.faults == []
    assert page.find("html")[0].attributes["lang"] == "zh-Hans"
    assert [each.text for each in page.find("h1")] == ["标准 <b>: v1 -> v2"]
    assert [(each.text, each.attributes["lang"]) for each in page.find("h2")] == [("1 -> Annex A + 2 split, renumbered (unsure)", "en")]
    assert "1 changed, 1 unchanged" in page.text
    assert not list(page.find("script"))


def test_words_for_screen_readers_do_not_show_in_the_page() -> None:
    written = as_html(OLD, NEW, [SPLIT], redline_words(str))
    assert '<span class="unseen">removed: </span>' in written
    assert ".unseen{position:absolute" in written
