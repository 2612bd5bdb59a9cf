"""What goes out compressed and what does not, and how much a page weighs with all it loads."""

import gzip
import re

import pytest

from tests.support.demo import CONSULTATION, ROUND_2
from tests.support.demo_pages import CLAUSES

GZIP = {"Accept-Encoding": "gzip, br"}
CLAUSE = f"/en/{CLAUSES}/5.2"


def weight(browser, address):
    """Bytes of a page with its style sheets, signs, scripts and what these import, as they travel."""
    page = browser.get(address, headers=GZIP)
    assert page.status_code == 200, address
    text = gzip.decompress(page.data).decode() if page.headers.get("Content-Encoding") == "gzip" else page.text
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', text))
    modules = {name for names in re.findall(r'data-module="([^"]+)"', text) for name in names.split()}
    folder = next(each for each in loaded if each.endswith("/js/start.js")).rpartition("/")[0]
    scripts = [f"{folder}/{name}.js" for name in modules]
    while scripts:
        loaded.add(script := scripts.pop())
        further = re.findall(r'(?:from|import)\s*\(?"\./([^"]+)"', browser.get(script).text)
        scripts += [each for name in further if (each := f"{folder}/{name}") not in loaded]
    return len(page.data) + sum(len(browser.get(each, headers=GZIP).data) for each in loaded)


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_overview_clause_and_form_weigh_at_most_60_kilobytes(demo_reader, as_who, language):
    browser = as_who(demo_reader, checked=False)
    pages = (f"consultations/{CONSULTATION}/", f"{CLAUSES}/5.2", f"{CLAUSES}/5.2/comment", f"{CLAUSES}/5.3/comment")
    found = {page: weight(browser, f"/{language}/{page}") for page in pages}
    assert {page: size for page, size in found.items() if size > 60_000} == {}


def test_a_public_page_is_the_same_compressed_and_plain_and_confirmed_in_either_form(demo_reader, as_who):
    browser = as_who(demo_reader, checked=False)
    plain, packed = browser.get(CLAUSE), browser.get(CLAUSE, headers=GZIP)
    assert gzip.decompress(packed.data) == plain.data
    assert (packed.headers["Content-Encoding"], packed.headers["Content-Length"]) == ("gzip", str(len(packed.data)))
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] == packed.headers["ETag"]
    assert packed.headers["ETag"].startswith("W/")
    again = browser.get(CLAUSE, headers=GZIP | {"If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"], again.headers["Vary"]) == (
        304,
        b"",
        packed.headers["ETag"],
        "Accept-Encoding",
    )
    assert "Content-Encoding" not in again.headers


def test_styles_scripts_and_signs_are_compressed_and_confirmed(demo_reader, as_who):
    from consult.web.rendering import static_digest

    browser = as_who(demo_reader, checked=False)
    for name in ("consult.css", "js/keys.js", "signs.svg"):
        address = f"/static/{static_digest()}/{name}"
        plain, packed = browser.get(address), browser.get(address, headers=GZIP)
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["Content-Encoding"] == "gzip"
        assert browser.get(address, headers=GZIP | {"If-None-Match": packed.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("page", [f"/en/{CLAUSES}/5.2/comment", "/en/sign-in", "/en/nothing"])
def test_a_page_with_a_secret_is_never_compressed(demo_reader, as_who, page):
    """Somebody's page, what somebody else may have written into, and the answer to what was sent."""
    browser = as_who(demo_reader, checked=False)
    sent_there = browser.get(f"{page}?words=guessed", headers=GZIP)
    sent = browser.post(page, headers=GZIP | {"Sec-Fetch-Site": "same-origin"}, data={"text": "guessed"})
    browser.set_cookie("basket", "somebody")
    with_cookie = browser.get(page, headers=GZIP)
    for answer in (with_cookie, sent_there, sent):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Encoding" not in answer.headers


def test_a_form_of_nobody_yet_is_compressed_and_its_field_is_another_one_each_time(demo_reader, as_who):
    browser = as_who(demo_reader, checked=False)
    answers = [browser.get(f"/en/{CLAUSES}/5.2/comment", headers=GZIP) for _ in range(2)]
    assert [(each.headers["Cache-Control"], each.headers["Content-Encoding"]) for each in answers] == [("no-store", "gzip")] * 2
    fields = {re.findall(r'name="signed" value="([^"]+)"', gzip.decompress(each.data).decode())[0] for each in answers}
    assert len(fields) == 2


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity", "br", ""])
def test_who_does_not_take_gzip_gets_the_plain_page(demo_reader, as_who, accepted):
    answer = as_who(demo_reader, checked=False).get(CLAUSE, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"<!doctype html>")


def test_records_are_compressed_and_finished_files_are_not(demo_reader, as_who):
    browser = as_who(demo_reader, checked=False)
    record, book = (browser.get(f"/en/{ROUND_2}/comments.{ending}", headers=GZIP) for ending in ("json", "xlsx"))
    assert record.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(record.data).startswith(b"{")
    assert "Content-Encoding" not in book.headers
    assert not book.headers["ETag"].startswith("W/")
