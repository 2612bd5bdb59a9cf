"""Every page of the demo, in every language and as everybody who may read it, keeps what all pages keep."""

import re

import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from tests.support.demo import COMING, CONSULTATION, NOW, ROUND_2, stop_clock
from tests.support.demo_pages import CLAUSES, EVERY, FORMS, PUBLIC, QUEUE, ROOM, DemoPage
from tests.support.html import Page
from tests.support.pages import HTML_LANG, faults_of, header_faults
from tests.support.untranslated import untranslated

LANGUAGES = ("en", "fr", "zh")
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def got(seeded, app, as_who, each, language="en"):
    return as_who(app, each.who, checked=False).get(f"/{language}/{each.address.format(**seeded.references)}")


def own(response, language):
    return [fault for fault in faults_of(response.text, f"/{language}/") if not fault.startswith("untranslated")]


TURNS = (("fr",), ("zh",), ("en", "fr"), ("zh",), ("fr",), ("en", "zh"))
"""In which languages make test reads the first page, the second and so on; make test-long reads each in all."""
READ = [
    *((page, TURNS[at % len(TURNS)]) for at, page in enumerate(EVERY)),
    *(pytest.param((page, LANGUAGES), marks=pytest.mark.long) for page in EVERY),
]


@pytest.fixture(scope="module", params=READ, ids=lambda each: f"{'+'.join(each[1])}:{each[0].who}:{each[0].address or 'home'}")
def answers(request, seeded, reading_app, as_who):
    """One page by language, read once for all tests of it."""
    page, languages = request.param
    with pytest.MonkeyPatch.context() as patch:
        stop_clock(patch, NOW)
        return {language: got(seeded, reading_app, as_who, page, language) for language in languages}


def test_a_page_is_sound(answers):
    assert {language: (answer.status_code, answer.mimetype) for language, answer in answers.items()} == dict.fromkeys(
        answers, (200, "text/html")
    )
    assert {language: [*own(answer, language), *header_faults(answer)] for language, answer in answers.items()} == {
        language: [] for language in answers
    }


def test_every_anchor_within_a_page_is_there(answers):
    root = Page(next(iter(answers.values())).text).root
    ids = {element.attributes["id"] for element in root.walk() if "id" in element.attributes}
    anchors = {link.attributes["href"][1:] for link in root.find("a") if link.attributes.get("href", "").startswith("#")}
    assert anchors - ids == set()


def test_no_english_sentence_stays_on_a_french_or_chinese_page(answers):
    english = said(answers["en"], "en") if "en" in answers else set()
    found = {}
    for language in answers.keys() - {"en"}:
        page = next(iter(Page(answers[language].text).root.find("html")))
        equal = {text for text in said(answers[language], language) & english if ENGLISH.search(text)}
        found[language] = sorted({*untranslated(page, HTML_LANG[language]), *equal})
    assert found == {language: [] for language in answers.keys() - {"en"}}


ENGLISH = re.compile(r"\b(the|of|and|to|is|are|this|by|in|on|for|with|not|was|here|your|all)\b", re.IGNORECASE)
"""Words that tell an English sentence from a name; "on" is French too, but not in an equal sentence."""


def said(response, language):
    """Texts in the page's own language, by element: what is marked as of another language, or as a name, is left out."""
    texts = set()

    def walk(element, inside):
        tongue = element.attributes.get("lang", inside)
        if tongue != HTML_LANG[language] or element.attributes.get("translate") == "no" or element.unsaid:
            return
        texts.update(" ".join(child.split()) for child in element.children if isinstance(child, str))
        texts.update(element.attributes.get(name, "") for name in ("alt", "title", "placeholder", "aria-label"))
        for child in element.children:
            if not isinstance(child, str):
                walk(child, tongue)

    walk(Page(response.text).root, HTML_LANG[language])
    return texts


def test_an_english_sentence_on_a_french_page_is_noticed(demo_reader, as_who, seeded, monkeypatch):
    def english():
        page = DemoPage(f"{ROUND_2}/comments")
        both = [said(got(seeded, demo_reader, as_who, page, language), language) for language in ("en", "fr")]
        return {text for text in both[0] & both[1] if ENGLISH.search(text)}

    before = english()
    monkeypatch.setitem(demo_reader.jinja_env.globals, "term", lambda kind, code: "In the words of the code")
    assert english() - before == {"In the words of the code"}


SWITCHED = [
    DemoPage(address)
    for address in (
        "", f"{ROUND_2}/comments?clause=performance-standard/5.2&written=zh", f"{CLAUSES}/5.3?view=side&from=v3-draft-1", f"{CLAUSES}/new?after=5.3",
        "standards/performance-standard/v3-draft-2/changes?from=v2&activities=mine,smelter", "receipt?reference=R-2222-2222",
    )
]  # fmt: skip


@pytest.mark.parametrize("each", SWITCHED, ids=lambda each: each.address or "home")
def test_the_language_switch_keeps_the_page_and_its_filters(demo_reader, as_who, seeded, each):
    for language in LANGUAGES:
        answer = got(seeded, demo_reader, as_who, each, language)
        switch = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in Page(answer.text).root.find("a")
            if "hreflang" in link.attributes and any(above.tag == "nav" for above in link.ancestors())
        }
        assert list(switch) == list(HTML_LANG.values())
        arrived = {tongue: as_who(demo_reader, checked=False).get(address) for tongue, address in switch.items()}
        assert {tongue: arrived[tongue].status_code for tongue in arrived} == dict.fromkeys(switch, 200)
        assert arrived[HTML_LANG[language]].request.full_path.rstrip("?") == switch[HTML_LANG[language]]
        paths = {re.sub(r"^/(en|fr|zh)/", "", answer.request.path) for answer in arrived.values()}
        asked = [sorted(answer.request.args.items(multi=True)) for answer in (answer, *arrived.values())]
        assert paths == {each.address.format(**seeded.references).partition("?")[0]}
        assert asked == [asked[0]] * 4


def linked(app, client, pages):
    """Every address that the pages lead to, by its endpoint."""
    adapter = app.url_map.bind("localhost")
    led = {}
    for page in pages:
        for link in Page(client.get(page).text).root.find("a", "link", "script", "img", "use"):
            address = (link.attributes.get("href") or link.attributes.get("src") or "").partition("#")[0]
            if address and not address.startswith("mailto:"):
                led.setdefault(adapter.match(address.partition("?")[0])[0], set()).add(address)
    return led


def lost(client, addresses):
    statuses = {address: client.get(address).status_code for address in addresses}
    return {address: status for address, status in statuses.items() if status not in (200, 302)}


LEADING = (
    "", "standards/", "standards/performance-standard/v3-draft-2/5.2", "standards/performance-standard/v3-draft-2/changes?principle=11",
    f"consultations/{CONSULTATION}/", f"{COMING}/clauses/chain-of-custody/5.2", f"{CLAUSES}/11.1", f"{ROUND_2}/removed/performance-standard/v2/7.3",
    f"{ROUND_2}/comments", f"{CLAUSES}/5.2/comment",
)  # fmt: skip


def test_links_of_public_pages_lead_to_a_page(demo_reader, as_who):
    visitor = as_who(demo_reader, checked=False)
    found = linked(demo_reader, visitor, [f"/fr/{each}" for each in LEADING])
    assert {"reading.clause", "reading.changes", "commenting.on_clause", "downloading.comments_csv", "static"} <= found.keys()
    assert lost(visitor, [address for addresses in found.values() for address in sorted(addresses)[:: max(1, len(addresses) // 3)]]) == {}


@pytest.mark.long
def test_every_link_of_every_public_page_leads_to_a_page(demo_reader, as_who, seeded):
    visitor = as_who(demo_reader, checked=False)
    pages = [f"/en/{each.address.format(**seeded.references)}" for each in (*PUBLIC, *FORMS)]
    assert lost(visitor, [address for addresses in linked(demo_reader, visitor, pages).values() for address in addresses]) == {}


CLEAR = {"tick": "PS3-2-0034", "to": "cleared"}


def of_status(status, app, client, chair, monkeypatch, tmp_path):
    """An answer of that status, and whether it is a page."""
    signed_in_get, forged = chair, {"Sec-Fetch-Site": "same-origin"}
    home = client.get("/en/")
    if status == 500:
        monkeypatch.setitem(app.view_functions, "reading.home", _failing(RuntimeError("a secret of ours"), app))
    if status == 503:
        monkeypatch.setitem(app.view_functions, "reading.home", _failing(OperationalError("select 1", {}, Exception("gone")), app))
    if status == 409:
        monkeypatch.setitem(app.view_functions, "reading.home", _failing(409, app))
    answers = {
        200: lambda: home,
        301: lambda: client.get("/en/standards/Performance-Standard/V2/"),
        302: lambda: client.get("/"),
        303: lambda: client.get("/en/moderation/"),
        304: lambda: client.get("/en/", headers={"If-None-Match": home.headers["ETag"]}),
        308: lambda: client.get("/en"),
        400: lambda: client.post("/en/sign-in", data={"mail": "a@b.example"}, headers=forged),
        401: lambda: client.post(f"/en/{QUEUE}/", data=CLEAR, headers=forged),
        403: lambda: signed_in_get.get(f"/en/{QUEUE}/"),
        404: lambda: client.get("/en/nowhere"),
        405: lambda: client.put("/en/"),
        409: lambda: client.get("/en/"),
        413: lambda: client.post("/en/sign-in", data={"mail": "a" * (6 * 2**20 + 1)}, headers=forged),
        422: lambda: client.post("/en/sign-in", data={"signed": hidden(client.get("/en/sign-in"))}, headers=forged),
        500: lambda: client.get("/en/"),
        503: lambda: client.get("/en/"),
    }
    return answers[status]()


def _failing(fault, app):
    def view(**values):
        if isinstance(fault, int):
            abort(fault)
        raise fault

    view.permission = "read"
    return view


def hidden(response, name="signed"):
    return next(each for each in Page(response.text).root.find("input") if each.attributes.get("name") == name).attributes["value"]


STATUSES = (200, 301, 302, 303, 304, 308, 400, 401, 403, 404, 405, 409, 413, 422, 500, 503)


@pytest.mark.parametrize("status", STATUSES)
def test_security_headers_stand_on_every_status(demo_app, as_who, monkeypatch, tmp_path, status):
    answer = of_status(status, demo_app, as_who(demo_app), as_who(demo_app, "chair"), monkeypatch, tmp_path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert {name: rules.get(name) for name in ("default-src", "object-src", "base-uri", "form-action", "frame-ancestors")} == {
        "default-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
    }  # fmt: skip
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == ("public, no-cache" if status in (200, 302, 304) else "no-store")


ERRORS = (400, 401, 403, 404, 405, 409, 413, 422, 500, 503)


@pytest.mark.parametrize(
    ("status", "language"),
    [
        (status, language) if (at + turn) % 3 == 0 else pytest.param(status, language, marks=pytest.mark.long)
        for at, status in enumerate(ERRORS)
        for turn, language in enumerate(LANGUAGES)
    ],
)
def test_an_error_is_a_sound_page_in_the_readers_language(demo_app, as_who, monkeypatch, tmp_path, status, language):
    class Spoken:
        """The client, asking for the same addresses in a language."""

        def __init__(self, client):
            self.client = client

        def __getattr__(self, method):
            return lambda address, **more: getattr(self.client, method)(address.replace("/en/", f"/{language}/"), **more)

    speakers = [Spoken(as_who(demo_app, who, checked=False)) for who in ("visitor", "chair")]
    answer = of_status(status, demo_app, *speakers, monkeypatch, tmp_path)
    assert (answer.status_code, own(answer, language)) == (status, [])
    assert next(iter(Page(answer.text).root.find("html"))).attributes["lang"] == HTML_LANG[language]
    assert "secret of ours" not in answer.text
    assert "Traceback" not in answer.text


def test_a_database_that_is_gone_is_said_in_the_readers_language(demo_app, as_who, tmp_path):
    from consult.extensions import db

    with demo_app.app_context():
        db.engine.dispose()
    (tmp_path / "demo.db").rename(tmp_path / "elsewhere.db")
    (tmp_path / "demo.db").mkdir()
    answers = {language: as_who(demo_app, checked=False).get(f"/{language}/") for language in LANGUAGES}
    assert {language: (answer.status_code, own(answer, language)) for language, answer in answers.items()} == {
        language: (503, []) for language in LANGUAGES
    }
    assert as_who(demo_app).get("/healthz").status_code == 503


@pytest.mark.parametrize("https", [True, False])
def test_transport_security_is_promised_over_https_only(demo_app, as_who, https):
    from dataclasses import replace

    demo_app.config["SETTINGS"] = replace(demo_app.config["SETTINGS"], secure_cookies=True)
    answer = as_who(demo_app).get("/en/", base_url="https://consult.example" if https else "http://consult.example")
    assert answer.headers.get("Strict-Transport-Security") == ("max-age=63072000; includeSubDomains" if https else None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signed_in_people_see_their_name_and_their_rooms_on_staff_pages_only(demo_reader, as_who, language):
    chair = as_who(demo_reader, "chair")
    assert "Li Hua" in chair.get(f"/{language}/{ROOM}/").text
    assert "Li Hua" not in chair.get(f"/{language}/").text
    assert f"/{language}/{QUEUE}/" not in chair.get(f"/{language}/staff").text
    assert f"/{language}/moderation/{CONSULTATION}/" in as_who(demo_reader, "secretariat").get(f"/{language}/staff").text
