"""Changes as JSON, text and one page of HTML."""

import json
from dataclasses import replace

from consult.core.align import Alignment, Candidate, Contradiction, Possible, Shortlists
from consult.core.change import Change, Link
from consult.core.clause import Draft
from consult.core.compare import ENGINE, Comparison
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
MEANING = {
    "labels": ["clarified"],
    "signs": [
        {"kind": "wording", "direction": "none", "language": "zh", "old": "shall", "new": "should", "where": ""},
        {"kind": "wording", "direction": "none", "language": "zh", "old": "A & B", "new": "A & C", "where": ""},
    ],
}
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


def compared(*changes: Change, **more: object) -> Comparison:
    links = tuple(change.link for change in changes)
    found = Alignment(links, Shortlists({"1": (Candidate("2", 0.6),), "3": (Candidate("3", 1.0),)}, {}), (), (), 0.5, 0.9)
    return Comparison(changes, replace(found, **more))


def test_json_names_versions_and_engine_and_keeps_characters() -> None:
    written = as_json(OLD, NEW, compared(SPLIT, SAME))
    assert json.loads(written) == {
        "old": "v1", "new": "v2", "engine": ENGINE, "changes": [{**record(SPLIT), "meaning": MEANING}, record(SAME)], "trust_in_numbers": 0.5, "expected_f1": 0.9,
        "candidates": {"old": {"1": [["2", 0.6]]}, "new": {}}, "possible": [], "contradicted": [], "notices": [],
    }  # fmt: skip
    assert "\\u" not in as_json(OLD, NEW, compared(Change(SAME.link, (("=", "披露"),), ())))


def test_json_tells_what_a_person_should_look_at() -> None:
    possibles = (Possible("split", "1", "3", 0.3),)
    contradicted = (Contradiction("2", ("3",), "1", 0.91, 0.02), Contradiction("3", (), "3", 0.99, 0.0))
    found = json.loads(as_json(OLD, NEW, compared(SPLIT, SAME, possibles=possibles, contradicted=contradicted, expected=0.31)))
    assert found["possible"] == [{"kind": "split", "old": "1", "new": "3", "score": 0.3}]
    assert found["contradicted"][0] == {"new": "2", "recorded": ["3"], "old": "1", "score": 0.91, "recorded_score": 0.02}
    assert [notice["code"] for notice in found["notices"]] == ["hardly_related", "correspondence_contradicted", "addition_contradicted"]


def test_text_prints_labels_and_marks_and_leaves_out_what_stayed() -> None:
    assert as_text(OLD, NEW, [SPLIT, SAME]) == (
        "s v1 -> v2 (zh)\n\n1 -> Annex A + 2  split, renumbered  (unsure)\n    (suggested: clarified)\n    A & [-B-]{+C+}\n    It [-shall-]{+should+} report.\n    \n    - now\n"
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
