"""What is not there: said so in the reader's language, to visitors and staff alike, and nothing is written."""

import pytest

from tests.support.demo import CONSULTATION, ROUND_2, rows
from tests.support.demo_pages import CLAUSES, QUEUE
from tests.support.html import Page
from tests.support.languages import in_turn
from tests.support.pages import HTML_LANG, faults_of
from tests.web.test_routes import OWN

UNKNOWN = (
    "standards/no-such/", "standards/no-such/v2/", "standards/performance-standard/v9/", "standards/performance-standard/v9/5.2",
    "standards/performance-standard/v2/99.9", "standards/performance-standard/v9/changes", "standards/performance-standard/v3-draft-2/changes?from=v9",
    "consultations/no-such/", f"consultations/{CONSULTATION}/rounds/9/comments", f"consultations/{CONSULTATION}/rounds/0/comments",
    f"consultations/{CONSULTATION}/rounds/999999999999999999999999/comments", f"consultations/{CONSULTATION}/rounds/-1/comments",
    f"consultations/{CONSULTATION}/rounds/two/comments", "consultations/no-such/rounds/1/comments", f"{CLAUSES}/99.9", f"{CLAUSES}/99.9/comment",
    f"{ROUND_2}/clauses/no-such/5.2", f"{ROUND_2}/clauses/no-such/5.2/comment", f"{CLAUSES}/new?after=99.9", f"{ROUND_2}/documents/no-such/comment",
    f"{ROUND_2}/removed/performance-standard/v2/99.9", f"{ROUND_2}/removed/performance-standard/v9/7.3",
    f"{ROUND_2}/removed/performance-standard/v2/1.1/comment", f"{ROUND_2}/comments/PS3-2-9999", f"{ROUND_2}/comments/PS3-1-0001",
    "consultations/no-such/rounds/1/process/comment", f"consultations/{CONSULTATION}/rounds/999999999999999999999999/process/comment",
    f"{ROUND_2}/comments.txt", f"{ROUND_2}/comments.csv?clause=99.9", f"consultations/{CONSULTATION}/rounds/9/comments.csv", "nowhere", "nowhere/",
)  # fmt: skip


@pytest.mark.parametrize("language", in_turn("fr"))
def test_what_is_not_there_is_said_in_the_readers_language(demo_reader, as_who, language):
    visitor, before, wrong = as_who(demo_reader, checked=False), rows(demo_reader), {}
    for each in UNKNOWN:
        for method in ("GET", "POST"):
            answer = visitor.open(f"/{language}/{each}", method=method, headers=OWN)
            if method == "POST" and answer.status_code == 405:
                continue
            lang = [html.attributes["lang"] for html in Page(answer.text).root.find("html")]
            faults = [fault for fault in faults_of(answer.text, f"/{language}/") if "untranslated" not in fault]
            if (answer.status_code, lang, faults) != (404, [HTML_LANG[language]], []):
                wrong[f"{method} {each}"] = (answer.status_code, lang, faults)
    assert wrong == {}
    assert rows(demo_reader) == before


STAFF_UNKNOWN = (
    "moderation/no-such/", f"{QUEUE}/PS3-2-9999", f"{QUEUE}/%00", "committee/no-such/rounds/1/", f"committee/{CONSULTATION}/rounds/9/",
    f"committee/{CONSULTATION}/rounds/2/performance-standard/99.9", f"committee/{CONSULTATION}/rounds/2/no-such/5.2",
    f"committee/{CONSULTATION}/rounds/2/documents/no-such", f"committee/{CONSULTATION}/rounds/2/removed/performance-standard/v9/7.3",
    f"committee/{CONSULTATION}/rounds/9/comments.csv", f"committee/{CONSULTATION}/rounds/2/comments.exe",
    f"moderation/{CONSULTATION}/rounds/9/comments.csv",
)  # fmt: skip


def test_what_is_not_there_is_not_there_for_staff_either(demo_reader, as_who):
    staff = as_who(demo_reader, "secretariat", checked=False)
    assert {each: staff.get(f"/zh/{each}").status_code for each in STAFF_UNKNOWN} == dict.fromkeys(STAFF_UNKNOWN, 404)


@pytest.mark.parametrize(("accepted", "language"), [("fr-CA", "fr"), ("zh-TW", "zh"), ("de", "en"), ("", "en")])
def test_an_unknown_language_is_told_in_one_the_reader_accepts(demo_reader, as_who, accepted, language):
    for each in ("/de/", "/de/standards/performance-standard/v2/", "/EN/", "/en-GB/", "/xx/receipt"):
        answer = as_who(demo_reader, checked=False).get(each, headers={"Accept-Language": accepted})
        lang = [html.attributes["lang"] for html in Page(answer.text).root.find("html")]
        assert (each, answer.status_code, lang) == (each, 404, [HTML_LANG[language]])
